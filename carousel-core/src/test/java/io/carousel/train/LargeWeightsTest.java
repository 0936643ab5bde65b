package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.autograd.GradientSum;
import io.carousel.autograd.Initializer;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.loss.Losses;
import io.carousel.loss.SquaredLoss;
import io.carousel.optim.Adagrad;
import io.carousel.optim.Adam;
import io.carousel.optim.AdamW;
import io.carousel.optim.AveragedSgd;
import io.carousel.optim.OptimizerSpec;
import io.carousel.optim.Sgd;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Promise 2 for weights that are so large that their gradients are made where they are summed. */
class LargeWeightsTest {
    static List<TrainingPlan> plans() {
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(2)
                .withBatchSize(20)
                .withShardSize(3)
                .withLearningRate(0.01)
                .withClipNorm(0.05);
        return List.of(
                with(plan, new Sgd(0, false)),
                with(plan, AveragedSgd.after(1)),
                with(plan, new Adagrad()).withClipValue(1e-3),
                with(plan, new Sgd()),
                with(plan, new Adam()).withWeightDecay(0.01),
                with(plan, new AdamW()).withWeightDecay(0.01));
    }

    private static TrainingPlan with(TrainingPlan plan, OptimizerSpec optimizer) {
        return plan.withOptimizer(optimizer);
    }

    @ParameterizedTest
    @MethodSource("plans")
    void promiseTwoNeitherThreadsNorWhatWaitsNorWhatIsLeftOutShowInTheWeights(TrainingPlan plan) {
        float[] expected = train(plan, 1, false);

        for (int threads : new int[] {1, 2, 5}) {
            assertThat(Arrays.mismatch(train(plan, threads, true), expected))
                    .as("first weight that differs with %d threads", threads)
                    .isEqualTo(-1);
        }
    }

    private static float[] train(TrainingPlan plan, int threads, boolean waits) {
        TableTask task = new TableTask(waits);
        Trainer.builder(plan).threads(threads).build().fit(task, null);
        return task.parameters.values();
    }

    /** Rows of a table, and a linear function of each. */
    private static final class TableTask implements Objective {
        private static final int ROWS = 900;
        private static final int COLUMNS = 300;
        private final boolean waits;
        private final Parameters parameters = Parameters.initialized(
                List.of(
                        declaration("first", 7, 3),
                        declaration("table", ROWS, COLUMNS),
                        declaration("weight", 1000, COLUMNS),
                        new Parameters.Declaration("bias", Shape.of(1000), false, Initializer.constant(0.5f))),
                Rng.of(5));

        TableTask(boolean waits) {
            this.waits = waits;
            assertThat(ROWS * COLUMNS).isGreaterThan(GradientSum.LARGE);
        }

        private static Parameters.Declaration declaration(String name, int rows, int columns) {
            return new Parameters.Declaration(name, Shape.of(rows, columns), true, Initializer.glorotUniform(1));
        }

        @Override
        public Parameters parameters() {
            return parameters;
        }

        @Override
        public int examples() {
            return 50;
        }

        @Override
        public ShardLoss forward(Tape tape, int[] examples, int from, int to, @Nullable Rng dropout) {
            Parameter weight = parameters.get("weight");
            if (!waits) {
                tape.gradient(weight);
                tape.gradient(parameters.get("table"));
            }
            int[] rows = new int[2 * (to - from)];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = examples[from + i / 2] * (17 - i % 2) % ROWS;
            }
            Variable x = lookUp(tape, rows);
            Variable y = Operations.linear(tape, x, weight, parameters.get("bias"));
            Tensor target = tape.workspace().zeros(rows.length, 1000);
            return new ShardLoss(Losses.apply(tape, new SquaredLoss(), y, target), rows.length);
        }

        private Variable lookUp(Tape tape, int[] rows) {
            Parameter table = parameters.get("table");
            Tensor x = tape.workspace().take(rows.length, COLUMNS);
            for (int i = 0; i < rows.length; i++) {
                int at = table.offset() + rows[i] * COLUMNS;
                System.arraycopy(parameters.values(), at, x.data(), x.offset() + i * COLUMNS, COLUMNS);
            }
            return tape.record(x, gradient -> tape.addRowGradients(table, rows, gradient), tape.parameter(table));
        }
    }
}
