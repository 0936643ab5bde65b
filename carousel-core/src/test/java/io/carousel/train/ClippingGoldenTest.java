package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import io.carousel.autograd.Initializer;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.optim.Sgd;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clipping as a training does it, against PyTorch in float64: {@code tools/golden/optimizers.py}. */
class ClippingGoldenTest {
    private static final JsonNode GOLDEN = Golden.read("optimizers.json");
    private static final double EPSILON = 0x1p-24;

    /** One update at rate 1 from weights of 0: the weights are then the clipped gradient with its sign turned. */
    private static final TrainingPlan PLAN = TrainingPlan.defaults()
            .withOptimizer(new Sgd(0, false))
            .withLearningRate(1)
            .withEpochs(1)
            .withClipNorm(0);

    /** A loss with the same gradient everywhere. */
    private record Slope(Parameters parameters, float[] gradient) implements Objective {
        static Slope of(float[] gradient) {
            return new Slope(
                    Parameters.initialized(
                            List.of(new Parameters.Declaration(
                                    "w", Shape.of(gradient.length), false, Initializer.constant(0))),
                            Rng.of(1)),
                    gradient);
        }

        @Override
        public int examples() {
            return 1;
        }

        @Override
        public ShardLoss forward(Tape tape, int[] numbers, int from, int to, @Nullable Rng dropout) {
            Variable w = tape.parameter(parameters.get("w"));
            Variable sum = tape.record(
                    tape.workspace().zeros(),
                    ignored -> System.arraycopy(
                            gradient, 0, w.gradient().data(), w.gradient().offset(), gradient.length),
                    w);
            return new ShardLoss(sum, 1);
        }
    }

    /** Trains, and returns the gradient's norm before clipping. */
    private static double fit(TrainingPlan plan, Slope slope) {
        double[] norm = new double[1];
        TrainingListener listener = new TrainingListener() {
            @Override
            public void step(StepReport report) {
                norm[0] = report.gradientNorm();
            }
        };
        Trainer.builder(plan).listener(listener).build().fit(slope, null);
        return norm[0];
    }

    @Test
    void clippingByNormIsThatOfPyTorch() {
        double limit = GOLDEN.get("clipping").get("limit").doubleValue();
        for (int step = 0; step < 10; step++) {
            Slope slope = Slope.of(Golden.floats(GOLDEN.get("gradients").get(step)));
            JsonNode golden = GOLDEN.get("clipping").get("after").get(step);

            double norm = fit(PLAN.withClipNorm(limit), slope);

            // 19 squares in 16 lanes, at most two roundings in each, then four halvings: 6 in all
            double expected = golden.get("norm").doubleValue();
            assertThat(norm).isCloseTo(expected, within(expected * 6 * EPSILON));
            // and the rounding of the factor, and of its product with the gradient
            double[] clipped = Golden.doubles(golden.get("clipped"));
            for (int i = 0; i < clipped.length; i++) {
                assertThat((double) -slope.parameters().values()[i])
                        .isCloseTo(clipped[i], within(Math.abs(clipped[i]) * 8 * EPSILON));
            }
        }
    }

    @Test
    void clippingByValueKeepsWhatIsSmallEnough() {
        Slope slope = Slope.of(new float[] {-3, 0.5f, 2});

        fit(PLAN.withClipValue(1), slope);

        assertThat(slope.parameters().values()).containsExactly(1, -0.5f, -1);
    }

    @Test
    void clippingByValueComesBeforeClippingByNorm() {
        Slope slope = Slope.of(new float[] {-3, 4, 0, 0});

        fit(PLAN.withClipValue(1).withClipNorm(2), slope);

        // the norm of what is left, the root of 2, is below the limit of 2, which that of the whole was not
        assertThat(slope.parameters().values()).containsExactly(1, -1, 0, 0);
    }
}
