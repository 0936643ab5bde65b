package io.carousel.train;

import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.loss.Loss;
import io.carousel.loss.QuantileLoss;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Trains a small stacked LSTM on ragged sequences and prints the digest of all that came of it. */
public final class TrainingFingerprint {
    private static final int WARM_UP = 3;

    private TrainingFingerprint() {}

    /** Prints the kernel, then one digest for each number of threads, cold, and one after warm-up. */
    public static void main(String[] threads) throws NoSuchAlgorithmException {
        System.out.println("kernel " + Kernels.best().name());
        for (String count : threads) {
            System.out.println("digest " + digest(Integer.parseInt(count)));
        }
        for (int i = 0; i < WARM_UP; i++) {
            digest(1);
        }
        System.out.println("digest " + digest(1));
    }

    private static String digest(int threads) throws NoSuchAlgorithmException {
        Loss loss = new QuantileLoss(List.of(0.1, 0.5, 0.9));
        Network network = SequenceTask.network(loss, 0.2, 5, 33, 20);
        SequenceTask training = new SequenceTask(network, loss, 50, 2, 12, Rng.of(6));
        SequenceTask validation = new SequenceTask(network, loss, 11, 2, 12, Rng.of(7));
        TrainingPlan plan =
                TrainingPlan.defaults().withEpochs(3).withBatchSize(16).withShardSize(5);
        TrainingResult result = Trainer.builder(plan).threads(threads).build().fit(training, validation);

        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (float weight : network.parameters().values()) {
            digest.update(ByteBuffer.allocate(4).putFloat(weight).array());
        }
        digest.update(result.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Session session = new Session(network);
        float[] output = new float[network.outputSize()];
        Rng rng = Rng.of(8);
        for (int t = 0; t < 50; t++) {
            session.step(new float[] {rng.nextFloat(), rng.nextFloat()}, output);
            for (float value : output) {
                digest.update(ByteBuffer.allocate(4).putFloat(value).array());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
