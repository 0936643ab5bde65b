package io.carousel.layer;

import static io.carousel.autograd.Gradients.bound;
import static io.carousel.autograd.Gradients.centralDifferences;
import static io.carousel.autograd.Gradients.differencesError;
import static io.carousel.autograd.Gradients.largest;
import static io.carousel.autograd.Gradients.normal;
import static io.carousel.autograd.Gradients.sizes;
import static io.carousel.autograd.Gradients.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Gradients;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.Cell;
import io.carousel.cell.Cells;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every weight, input and initial state of an LSTM over ragged sequences, against a {@code double} reference. */
class RecurrentGradientTest {
    @ParameterizedTest(name = "F = {0}, H = {1}, lengths {2}")
    @CsvSource({"3, 5, 4 0 1 6", "1, 1, 3", "2, 17, 2 2 2", "5, 4, 1 1", "4, 3, 7 5 3 2 1 0"})
    void everyWeightInputAndInitialStateHasTheDerivativeOfTheReference(int inputSize, int hiddenSize, String lengths) {
        new Case(inputSize, hiddenSize, ints(lengths)).check();
    }

    private static int[] ints(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    /** One setting; the loss is a random mix of all outputs and of the final hidden and cell states. */
    private static final class Case {
        private final int inputSize;
        private final int hiddenSize;
        private final BatchLayout layout;
        private final int[] lengths;
        private final Rng rng = Rng.of(4);
        private final Cell cell;
        private final Parameters parameters;
        private final float[] x;
        private final float[] hidden;
        private final float[] memory;
        private final float[] outputMix;
        private final float[] hiddenMix;
        private final float[] memoryMix;

        Case(int inputSize, int hiddenSize, int[] lengths) {
            this.inputSize = inputSize;
            this.hiddenSize = hiddenSize;
            this.lengths = lengths;
            layout = BatchLayout.of(lengths);
            cell = Cells.create("lstm", inputSize, hiddenSize);
            parameters = Parameters.initialized(cell.weights(), rng);
            System.arraycopy(normal(rng, parameters.size(), 0.5), 0, parameters.values(), 0, parameters.size());
            parameters.changed();
            x = normal(rng, layout.rows() * inputSize, 1);
            hidden = normal(rng, lengths.length * hiddenSize, 0.5);
            memory = normal(rng, lengths.length * hiddenSize, 1);
            outputMix = normal(rng, layout.rows() * hiddenSize, 1);
            hiddenMix = normal(rng, lengths.length * hiddenSize, 1);
            memoryMix = normal(rng, lengths.length * hiddenSize, 1);
        }

        void check() {
            float[] gradient = new float[parameters.size()];
            Tape tape = new Tape(Kernels.best(), new Workspace());
            tape.begin(gradient);
            Variable input = tape.variable(Tensor.of(Shape.of(layout.rows(), inputSize), x));
            Variable h = tape.variable(Tensor.of(Shape.of(lengths.length, hiddenSize), hidden));
            Variable c = tape.variable(Tensor.of(Shape.of(lengths.length, hiddenSize), memory));
            Recurrent.Result result =
                    Recurrent.run(cell, parameters.list(), tape, new Flow(input, layout), List.of(h, c));
            Variable loss = Operations.add(
                    tape,
                    Gradients.weightedSum(tape, result.outputs(), outputMix),
                    Operations.add(
                            tape,
                            Gradients.weightedSum(tape, result.finalState().get(0), hiddenMix),
                            Gradients.weightedSum(tape, result.finalState().get(1), memoryMix)));
            tape.backward(loss);

            double[] point = concatenate(parameters.values(), x, hidden, memory);
            double[] expected = centralDifferences(this::reference, point);
            double[] actual = concatenate(
                    gradient,
                    input.gradient().toArray(),
                    h.gradient().toArray(),
                    c.gradient().toArray());
            // The longest path: every time step forward and backward, each product and about 40 roundings of the gates,
            // then the sum over all rows.
            int roundings = 2 * layout.steps() * (inputSize + 5 * hiddenSize + 40) + layout.rows();
            // The reference takes the same path. Outputs are below 1, and a time step adds at most 1 to a cell state.
            double size = (1 + largest(toDouble(hidden))) * (sizes(outputMix) + sizes(hiddenMix))
                    + (largest(toDouble(memory)) + layout.steps()) * sizes(memoryMix);
            double bound = bound(roundings, largest(expected))
                    + differencesError(this::reference, point, expected, roundings, size);
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).as("element %d of %d", i, expected.length).isCloseTo(expected[i], within(bound));
            }
            assertThat((double) loss.value().at(0)).isCloseTo(reference(point), within(bound));
        }

        private double reference(double[] point) {
            ReferenceLstm lstm = new ReferenceLstm(inputSize, hiddenSize, point);
            int xStart = parameters.size();
            int hStart = xStart + x.length;
            int cStart = hStart + hidden.length;
            double sum = 0;
            for (int index = 0; index < lengths.length; index++) {
                List<double[]> inputs = new ArrayList<>();
                for (int t = 0; t < lengths[index]; t++) {
                    int from = xStart + layout.row(index, t) * inputSize;
                    inputs.add(Arrays.copyOfRange(point, from, from + inputSize));
                }
                int from = index * hiddenSize;
                double[] h = Arrays.copyOfRange(point, hStart + from, hStart + from + hiddenSize);
                double[] c = Arrays.copyOfRange(point, cStart + from, cStart + from + hiddenSize);
                double[][] outputs = lstm.run(inputs, h, c);
                for (int t = 0; t < lengths[index]; t++) {
                    sum += mixed(outputs[t], outputMix, layout.row(index, t));
                }
                sum += mixed(h, hiddenMix, index) + mixed(c, memoryMix, index);
            }
            return sum;
        }

        private double mixed(double[] values, float[] mix, int row) {
            double sum = 0;
            for (int k = 0; k < hiddenSize; k++) {
                sum += values[k] * mix[row * hiddenSize + k];
            }
            return sum;
        }

        private static double[] concatenate(float[]... arrays) {
            return toDouble(join(arrays));
        }

        private static float[] join(float[][] arrays) {
            float[] all =
                    new float[Arrays.stream(arrays).mapToInt(a -> a.length).sum()];
            int at = 0;
            for (float[] array : arrays) {
                System.arraycopy(array, 0, all, at, array.length);
                at += array.length;
            }
            return all;
        }
    }
}
