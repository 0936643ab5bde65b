package io.carousel.train;

import static io.carousel.autograd.Gradients.bound;
import static io.carousel.autograd.Gradients.centralDifferences;
import static io.carousel.autograd.Gradients.differencesError;
import static io.carousel.autograd.Gradients.largest;
import static io.carousel.autograd.Gradients.normal;
import static io.carousel.autograd.Gradients.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Tape;
import io.carousel.data.Streams;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.layer.ReferenceLstm;
import io.carousel.layer.State;
import io.carousel.loss.SquaredLoss;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import io.carousel.train.ChunkedObjective.Chunk;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gradient of each chunk against a {@code double} reference of its objective, whose first state is held constant. */
class TruncatedBackpropagationGradientTest {
    private final Network network = ChunkTask.network(0);
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
        TruncatedBackpropagation objective = new TruncatedBackpropagation(network, new SquaredLoss(), streams, k1, k2);
        State carried = new State(objective.carried(), all.length);
        Rng rng = Rng.of(13);
        carried.parts().forEach(part -> {
            float[] values = carried.values(part.name());
            System.arraycopy(normal(rng, values.length, 0.5), 0, values, 0, values.length);
        });
        Reference reference = new Reference(k1, k2, number, carried.copy());

        float[] gradient = new float[network.parameters().size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        ShardLoss loss = objective.forward(tape, all, 0, all.length, new Chunk(number, carried, 0), null);
        tape.backward(loss.sum());

        double[] point = toDouble(network.parameters().values());
        double value = reference.value(point);
        assertThat(loss.weight()).isEqualTo(reference.targets).isPositive();
        double[] expected = centralDifferences(reference::value, point);
        // the longest path: every time step forward and backward through both layers, each with its products and about
        // 40
        // roundings of the gates, the head, then the sum over all rows
        int steps = Math.min(k2, 12);
        int roundings = 2 * steps * 2 * (ChunkTask.FEATURES + 5 * ChunkTask.LOWER + 40) + 10 + steps * all.length;
        double bound = bound(roundings, Math.max(value, largest(expected)))
                + differencesError(reference::value, point, expected, roundings, value);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) gradient[i])
                    .as("element %d of %d", i, expected.length)
                    .isCloseTo(expected[i], within(bound));
        }
        assertThat(BatchStep.scalar(loss)).isCloseTo(value, within(bound));
    }

    @Test
    void theGradientsOfAllChunksSumToTheWholeOneWhereEachGoesBackToTheStart() {
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
        int roundings = 7 * (2 * 12 * 2 * (ChunkTask.FEATURES + 5 * ChunkTask.LOWER + 40) + 10 + 12 * all.length);
        double bound = bound(roundings, largest(toDouble(whole)));
        for (int i = 0; i < sum.length; i++) {
            assertThat(sum[i]).as("element %d", i).isCloseTo(whole[i], within(bound));
        }
    }

    /** One chunk in {@code double}: the streams from the first time step of the window on, one number at a time. */
    private final class Reference {
        private final int k1;
        private final int k2;
        private final int number;
        private final State carried;
        private int targets;

        Reference(int k1, int k2, int number, State carried) {
            this.k1 = k1;
            this.k2 = k2;
            this.number = number;
            this.carried = carried;
        }

        double value(double[] weights) {
            int lower = ReferenceLstm.weights(ChunkTask.FEATURES, ChunkTask.LOWER);
            int upper = lower + ReferenceLstm.weights(ChunkTask.LOWER, ChunkTask.UPPER);
            ReferenceLstm[] layers = {
                new ReferenceLstm(ChunkTask.FEATURES, ChunkTask.LOWER, Arrays.copyOfRange(weights, 0, lower)),
                new ReferenceLstm(ChunkTask.LOWER, ChunkTask.UPPER, Arrays.copyOfRange(weights, lower, upper))
            };
            targets = 0;
            double sum = 0;
            for (int place = 0; place < all.length; place++) {
                sum += stream(layers, Arrays.copyOfRange(weights, upper, weights.length), place);
            }
            return sum;
        }

        private double stream(ReferenceLstm[] layers, double[] head, int place) {
            int stream = all[place];
            int end = (number + 1) * k1;
            int start = Math.max(0, end - k2);
            double[][] h = new double[2][];
            double[][] c = new double[2][];
            float[] x = new float[ChunkTask.FEATURES];
            float[] y = new float[1];
            double sum = 0;
            for (int t = start; t < Math.min(end, streams.length(stream)); t++) {
                if (t == start || streams.starts(stream, t)) {
                    boolean fresh = streams.starts(stream, t);
                    for (int layer = 0; layer < 2; layer++) {
                        int size = layer == 0 ? ChunkTask.LOWER : ChunkTask.UPPER;
                        h[layer] = fresh ? new double[size] : before("hidden", layer, size, place);
                        c[layer] = fresh ? new double[size] : before("cell", layer, size, place);
                    }
                }
                streams.input(stream, t, x, 0);
                double[] below = layers[0].run(List.of(toDouble(x)), h[0], c[0])[0];
                double[] top = layers[1].run(List.of(below), h[1], c[1])[0];
                if (t >= number * k1 && streams.target(stream, t, y, 0)) {
                    double error = head[0] * top[0] + head[1] * top[1] + head[2] - y[0];
                    sum += error * error;
                    targets++;
                }
            }
            return sum;
        }

        private double[] before(String part, int layer, int size, int place) {
            int slot = (number + 1) % (k2 / k1);
            float[] values = carried.values(slot + ".encoder." + part + "_l" + layer);
            return toDouble(Arrays.copyOfRange(values, place * size, (place + 1) * size));
        }
    }
}
