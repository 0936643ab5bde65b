package io.carousel.autograd;

import static io.carousel.autograd.Gradients.bound;
import static io.carousel.autograd.Gradients.centralDifferences;
import static io.carousel.autograd.Gradients.differencesError;
import static io.carousel.autograd.Gradients.largest;
import static io.carousel.autograd.Gradients.normal;
import static io.carousel.autograd.Gradients.sizes;
import static io.carousel.autograd.Gradients.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class OperationsGradientTest {
    private static final int ROWS = 5;
    private static final int COLUMNS = 3;

    private final Tape tape = new Tape(Kernels.best(), new Workspace());
    private final Rng rng = Rng.of(11);

    @Test
    void linearDerivesWeightBiasAndInput() {
        int outputs = 4;
        Parameters parameters = Parameters.initialized(
                List.of(
                        new Parameters.Declaration(
                                "weight", Shape.of(outputs, COLUMNS), true, Initializer.glorotUniform(1)),
                        new Parameters.Declaration("bias", Shape.of(outputs), false, Initializer.constant(0.5f))),
                rng);
        float[] x = normal(rng, ROWS * COLUMNS, 1);
        float[] mix = normal(rng, ROWS * outputs, 1);
        float[] gradient = new float[parameters.size()];
        tape.begin(gradient);
        Variable input = tape.variable(Tensor.of(Shape.of(ROWS, COLUMNS), x));
        Variable y = Operations.linear(tape, input, parameters.get("weight"), parameters.get("bias"));
        tape.backward(Gradients.weightedSum(tape, y, mix));

        ToDoubleFunction<double[]> reference = p -> {
            double sum = 0;
            for (int r = 0; r < ROWS; r++) {
                for (int o = 0; o < outputs; o++) {
                    double value = p[outputs * COLUMNS + o];
                    for (int c = 0; c < COLUMNS; c++) {
                        value += p[o * COLUMNS + c] * p[parameters.size() + r * COLUMNS + c];
                    }
                    sum += mix[r * outputs + o] * value;
                }
            }
            return sum;
        };
        double[] point = concatenate(toDouble(parameters.values()), toDouble(x));
        double[] expected = centralDifferences(reference, point);
        double[] actual =
                concatenate(toDouble(gradient), toDouble(input.gradient().toArray()));
        // the reference adds all rows and outputs, each of COLUMNS products and a bias
        double size = (COLUMNS + 1) * Math.max(1, largest(point) * largest(point)) * sizes(mix);
        int roundings = ROWS * outputs + COLUMNS + 2;
        double difference = differencesError(reference, point, expected, roundings, size);
        requireClose(actual, expected, ROWS + outputs + 2, difference);
    }

    @Test
    void sumsGatheredRowsWindowsAndMasksDeriveTheirInput() {
        requireGradient((t, x) -> Operations.add(t, x, x), v -> 2 * v[0], ROWS);
        int[] rows = {4, -1, 0, 4};
        float[] mask = normal(rng, ROWS * COLUMNS, 1);
        Tensor maskTensor = Tensor.of(Shape.of(ROWS, COLUMNS), mask);
        requireGradient((t, x) -> Operations.reshape(t, x, COLUMNS, ROWS), v -> v[0], ROWS);
        requireRows((t, x) -> Operations.gatherRows(t, x, rows), rows);
        requireMask((t, x) -> Operations.multiply(t, x, maskTensor), mask);
    }

    @Test
    void productsScalesAndConcatenationsDeriveTheirInputs() {
        Tensor other = Tensor.of(Shape.of(ROWS, COLUMNS), normal(rng, ROWS * COLUMNS, 1));
        float[] factors = other.toArray();
        // One rounding of a number that is 1.5 times as large as that of which the bound is taken.
        requireGradient((t, x) -> Operations.scale(t, x, -1.5f), v -> -1.5 * v[0], 2);
        requireMask((t, x) -> Operations.multiply(t, x, t.constant(other)), factors);
        requireMask((t, x) -> Operations.multiply(t, t.constant(other), x), factors);
        requireGradient((t, x) -> Operations.multiply(t, x, t.constant(Tensor.zeros(ROWS, COLUMNS))), v -> 0, 1);

        float[] mix = normal(rng, ROWS * 2 * COLUMNS, 1);
        float[] twice = gradientOf((t, x) -> Operations.concatenate(t, x, Operations.scale(t, x, 2)), mix);
        for (int i = 0; i < twice.length; i++) {
            int at = i / COLUMNS * 2 * COLUMNS + i % COLUMNS;
            double expected = mix[at] + 2.0 * mix[at + COLUMNS];
            assertThat((double) twice[i]).isCloseTo(expected, within(bound(2, Math.abs(expected))));
        }
    }

    @Test
    void aVariableUsedTwiceGetsBothDerivatives() {
        tape.begin(new float[0]);
        Variable x = tape.variable(Tensor.of(Shape.of(1), 3));
        Variable y = Operations.add(tape, Operations.add(tape, x, x), x);
        tape.backward(y);

        assertThat(x.gradient().toArray()).containsExactly(3);
    }

    @Test
    void dropoutKeepsTheExpectationAndDerivesThroughItsMask() {
        tape.begin(new float[0]);
        Variable x = tape.variable(Tensor.of(Shape.of(4000), ones(4000)));
        Variable y = Operations.dropout(tape, x, 0.25f, Rng.of(2));
        tape.backward(Gradients.weightedSum(tape, y, ones(4000)));
        double mean = 0;
        for (float value : y.value().toArray()) {
            assertThat(value == 0 || value == 1 / 0.75f).isTrue();
            mean += value / 4000;
        }

        // Five standard errors: the variance of one element is rate / (1 - rate).
        assertThat(mean).isCloseTo(1, within(5 * Math.sqrt(0.25 / 0.75 / 4000)));
        assertThat(x.gradient().toArray()).isEqualTo(y.value().toArray());
    }

    @Test
    void withoutRecordingNothingHasAGradient() {
        tape.begin();
        Variable x = tape.variable(Tensor.of(Shape.of(1), 3));

        assertThat(Operations.add(tape, x, x).needsGradient()).isFalse();
        assertThatThrownBy(() -> tape.backward(x))
                .hasMessage("a tape must record to go backward; begin it with a gradient array");
        assertThatThrownBy(x::gradient).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void operandsOfDifferentShapesAreRefused() {
        tape.begin();
        Variable a = tape.constant(Tensor.zeros(2, 3));
        Variable b = tape.constant(Tensor.zeros(3, 2));

        assertThatThrownBy(() -> Operations.add(tape, a, b))
                .hasMessage(
                        "both operands of a sum must have the same shape, got [2, 3] and [3, 2]; give their layers the"
                                + " same width");
        assertThatThrownBy(() -> Operations.multiply(tape, a, b))
                .hasMessage(
                        "both operands of a product must have the same shape, got [2, 3] and [3, 2]; give their layers"
                                + " the same width");
        assertThatThrownBy(() -> Operations.concatenate(tape, a, b))
                .hasMessage("operands of a concatenation must have the same rows, got [2, 3] and [3, 2]; take both from"
                        + " the same batch");
    }

    private interface Elementwise {
        double derivative(double[] mix);
    }

    private void requireGradient(
            BiFunction<Tape, Variable, Variable> operation, Elementwise derivative, int roundings) {
        float[] mix = normal(rng, ROWS * COLUMNS, 1);
        float[] gradient = gradientOf(operation, mix);
        for (int i = 0; i < gradient.length; i++) {
            assertThat((double) gradient[i])
                    .isCloseTo(
                            derivative.derivative(new double[] {mix[i]}), within(bound(roundings, Math.abs(mix[i]))));
        }
    }

    private void requireRows(BiFunction<Tape, Variable, Variable> operation, int[] rows) {
        float[] mix = normal(rng, rows.length * COLUMNS, 1);
        float[] gradient = gradientOf(operation, mix);
        double[] expected = new double[ROWS * COLUMNS];
        for (int i = 0; i < mix.length; i++) {
            if (rows[i / COLUMNS] >= 0) {
                expected[rows[i / COLUMNS] * COLUMNS + i % COLUMNS] += mix[i];
            }
        }
        requireClose(toDouble(gradient), expected, rows.length, 0);
    }

    private void requireMask(BiFunction<Tape, Variable, Variable> operation, float[] mask) {
        float[] mix = normal(rng, mask.length, 1);
        float[] gradient = gradientOf(operation, mix);
        double[] expected = new double[mask.length];
        for (int i = 0; i < mask.length; i++) {
            expected[i] = (double) mask[i] * mix[i];
        }
        requireClose(toDouble(gradient), expected, 1, 0);
    }

    private float[] gradientOf(BiFunction<Tape, Variable, Variable> operation, float[] mix) {
        tape.begin(new float[0]);
        Variable x = tape.variable(Tensor.of(Shape.of(ROWS, COLUMNS), normal(rng, ROWS * COLUMNS, 1)));
        tape.backward(Gradients.weightedSum(tape, operation.apply(tape, x), mix));
        return x.gradient().toArray();
    }

    /** @param difference the error of what is expected */
    private static void requireClose(double[] actual, double[] expected, int roundings, double difference) {
        assertThat(actual).hasSameSizeAs(expected);
        double bound = bound(roundings, largest(expected)) + difference;
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], within(bound));
        }
    }

    private static double[] concatenate(double[] a, double[] b) {
        double[] all = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }
}
