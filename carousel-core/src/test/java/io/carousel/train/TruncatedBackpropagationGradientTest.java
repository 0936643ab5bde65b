package io.carousel.train;

import static io.carousel.autograd.Gradients.bound;
import static io.carousel.autograd.Gradients.centralDifferences;
import static io.carousel.autograd.Gradients.differencesError;
import static io.carousel.autograd.Gradients.largest;
import static io.carousel.autograd.Gradients.normal;
import static io.carousel.autograd.Gradients.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.cell.Block;
import io.carousel.cell.Cell;
import io.carousel.cell.Cells;
import io.carousel.cell.ReferenceCell;
import io.carousel.cell.ReferenceCells;
import io.carousel.cell.StatePart;
import io.carousel.data.Streams;
import io.carousel.kernel.Kernels;
import io.carousel.layer.InitialState;
import io.carousel.layer.Network;
import io.carousel.layer.State;
import io.carousel.loss.SquaredLoss;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import io.carousel.train.ChunkedObjective.Chunk;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient of each chunk against a {@code double} reference of its objective, whose first state is held constant. */
class TruncatedBackpropagationGradientTest {
    private final Streams streams = ChunkTask.packed();
    private final int[] all = {2, 0, 3, 1};

    @ParameterizedTest(name = "k1 = {0}, k2 = {1}, chunk {2}")
    @CsvSource({
        "2, 2, 0",
        "2, 2, 1",
        "2, 2, 5",
        "3, 3, 2",
        "2, 6, 1",
        "2, 6, 4",
        "1, 4, 7",
        "5, 5, 1",
        "1, 1, 6",
        "4, 8, 2",
        "20, 20, 0"
    })
    void everyWeightHasTheDerivativeOfTheTruncatedObjective(int k1, int k2, int number) {
        check(ChunkTask.network(0), "lstm", k1, k2, number);
    }

