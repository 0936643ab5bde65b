package io.carousel.layer;

import static io.carousel.autograd.Gradients.bound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a variational vector costs, against PyTorch in float64: {@code tools/golden/variational.py}. */
class NormalVectorGoldenTest {
    /** An exponential with some 30 roundings, five for what is made of it, and a sum of 15 numbers; all stay below 32. */
    private static final double BOUND = bound(30 + 5 + 15, 32);

    @Test
    void theDivergenceAndItsDerivativesAreThoseOfPyTorch() {
        JsonNode golden = Golden.read("variational.json");
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(new float[0]);
        Variable mean = tape.variable(vectors(golden.get("mean")));
        Variable logVariance = tape.variable(vectors(golden.get("log_variance")));
        Variable divergence = NormalVector.divergence(tape, mean, logVariance);
        tape.backward(divergence);

        assertThat((double) divergence.value().toArray()[0])
                .isCloseTo(golden.get("value").doubleValue(), within(BOUND));
        assertClose(mean.gradient(), golden.get("mean_gradient"));
        assertClose(logVariance.gradient(), golden.get("log_variance_gradient"));
    }

    private static Tensor vectors(JsonNode rows) {
        return Tensor.of(Shape.of(rows.size(), rows.get(0).size()), Golden.floats(rows));
    }

    private static void assertClose(Tensor actual, JsonNode expected) {
        double[] values = Golden.doubles(expected);
        for (int i = 0; i < values.length; i++) {
            assertThat((double) actual.toArray()[i]).as("element %d", i).isCloseTo(values[i], within(BOUND));
        }
    }
}
