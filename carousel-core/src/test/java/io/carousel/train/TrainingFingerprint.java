package io.carousel.train;

import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.loss.Loss;
import io.carousel.loss.QuantileLoss;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import java.util.List;

/**
 * Trains a small stacked LSTM on ragged sequences, and the decoder of {@link DecoderFingerprint}, and prints the digests of all that
 * came of them.
 */
public final class TrainingFingerprint {
    private static final int WARM_UP = 3;

    private TrainingFingerprint() {}

    /** Prints the kernel, then a digest of each for each number of threads, cold, and one after warm-up. */
    public static void main(String[] threads) {
        System.out.println("kernel " + Kernels.best().name());
        for (String count : threads) {
            print(Integer.parseInt(count));
        }
        for (int i = 0; i < WARM_UP; i++) {
            digest(1);
            DecoderFingerprint.digest(1);
        }
        print(1);
    }

    private static void print(int threads) {
        System.out.println("digest " + digest(threads));
        System.out.println("decoder " + DecoderFingerprint.digest(threads));
    }

    private static String digest(int threads) {
        Loss loss = new QuantileLoss(List.of(0.1, 0.5, 0.9));
        Network network = SequenceTask.network(loss, 0.2, 5, 33, 20);
        SequenceTask training = new SequenceTask(network, loss, 50, 2, 12, Rng.of(6));
        SequenceTask validation = new SequenceTask(network, loss, 11, 2, 12, Rng.of(7));
        TrainingPlan plan =
                TrainingPlan.defaults().withEpochs(3).withBatchSize(16).withShardSize(5);
        TrainingResult result = Trainer.builder(plan).threads(threads).build().fit(training, validation);

        Fingerprint fingerprint =
                new Fingerprint().add(network.parameters().values()).add(result.toString());
        Session session = new Session(network);
        float[] output = new float[network.outputSize()];
        Rng rng = Rng.of(8);
        for (int t = 0; t < 50; t++) {
            session.step(new float[] {rng.nextFloat(), rng.nextFloat()}, output);
            fingerprint.add(output);
        }
        return fingerprint.hex();
    }
}
