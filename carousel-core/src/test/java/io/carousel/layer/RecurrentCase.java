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
import io.carousel.autograd.RepeatedRows;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.Cell;
import io.carousel.cell.CellForm;
import io.carousel.cell.CellWeight;
import io.carousel.cell.CellWeight.Role;
import io.carousel.cell.ReferenceCell;
import io.carousel.cell.ReferenceCells;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * One cell over ragged sequences, with regularisers, against a {@code double} reference with the same masks; the loss is a
 * random mix of all outputs and of all parts of the final state.
 *
 * <p>The reference of a cell knows nothing of masks: a mask of what recurrent weights multiply is one of their columns.
 */
final class RecurrentCase {
    private final Cell cell;
    private final BatchLayout layout;
    private final int[] lengths;
    private final Rng rng = Rng.of(4);
    private final Parameters parameters;
    private final float[] x;
    private final int @Nullable [] places;
    private final List<float[]> initial = new ArrayList<>();
    private final List<float[]> finalMix = new ArrayList<>();
    private final float[] outputMix;
    private final Regularization regularization;
    private final @Nullable Rng training;
    private final double[] weightFactors;
    private double[][] inputFactors = {};
    private double[][] recurrentFactors = {};
    private double[][][] stays = {};

    /**
     * A case.
     *
     * @param training where the masks are drawn from; null for prediction
     */
    RecurrentCase(Cell cell, int[] lengths, Regularization regularization, @Nullable Rng training) {
        this(cell, lengths, regularization, training, null);
    }

    /** A case whose inputs repeat: row i is the different row {@code places[i]}; null for rows that are all different. */
    RecurrentCase(
            Cell cell, int[] lengths, Regularization regularization, @Nullable Rng training, int @Nullable [] places) {
        this.places = places;
        this.cell = cell;
        this.lengths = lengths;
        this.regularization = regularization;
        this.training = training;
        layout = BatchLayout.of(lengths);
        parameters = Parameters.initialized(cell.declarations(), rng);
        System.arraycopy(normal(rng, parameters.size(), 0.5), 0, parameters.values(), 0, parameters.size());
        parameters.changed();
        int different =
                places == null ? layout.rows() : Arrays.stream(places).max().orElse(-1) + 1;
        x = normal(rng, different * cell.inputSize(), 1);
        for (StatePart part : cell.state()) {
            initial.add(normal(rng, lengths.length * part.size(), 0.5));
            finalMix.add(normal(rng, lengths.length * part.size(), 1));
        }
        outputMix = normal(rng, layout.rows() * cell.hiddenSize(), 1);
        weightFactors = new double[parameters.size()];
        Arrays.fill(weightFactors, 1);
    }

