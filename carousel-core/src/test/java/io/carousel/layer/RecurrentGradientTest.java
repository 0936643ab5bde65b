package io.carousel.layer;

import static io.carousel.autograd.Gradients.bound;
import static io.carousel.autograd.Gradients.centralDifferences;
import static io.carousel.autograd.Gradients.differencesError;
import static io.carousel.autograd.Gradients.largest;
import static io.carousel.autograd.Gradients.normal;
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
import io.carousel.cell.ReferenceCell;
import io.carousel.cell.ReferenceCells;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every weight, input and initial state of every cell over ragged sequences, against a {@code double} reference. */
class RecurrentGradientTest {
    static Stream<Arguments> cases() {
        return Networks.cells()
                .flatMap(cell -> Stream.of(
                        Arguments.of(cell, 3, 4, new int[] {4, 0, 1, 6}),
                        Arguments.of(cell, 2, 18, new int[] {2, 2, 2}),
                        Arguments.of(cell, 5, 4, new int[] {1, 1}),
                        Arguments.of(cell, 4, 2, new int[] {7, 5, 3, 2, 1, 0})));
    }

    @ParameterizedTest(name = "{0}, F = {1}, H = {2}, lengths {3}")
    @MethodSource("cases")
    void everyWeightInputAndInitialStateHasTheDerivativeOfTheReference(
            String cell, int inputSize, int hiddenSize, int[] lengths) {
        new Case(Cells.create(cell, inputSize, hiddenSize), lengths).check();
    }

    /** One setting; the loss is a random mix of all outputs and of all parts of the final state. */
    private static final class Case {
        private final Cell cell;
        private final BatchLayout layout;
        private final int[] lengths;
        private final Rng rng = Rng.of(4);
        private final Parameters parameters;
        private final float[] x;
        private final List<float[]> initial = new ArrayList<>();
        private final List<float[]> finalMix = new ArrayList<>();
        private final float[] outputMix;

        Case(Cell cell, int[] lengths) {
            this.cell = cell;
            this.lengths = lengths;
            layout = BatchLayout.of(lengths);
            parameters = Parameters.initialized(cell.declarations(), rng);
            System.arraycopy(normal(rng, parameters.size(), 0.5), 0, parameters.values(), 0, parameters.size());
            parameters.changed();
            x = normal(rng, layout.rows() * cell.inputSize(), 1);
            for (StatePart part : cell.state()) {
                initial.add(normal(rng, lengths.length * part.size(), 0.5));
                finalMix.add(normal(rng, lengths.length * part.size(), 1));
            }
            outputMix = normal(rng, layout.rows() * cell.hiddenSize(), 1);
        }

        void check() {
            float[] gradient = new float[parameters.size()];
            Tape tape = new Tape(Kernels.best(), new Workspace());
            tape.begin(gradient);
            Variable input = tape.variable(Tensor.of(Shape.of(layout.rows(), cell.inputSize()), x));
            List<Variable> before = new ArrayList<>();
            for (int p = 0; p < initial.size(); p++) {
                int size = cell.state().get(p).size();
                before.add(tape.variable(Tensor.of(Shape.of(lengths.length, size), initial.get(p))));
            }
            Recurrent.Result result = Recurrent.run(cell, parameters.list(), tape, new Flow(input, layout), before);
            Variable loss = Gradients.weightedSum(tape, result.outputs(), outputMix);
            for (int p = 0; p < initial.size(); p++) {
                loss = Operations.add(
                        tape,
                        loss,
                        Gradients.weightedSum(tape, result.finalState().get(p), finalMix.get(p)));
            }
            tape.backward(loss);

            List<float[]> arguments = new ArrayList<>(List.of(parameters.values(), x));
            arguments.addAll(initial);
            List<float[]> gradients =
                    new ArrayList<>(List.of(gradient, input.gradient().toArray()));
            before.forEach(state -> gradients.add(state.gradient().toArray()));
            double[] point = toDouble(join(arguments));
            double[] actual = toDouble(join(gradients));
            double[] expected = centralDifferences(this::reference, point);
            // The longest path: every time step forward and backward, each product and about 60 roundings of the gates,
            // then the sum over all rows.
            int width = Recurrent.width(cell.activations()) + Recurrent.width(cell.saved());
            int roundings = 2 * layout.steps() * (cell.inputSize() + cell.hiddenSize() + width + 60) + layout.rows();
            double bound = bound(roundings, largest(expected))
                    + differencesError(this::reference, point, expected, roundings, size(point));
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).as("element %d of %d", i, expected.length).isCloseTo(expected[i], within(bound));
            }
            assertThat((double) loss.value().at(0)).isCloseTo(reference(point), within(bound));
        }

        private double reference(double[] point) {
            return terms(point).sum();
        }

        private double size(double[] point) {
            return terms(point).map(Math::abs).sum();
        }

        /** What the loss adds up. */
        private DoubleStream terms(double[] point) {
            ReferenceCell reference = ReferenceCells.of(cell, point);
            DoubleStream.Builder terms = DoubleStream.builder();
            for (int index = 0; index < lengths.length; index++) {
                double[][] state = initialState(point, index);
                for (int t = 0; t < lengths[index]; t++) {
                    int row = layout.row(index, t);
                    int from = parameters.size() + row * cell.inputSize();
                    reference.step(Arrays.copyOfRange(point, from, from + cell.inputSize()), state);
                    mix(terms, state[0], outputMix, row);
                }
                for (int p = 0; p < state.length; p++) {
                    mix(terms, state[p], finalMix.get(p), index);
                }
            }
            return terms.build();
        }

        private double[][] initialState(double[] point, int index) {
            double[][] state = new double[initial.size()][];
            int at = parameters.size() + x.length;
            for (int p = 0; p < state.length; p++) {
                int size = cell.state().get(p).size();
                state[p] = Arrays.copyOfRange(point, at + index * size, at + (index + 1) * size);
                at += initial.get(p).length;
            }
            return state;
        }

        private static void mix(DoubleStream.Builder terms, double[] values, float[] mix, int row) {
            for (int k = 0; k < values.length; k++) {
                terms.add(values[k] * mix[row * values.length + k]);
            }
        }

        private static float[] join(List<float[]> arrays) {
            float[] all = new float[arrays.stream().mapToInt(a -> a.length).sum()];
            int at = 0;
            for (float[] array : arrays) {
                System.arraycopy(array, 0, all, at, array.length);
                at += array.length;
            }
            return all;
        }
    }
}
