package io.carousel.layer;

import static io.carousel.autograd.Gradients.bound;
import static io.carousel.autograd.Gradients.centralDifferences;
import static io.carousel.autograd.Gradients.differencesError;
import static io.carousel.autograd.Gradients.largest;
import static io.carousel.autograd.Gradients.normal;
import static io.carousel.autograd.Gradients.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationPenaltyGradientTest {
    private static final int WIDTH = 5;

    static Stream<Arguments> cases() {
        return Stream.of(new int[] {4, 0, 1, 6}, new int[] {3, 3}, new int[] {1, 1}, new int[] {0})
                .flatMap(lengths -> Stream.of(
                        Arguments.of(lengths, 2.0, 0.0),
                        Arguments.of(lengths, 0.0, 1.0),
                        Arguments.of(lengths, 2.0, 1.0)));
    }

    @ParameterizedTest(name = "lengths {0}, α = {1}, β = {2}")
    @MethodSource("cases")
    void valueAndDerivativeAreThoseOfTheReference(int[] lengths, double activation, double temporal) {
        BatchLayout layout = BatchLayout.of(lengths);
        float[] outputs = normal(Rng.of(3), layout.rows() * WIDTH, 1);
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(new float[0]);
        Variable h = tape.variable(Tensor.of(Shape.of(layout.rows(), WIDTH), outputs));
        Variable penalty = ActivationPenalty.of(
                tape, new Flow(h, layout), Regularization.NONE.withPenalties(activation, temporal));
        tape.backward(penalty);

        double[] point = toDouble(outputs);
        double[] expected = centralDifferences(p -> reference(p, layout, activation, temporal), point);
        // Two sums over all elements with three roundings for each term, and six roundings around them.
        int roundings = 2 * 3 * outputs.length + 6;
        double value = reference(point, layout, activation, temporal);
        double bound = bound(roundings, Math.max(value, largest(expected)))
                + differencesError(p -> reference(p, layout, activation, temporal), point, expected, roundings, value);
        assertThat((double) penalty.value().at()).isCloseTo(value, within(bound));
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) h.gradient().data()[h.gradient().offset() + i]).isCloseTo(expected[i], within(bound));
        }
    }

    @Test
    void theLossCountsAPenaltyAsPartOfItsMean() {
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(new float[0]);
        Variable loss = tape.variable(Tensor.of(Shape.of(), 3));
        Variable penalty = tape.variable(Tensor.of(Shape.of(), 0.5f));
        NetworkOutput output = new NetworkOutput(
                loss,
                BatchLayout.uniform(1, 1),
                1,
                java.util.List.of(),
                java.util.Map.of(),
                java.util.List.of(penalty),
                java.util.List.of());

        Variable sum = output.penalized(tape, loss, 8);
        tape.backward(sum);

        assertThat(sum.value().at()).isEqualTo(3 + 8 * 0.5f);
        assertThat(loss.gradient().at()).isEqualTo(1);
        assertThat(penalty.gradient().at()).isEqualTo(8);
    }

    private static double reference(double[] h, BatchLayout layout, double activation, double temporal) {
        double squares = 0;
        double changes = 0;
        int pairs = 0;
        for (int index = 0; index < layout.sequences(); index++) {
            for (int t = 0; t < layout.length(layout.position(index)); t++) {
                int row = layout.row(index, t) * WIDTH;
                int before = t == 0 ? 0 : layout.row(index, t - 1) * WIDTH;
                pairs += t == 0 ? 0 : 1;
                for (int k = 0; k < WIDTH; k++) {
                    squares += h[row + k] * h[row + k];
                    changes += t == 0 ? 0 : Math.pow(h[row + k] - h[before + k], 2);
                }
            }
        }
        return activation * squares / Math.max(1, layout.rows() * WIDTH)
                + temporal * changes / Math.max(1, pairs * WIDTH);
    }
}