    static List<String> cells() {
        // the reference of a cell with a kink has no derivative there; one that reads time gaps cannot be stacked
        return Cells.names().stream()
                .filter(name -> !name.contains("relu"))
                .filter(name -> !Cells.create(name, 3, 4).readsTimeGap())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cells")
    @Tag("slow")
    void everyCellHasTheDerivativeOfTheTruncatedObjective(String cell) {
        check(ChunkTask.network(cell, 0), cell, 2, 4, 3);
    }

    @ParameterizedTest(name = "k1 = {0}, k2 = {1}, chunk {2}")
    @CsvSource({"2, 2, 0", "2, 2, 5", "2, 6, 4", "20, 20, 0"})
    void aStateThatIsLearnedHasTheDerivativeOfTheSequencesThatStart(int k1, int k2, int number) {
        check(ChunkTask.network("lstm", 0, InitialState.LEARNED), "lstm", k1, k2, number);
    }

    private void check(Network network, String cell, int k1, int k2, int number) {
        TruncatedBackpropagation objective = new TruncatedBackpropagation(network, new SquaredLoss(), streams, k1, k2);
        State carried = new State(objective.carried(), all.length);
        Rng rng = Rng.of(13);
        carried.parts().forEach(part -> {
            float[] values = carried.values(part.name());
            System.arraycopy(normal(rng, values.length, 0.5), 0, values, 0, values.length);
        });
        Reference reference = new Reference(network, cell, k1, k2, number, carried.copy());

        float[] gradient = new float[network.parameters().size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        ShardLoss loss = objective.forward(tape, all, 0, all.length, new Chunk(number, carried, 0), null);
        tape.backward(loss.sum());

        double[] point = toDouble(network.parameters().values());
        double value = reference.value(point);
        assertThat(loss.weight()).isEqualTo(reference.targets).isPositive();
        double[] expected = centralDifferences(reference::value, point);
        int roundings = roundings(network, cell, Math.min(k2, 12));
        double bound = bound(roundings, Math.max(value, largest(expected)))
                + differencesError(reference::value, point, expected, roundings, value);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) gradient[i])
                    .as("element %d of %d", i, expected.length)
                    .isCloseTo(expected[i], within(bound));
        }
        assertThat(BatchStep.scalar(loss)).isCloseTo(value, within(bound));
    }

    /**
     * The longest path: every time step forward and backward through both layers, each with its products and about 60
     * roundings of the gates, the head, then the sum over all rows.
     */
    private int roundings(Network network, String cell, int steps) {
        int sum = 0;
        for (Cell level : levels(cell)) {
            int width = level.activations().stream().mapToInt(Block::size).sum()
                    + level.saved().stream().mapToInt(Block::size).sum();
            sum += 2 * steps * (level.inputSize() + level.hiddenSize() + width + 60);
        }
        return sum + 2 * (network.outputSize() + ChunkTask.HIDDEN_SIZES.get(1) + 1) + steps * all.length;
    }

    private static List<Cell> levels(String cell) {
        Cell lower = Cells.create(cell, ChunkTask.FEATURES, ChunkTask.HIDDEN_SIZES.get(0));
        return List.of(lower, Cells.create(cell, lower.hiddenSize(), ChunkTask.HIDDEN_SIZES.get(1)));
    }

    @Test
    void theGradientsOfAllChunksSumToTheWholeOneWhereEachGoesBackToTheStart() {
        Network network = ChunkTask.network(0);
        float[] whole = new float[network.parameters().size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        TruncatedBackpropagation objective = new TruncatedBackpropagation(network, new SquaredLoss(), streams, 2, 12);
        tape.begin(whole);
        ShardLoss loss = objective.forward(tape, all, 0, all.length, null);
        tape.backward(loss.sum());

        assertThat(objective.carried()).as("states that nobody needs").isEmpty();
        State carried = new State(objective.carried(), all.length);
        double[] sum = new double[whole.length];
        double weight = 0;
        for (int number = 0; number < objective.chunks(); number++) {
            float[] gradient = new float[whole.length];
            tape.begin(gradient);
            ShardLoss part = objective.forward(tape, all, 0, all.length, new Chunk(number, carried, 0), null);
            tape.backward(part.sum());
            weight += part.weight();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += gradient[i];
            }
        }

        assertThat(weight).isEqualTo(loss.weight());
        // both round as above, the chunks six times
        double bound = bound(7 * roundings(network, "lstm", 12), largest(toDouble(whole)));
        for (int i = 0; i < sum.length; i++) {
            assertThat(sum[i]).as("element %d", i).isCloseTo(whole[i], within(bound));
        }
    }

    /** One chunk in {@code double}: the streams from the first time step of the window on, one number at a time. */
    private final class Reference {
        private final Network network;
        private final List<Cell> cells;
        private final int k1;
        private final int k2;
        private final int number;
        private final State carried;
        private final boolean learned;
        private final double[][][] first = new double[2][][];
        private int targets;

        Reference(Network network, String cell, int k1, int k2, int number, State carried) {
            this.network = network;
            this.cells = levels(cell);
            this.k1 = k1;
            this.k2 = k2;
            this.number = number;
            this.carried = carried;
            learned = network.parameters().list().stream()
                    .anyMatch(parameter -> parameter.name().contains(".initial_"));
        }

        double value(double[] weights) {
            int lower = network.parameters().get("encoder.weight_ih_l1").offset();
            int head = network.parameters().get("head.weight").offset();
            for (int layer = 0; layer < 2; layer++) {
                first[layer] = cells.get(layer).state().stream()
                        .map(part -> new double[part.size()])
                        .toArray(double[][]::new);
                for (int p = 0; learned && p < first[layer].length; p++) {
                    String part = cells.get(layer).state().get(p).name();
                    Parameter given = network.parameters().get("encoder.initial_" + part + "_l" + layer);
                    first[layer][p] = Arrays.copyOfRange(
                            weights,
                            given.offset(),
                            given.offset() + given.shape().size());
                }
            }
            ReferenceCell[] layers = {
                ReferenceCells.of(cells.get(0), weights),
                ReferenceCells.of(cells.get(1), Arrays.copyOfRange(weights, lower, head))
            };
            targets = 0;
            double sum = 0;
            for (int place = 0; place < all.length; place++) {
                sum += stream(layers, Arrays.copyOfRange(weights, head, weights.length), place);
            }
            return sum;
        }

        private double stream(ReferenceCell[] layers, double[] head, int place) {
            int stream = all[place];
            int end = (number + 1) * k1;
            int start = Math.max(0, end - k2);
            double[][][] states = {state(0, place), state(1, place)};
            float[] x = new float[ChunkTask.FEATURES];
            float[] y = new float[1];
            double sum = 0;
            for (int t = start; t < Math.min(end, streams.length(stream)); t++) {
                if (streams.starts(stream, t)) {
                    for (int layer = 0; layer < 2; layer++) {
                        states[layer] =
                                Arrays.stream(first[layer]).map(double[]::clone).toArray(double[][]::new);
                    }
                }
                streams.input(stream, t, x, 0);
                layers[0].step(toDouble(x), states[0]);
                layers[1].step(states[0][0], states[1]);
                if (t >= number * k1 && streams.target(stream, t, y, 0)) {
                    double[] top = states[1][0];
                    double error = head[top.length] - y[0];
                    for (int k = 0; k < top.length; k++) {
                        error += head[k] * top[k];
                    }
                    sum += error * error;
                    targets++;
                }
            }
            return sum;
        }

        /** What a stream carries into the window; zeros when nothing is carried. */
        private double[][] state(int layer, int place) {
            int slot = (number + 1) % (k2 / k1);
            List<StatePart> parts = cells.get(layer).state();
            double[][] state = new double[parts.size()][];
            for (int p = 0; p < state.length; p++) {
                int size = parts.get(p).size();
                String name = slot + ".encoder." + parts.get(p).name() + "_l" + layer;
                boolean known = carried.parts().contains(new StatePart(name, size));
                state[p] = known
                        ? toDouble(Arrays.copyOfRange(carried.values(name), place * size, (place + 1) * size))
                        : new double[size];
            }
            return state;
        }
    }
}
