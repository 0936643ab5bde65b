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
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pooling over ragged sequences, whole and going on, against a {@code double} reference. */
class PoolingGradientTest {
    private static final int WIDTH = 6;
    private static final int SIZE = 5;

    static Stream<Arguments> cases() {
        return Stream.of(
                        PoolingSpec.last("pool", Direction.FORWARD),
                        PoolingSpec.last("pool", Direction.BACKWARD),
                        PoolingSpec.last("pool", Direction.BIDIRECTIONAL),
                        PoolingSpec.mean("pool"),
                        PoolingSpec.max("pool"),
                        PoolingSpec.attention("pool", SIZE))
                .flatMap(spec -> Stream.of(new int[] {4, 2, 1, 6}, new int[] {3, 3}, new int[] {1}, new int[] {20, 19})
                        .flatMap(lengths -> Stream.of(0, 3).map(earlier -> Arguments.of(spec, lengths, earlier))));
    }

    @ParameterizedTest(name = "{0}, lengths {1}, {2} steps before")
    @MethodSource("cases")
    void valueAndEveryDerivativeAreThoseOfTheReference(PoolingSpec spec, int[] lengths, int earlier) {
        new Case(spec, lengths, earlier).check();
    }

    /** One batch; of each sequence some time steps may have come before, in a batch of their own. */
    private static final class Case {
        private final PoolingSpec spec;
        private final Layer layer;
        private final Parameters parameters;
        private final BatchLayout layout;
        private final BatchLayout before;
        private final float[] x;
        private final float[] earlier;
        private final float[] mix;

        Case(PoolingSpec spec, int[] lengths, int earlierSteps) {
            this.spec = spec;
            layer = spec.layer(WIDTH);
            Rng rng = Rng.of(4);
            parameters = Parameters.initialized(layer.parameters(), rng);
            float[] values = parameters.values();
            System.arraycopy(normal(rng, values.length, 0.8), 0, values, 0, values.length);
            parameters.changed();
            layout = BatchLayout.of(lengths);
            before = BatchLayout.uniform(lengths.length, earlierSteps);
            x = normal(rng, layout.rows() * WIDTH, 1);
            earlier = normal(rng, before.rows() * WIDTH, 1);
            mix = normal(rng, lengths.length * WIDTH, 1);
        }

        void check() {
            State initial = before.rows() == 0 ? null : initial();
            float[] gradient = new float[parameters.size()];
            Tape tape = new Tape(Kernels.best(), new Workspace());
            tape.begin(gradient);
            Variable input = tape.variable(Tensor.of(Shape.of(layout.rows(), WIDTH), x));
            Flow output = layer.forward(
                    new Flow(input, layout), new LayerContext(tape, parameters, initial, new LinkedHashMap<>(), null));
            assertThat(output.layout().rows()).isEqualTo(layout.sequences());
            Variable loss = Gradients.weightedSum(tape, output.rows(), mix);
            tape.backward(loss);

            double[] point = toDouble(concatenate(parameters.values(), x));
            // What the weights do to a state that was there before is not followed: the reference holds it as it was.
            double[] expected = centralDifferences(this::reference, point);
            double[] actual = toDouble(concatenate(gradient, input.gradient().toArray()));
            // The longest path: a product over F with tanh and a sum over A for each score, some 30 roundings in the
            // exponentials, sums over time with two roundings each, and the sum over the outputs; forward and backward.
            int roundings =
                    2 * (WIDTH + SIZE + 30 + 3 * (layout.steps() + before.steps()) + mix.length) + layout.rows();
            double size = sizes(mix) * Math.max(1, largest(point));
            double bound = bound(roundings, Math.max(size, largest(expected)))
                    + differencesError(this::reference, point, expected, roundings, size);
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).as("element %d of %d", i, expected.length).isCloseTo(expected[i], within(bound));
            }
            assertThat((double) loss.value().at(0)).isCloseTo(reference(point), within(bound));
        }

        private State initial() {
            State state = new State(layer.state(), before.sequences());
            LayerStepper stepper = layer.stepper(Kernels.best(), parameters, before.sequences());
            stepper.load(state);
            float[] y = new float[before.sequences() * WIDTH];
            for (int t = 0; t < before.steps(); t++) {
                stepper.step(before.sequences(), earlier, before.rowOffset(t) * WIDTH, y, 0);
            }
            stepper.store(state);
            return state;
        }

        private static float[] concatenate(float[] a, float[] b) {
            float[] all = Arrays.copyOf(a, a.length + b.length);
            System.arraycopy(b, 0, all, a.length, b.length);
            return all;
        }

        private double reference(double[] point) {
            double sum = 0;
            for (int index = 0; index < layout.sequences(); index++) {
                int steps = before.steps() + layout.length(layout.position(index));
                double[][] rows = new double[steps][WIDTH];
                double[] scores = new double[steps];
                for (int t = 0; t < steps; t++) {
                    boolean old = t < before.steps();
                    int at = old
                            ? before.row(index, t) * WIDTH
                            : parameters.size() + layout.row(index, t - before.steps()) * WIDTH;
                    for (int j = 0; j < WIDTH; j++) {
                        rows[t][j] = old ? earlier[at + j] : point[at + j];
                    }
                    scores[t] = score(rows[t], old ? toDouble(parameters.values()) : point);
                }
                for (int j = 0; j < WIDTH; j++) {
                    sum += mix[index * WIDTH + j] * pooled(rows, scores, j);
                }
            }
            return sum;
        }

        private double score(double[] row, double[] weights) {
            double score = 0;
            for (int k = 0; k < spec.size(); k++) {
                double z = weights[SIZE * WIDTH + k];
                for (int j = 0; j < WIDTH; j++) {
                    z += weights[k * WIDTH + j] * row[j];
                }
                score += weights[SIZE * WIDTH + SIZE + k] * Math.tanh(z);
            }
            return score;
        }

        private double pooled(double[][] rows, double @Nullable [] scores, int column) {
            int last = rows.length - 1;
            double weighted = 0;
            double total = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int t = 0; t <= last; t++) {
                double weight = spec.kind() == Pooling.ATTENTION ? Math.exp(scores[t]) : 1;
                weighted += weight * rows[t][column];
                total += weight;
                most = Math.max(most, rows[t][column]);
            }
            return switch (spec.kind()) {
                case LAST ->
                    switch (spec.direction()) {
                        case FORWARD -> rows[last][column];
                        case BACKWARD -> rows[0][column];
                        case BIDIRECTIONAL -> rows[column < WIDTH / 2 ? last : 0][column];
                    };
                case MAX -> most;
                case MEAN, ATTENTION -> weighted / total;
            };
        }
    }
}
