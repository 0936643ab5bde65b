package io.carousel.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import io.carousel.autograd.Initializer;
import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Ten steps of every rule, and schedules, against PyTorch in float64: {@code tools/golden/optimizers.py}. */
class OptimizerGoldenTest {
    private static final JsonNode GOLDEN = Golden.read("optimizers.json");
    private static final double EPSILON = 0x1p-24;

    static List<JsonNode> runs() {
        List<JsonNode> runs = new ArrayList<>();
        for (int i = 0; i < GOLDEN.get("runs").size(); i++) {
            runs.add(GOLDEN.get("runs").get(i));
        }
        return runs;
    }

    /** Weights that decay, then biases that do not. */
    static Parameters parameters(float[] start, int decaying) {
        Parameters parameters = Parameters.of(List.of(
                new Parameters.Declaration("weight", Shape.of(decaying), true, Initializer.constant(0)),
                new Parameters.Declaration("bias", Shape.of(start.length - decaying), false, Initializer.constant(0))));
        System.arraycopy(start, 0, parameters.values(), 0, start.length);
        parameters.changed();
        return parameters;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void tenStepsAreThoseOfPyTorch(JsonNode run) throws FormatException {
        OptimizerSpec spec = Json.convert(run.get("optimizer"), OptimizerSpec.class, "optimizers.json");
        double rate = run.get("learningRate").doubleValue();
        float[] start = Golden.floats(GOLDEN.get("start"));
        Parameters parameters = parameters(start, GOLDEN.get("decaying").intValue());
        Optimizer optimizer = Optimizer.create(spec, run.get("weightDecay").doubleValue(), parameters);
        double size = 0;
        double update = rate;
        double[] before = Golden.doubles(GOLDEN.get("start"));
        for (int step = 1; step <= 10; step++) {
            float[] gradient = Golden.floats(GOLDEN.get("gradients").get(step - 1));
            optimizer.update(Kernels.best(), gradient, rate);

            double[] expected = Golden.doubles(run.get("after").get(step - 1));
            for (int i = 0; i < expected.length; i++) {
                size = Math.max(size, Math.abs(expected[i]));
                update = Math.max(update, Math.abs(expected[i] - before[i]));
            }
            // each step rounds the weight (twice with decay) and an update that is made from what at most ten roundings
            // for each step so far went into, the root of their mean square among them
            double bound = step * EPSILON * (2 * size + 10 * step * Math.sqrt(step) * update);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) parameters.values()[i])
                        .as("weight %d after step %d", i, step)
                        .isCloseTo(expected[i], within(bound));
            }
            before = expected;
        }
        assertThat(optimizer.steps()).isEqualTo(10);
    }

    @Test
    void reducingOnAPlateauIsThatOfPyTorch() {
        JsonNode golden = GOLDEN.get("schedules");
        Schedule schedule = new Schedule.ReduceOnPlateau(0.5, 2, 1e-4, 0.2);
        Plateau plateau = Plateau.START;
        double[] rates = Golden.doubles(golden.get("plateau"));
        double[] losses = Golden.doubles(golden.get("losses"));
        for (int epoch = 0; epoch < rates.length; epoch++) {
            assertThat(schedule.factor(7L * epoch, 7, 1000, plateau))
                    .as("epoch %d", epoch)
                    .isEqualTo(rates[epoch]);
            plateau = schedule.after(plateau, losses[epoch]);
        }
    }

    @Test
    void stepsAndCosinesAreThoseOfPyTorch() {
        JsonNode golden = GOLDEN.get("schedules");
        double[] step = Golden.doubles(golden.get("step"));
        for (int epoch = 0; epoch < step.length; epoch++) {
            assertThat(new Schedule.Step(3, 0.1).factor(5L * epoch + 4, 5, 1000, Plateau.START))
                    .isCloseTo(step[epoch], within(4 * 0x1p-53));
        }
        double[] cosine = Golden.doubles(golden.get("cosine"));
        for (int at = 0; at < cosine.length; at++) {
            // PyTorch's is a product of as many factors as there were steps
            assertThat(new Schedule.CosineWithWarmUp(0, 0.1).factor(at, 5, 12, Plateau.START))
                    .isCloseTo(cosine[at], within((at + 1) * 16 * 0x1p-53));
        }
    }
}