    void check() {
        float[] gradient = new float[parameters.size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        Variable input = tape.variable(Tensor.of(Shape.of(x.length / cell.inputSize(), cell.inputSize()), x));
        List<Variable> before = new ArrayList<>();
        for (int p = 0; p < initial.size(); p++) {
            int size = cell.state().get(p).size();
            before.add(tape.variable(Tensor.of(Shape.of(lengths.length, size), initial.get(p))));
        }
        Regularizers masks = Regularizers.of(regularization, cell, parameters.list(), tape, layout, training);
        keep(masks);
        Recurrent.Result result =
                Recurrent.run(CellForm.of(cell), tape, flow(tape, input), before, masks, Clip.NONE, null);
        Variable loss = Gradients.weightedSum(tape, result.outputs(), outputMix);
        for (int p = 0; p < initial.size(); p++) {
            loss = Operations.add(
                    tape, loss, Gradients.weightedSum(tape, result.finalState().get(p), finalMix.get(p)));
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
        int width = CellForm.of(cell).activationWidth() + CellForm.of(cell).savedWidth();
        int roundings = 2 * layout.steps() * (cell.inputSize() + cell.hiddenSize() + width + 70) + layout.rows();
        double bound = bound(roundings, largest(expected))
                + differencesError(this::reference, point, expected, roundings, size(point));
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("element %d of %d", i, expected.length).isCloseTo(expected[i], within(bound));
        }
        assertThat((double) loss.value().at(0)).isCloseTo(reference(point), within(bound));
    }

    private Flow flow(Tape tape, Variable input) {
        return places == null
                ? new Flow(input, layout)
                : new Flow(Operations.gatherRows(tape, input, places), layout, new RepeatedRows(input, places));
    }

    private void keep(Regularizers masks) {
        inputFactors = factors(masks.input());
        recurrentFactors = factors(masks.recurrent());
        for (int i = 0; i < parameters.list().size(); i++) {
            Tensor mask = masks.dropConnect().mask(i);
            if (mask != null) {
                System.arraycopy(
                        toDouble(mask.toArray()),
                        0,
                        weightFactors,
                        parameters.list().get(i).offset(),
                        mask.size());
            }
        }
        Slice[] zoneout = masks.zoneout();
        stays = new double[cell.state().size()][layout.rows()][];
        for (int p = 0; p < stays.length; p++) {
            Slice z = zoneout == null ? null : zoneout[p];
            int size = cell.state().get(p).size();
            for (int row = 0; row < layout.rows(); row++) {
                stays[p][row] = z == null
                        ? new double[size]
                        : toDouble(Arrays.copyOfRange(z.array(), z.row(row), z.row(row) + size));
            }
        }
    }

    private static double[][] factors(@Nullable Tensor mask) {
        double[][] rows = new double[mask == null ? 0 : mask.rows()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = toDouble(mask.rowRange(row, 1).toArray());
        }
        return rows;
    }

    /** The cell for one sequence, with its masks in the weights; without masks of recurrent weights the same for all. */
    private ReferenceCell reference(double[] point, int index) {
        double[] weights = Arrays.copyOf(point, parameters.size());
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= weightFactors[i];
        }
        List<CellWeight> kinds = cell.weights();
        // The weights on the diagonal of a cell that has others are peepholes, which see another part of the state.
        Role multiplied =
                kinds.stream().anyMatch(kind -> kind.role() == Role.RECURRENT) ? Role.RECURRENT : Role.DIAGONAL;
        for (int i = 0; recurrentFactors.length > 0 && i < kinds.size(); i++) {
            if (kinds.get(i).role() == multiplied) {
                Tensor weight = parameters.list().get(i).tensor();
                for (int at = 0; at < weight.size(); at++) {
                    weights[weight.offset() + at] *=
                            recurrentFactors[layout.position(index)][multiplied(weight.columns(), at)];
                }
            }
        }
        return ReferenceCells.of(cell, weights);
    }

    /** Which element of the output an element of a recurrent weight multiplies; blocks on the diagonal have few columns. */
    private int multiplied(int columns, int at) {
        int unit = at / columns % cell.hiddenSize();
        return unit / columns * columns + at % columns;
    }

    private double[] input(double[] point, int index, int row) {
        int from = parameters.size() + (places == null ? row : places[row]) * cell.inputSize();
        double[] input = Arrays.copyOfRange(point, from, from + cell.inputSize());
        for (int k = 0; inputFactors.length > 0 && k < input.length; k++) {
            input[k] *= inputFactors[layout.position(index)][k];
        }
        return input;
    }

    private void zoneOut(double[][] before, double[][] state, int row) {
        for (int p = 0; p < state.length; p++) {
            for (int k = 0; k < state[p].length; k++) {
                double z = stays[p][row][k];
                state[p][k] = z * before[p][k] + (1 - z) * state[p][k];
            }
        }
    }

    private double reference(double[] point) {
        return terms(point).sum();
    }

    private double size(double[] point) {
        return terms(point).map(Math::abs).sum();
    }

    /** What the loss adds up. */
    private DoubleStream terms(double[] point) {
        DoubleStream.Builder terms = DoubleStream.builder();
        ReferenceCell shared = recurrentFactors.length == 0 ? reference(point, 0) : null;
        for (int index = 0; index < lengths.length; index++) {
            ReferenceCell reference = shared == null ? reference(point, index) : shared;
            double[][] state = initialState(point, index);
            for (int t = 0; t < lengths[index]; t++) {
                int row = layout.row(index, t);
                double[][] before = Arrays.stream(state).map(double[]::clone).toArray(double[][]::new);
                reference.step(input(point, index, row), state);
                zoneOut(before, state, row);
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
