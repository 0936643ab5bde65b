package io.carousel.train;

import io.carousel.Doomed;
import io.carousel.layer.Network;
import io.carousel.loss.StudentTLoss;
import io.carousel.optim.Adam;
import io.carousel.optim.Schedule;
import io.carousel.tensor.Rng;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A training with a checkpoint after every update, to be killed: {@code CHECKPOINT RESULT THREADS LAST}; after update LAST it waits for that. */
final class KilledTraining {
    private static final TrainingPlan PLAN = TrainingPlan.defaults()
            .withEpochs(6)
            .withBatchSize(8)
            .withShardSize(3)
            .withOptimizer(new Adam())
            .withWeightDecay(0.01)
            .withSchedule(new Schedule.ReduceOnPlateau(0.5, 0, 0.01, 0));

    private KilledTraining() {}

    /** The updates of the whole training. */
    static final int STEPS = 6 * 10;

    public static void main(String[] arguments) throws Exception {
        long last = Long.parseLong(arguments[3]);
        TrainingListener printing = new TrainingListener() {
            @Override
            public void step(StepReport report) {
                System.out.println(report.step());
                if (report.step() >= last) {
                    Doomed.awaitKill();
                }
            }
        };
        Files.write(
                Path.of(arguments[1]),
                run(Trainer.builder(PLAN)
                        .threads(Integer.parseInt(arguments[2]))
                        .checkpoint(Path.of(arguments[0]))
                        .checkpointEvery(Duration.ZERO)
                        .resume(true)
                        .listener(printing)));
    }

    /** The same training without interruption. */
    static byte[] uninterrupted() {
        return run(Trainer.builder(PLAN).threads(1));
    }

    /** The bits of the weights, then the result as text. */
    private static byte[] run(Trainer.Builder builder) {
        StudentTLoss loss = new StudentTLoss();
        Network network = SequenceTask.network(loss, 0.2, 7, 6, 5);
        SequenceTask training = new SequenceTask(network, loss, 77, 2, 8, Rng.of(8));
        SequenceTask validation = new SequenceTask(network, loss, 20, 2, 8, Rng.of(9));
        TrainingResult result = builder.build().fit(training, validation);
        float[] weights = network.parameters().values();
        byte[] text = result.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(4 * weights.length + text.length);
        for (float weight : weights) {
            bytes.putFloat(weight);
        }
        return bytes.put(text).array();
    }
}
