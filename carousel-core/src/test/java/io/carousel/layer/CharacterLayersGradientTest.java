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
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.CellSpec;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is made of the characters of words, and every derivative of it, against plain enumeration in {@code double}. */
class CharacterLayersGradientTest {
    private static final int VOCABULARY = 6;
    private static final int SIZE = 3;
    private static final int MOST = 7;

    /** One repeats, one is of one character, one has none, one is as long as can be. */
    private static final int[][] WORDS = {{0, 1, 2}, {5}, {3, 3, 4, 3}, {0, 1, 2}, {}, {5, 4, 3, 2, 1, 0, 5}};

    static Stream<LayerSpec> specs() {
        return Stream.of(
                new CharacterConvolutionSpec("characters", VOCABULARY, SIZE, 4, 1),
                new CharacterConvolutionSpec("characters", VOCABULARY, SIZE, 4, 3),
                new CharacterConvolutionSpec("characters", VOCABULARY, SIZE, 17, 5),
                new CharacterRecurrentSpec("characters", VOCABULARY, SIZE, CellSpec.parse("lstm"), 4),
                new CharacterRecurrentSpec("characters", VOCABULARY, SIZE, CellSpec.parse("gru"), 3),
                new CharacterRecurrentSpec("characters", VOCABULARY, SIZE, CellSpec.parse("peephole"), 2));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void valuesAndEveryDerivativeAreThoseOfPlainEnumeration(LayerSpec spec) {
        new Case(spec).check();
    }

    /** One layer over all words as one sentence; the loss is a random mix of all outputs. */
    private static final class Case {
        private final LayerSpec spec;
        private final Network network;
        private final float[] mix;

        Case(LayerSpec spec) {
            this.spec = spec;
            network = Network.create(new NetworkSpec(MOST, List.of(spec)), Rng.of(1));
            float[] values = network.parameters().values();
            System.arraycopy(normal(Rng.of(2), values.length, 0.5), 0, values, 0, values.length);
            network.parameters().changed();
            mix = normal(Rng.of(3), WORDS.length * network.outputSize(), 1);
        }

        void check() {
            Tensor x = Tensor.zeros(WORDS.length, MOST);
            x.fill(-1);
            for (int row = 0; row < WORDS.length; row++) {
                for (int i = 0; i < WORDS[row].length; i++) {
                    x.data()[row * MOST + i] = WORDS[row][i];
                }
            }
            float[] gradient = new float[network.parameters().size()];
            Tape tape = new Tape(Kernels.best(), new Workspace());
            tape.begin(gradient);
            Flow output = spec.layer(MOST)
                    .forward(
                            new Flow(tape.constant(x), BatchLayout.of(WORDS.length)),
                            new LayerContext(tape, network.parameters(), null, new LinkedHashMap<>(), null));
            Variable loss = Gradients.weightedSum(tape, output.rows(), mix);
            tape.backward(loss);

            double[] point = toDouble(network.parameters().values());
            double[] expected = centralDifferences(this::reference, point);
            // The longest path: every character forward and backward, each with its products (of a window or of the
            // character and the step before, at most 15 numbers, for 4 gates) and about 60 roundings, then all rows.
            int roundings = 2 * MOST * (15 + 4 * 5 + 60) + mix.length;
            double bound = bound(roundings, largest(expected))
                    + differencesError(
                            this::reference,
                            point,
                            expected,
                            roundings,
                            terms(point).map(Math::abs).sum());
            assertThat(gradient).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) gradient[i])
                        .as("element %d of %d", i, expected.length)
                        .isCloseTo(expected[i], within(bound));
            }
            assertThat((double) loss.value().at(0)).isCloseTo(reference(point), within(bound));
        }

        private double reference(double[] point) {
            return terms(point).sum();
        }

        private DoubleStream terms(double[] point) {
            double[] terms = new double[mix.length];
            int outputs = network.outputSize();
            for (int row = 0; row < WORDS.length; row++) {
                double[] y = spec instanceof CharacterConvolutionSpec convolution
                        ? convolution(convolution, WORDS[row], point)
                        : recurrent((CharacterRecurrentSpec) spec, WORDS[row], point);
                for (int o = 0; o < outputs; o++) {
                    terms[row * outputs + o] = mix[row * outputs + o] * y[o];
                }
            }
            return Arrays.stream(terms);
        }

        private double[] parameter(String name, double[] point) {
            int from = network.parameters().get(name).offset();
            return Arrays.copyOfRange(
                    point, from, from + network.parameters().get(name).shape().size());
        }

        private double[] convolution(CharacterConvolutionSpec spec, int[] word, double[] point) {
            double[] table = parameter("characters.weight", point);
            double[] weight = parameter("characters.convolution.weight", point);
            double[] bias = parameter("characters.convolution.bias", point);
            double[] y = new double[spec.filters()];
            for (int o = 0; o < y.length && word.length > 0; o++) {
                double most = Double.NEGATIVE_INFINITY;
                for (int i = 0; i < word.length; i++) {
                    double z = bias[o];
                    for (int place = 0; place < spec.width(); place++) {
                        int j = i + place - spec.width() / 2;
                        for (int e = 0; e < SIZE && j >= 0 && j < word.length; e++) {
                            z += weight[(o * spec.width() + place) * SIZE + e] * table[word[j] * SIZE + e];
                        }
                    }
                    most = Math.max(most, z);
                }
                y[o] = Math.tanh(most);
            }
            return y;
        }

        private double[] recurrent(CharacterRecurrentSpec spec, int[] word, double[] point) {
            double[] table = parameter("characters.weight", point);
            double[][] x = new double[word.length][];
            for (int i = 0; i < word.length; i++) {
                x[i] = Arrays.copyOfRange(table, word[i] * SIZE, (word[i] + 1) * SIZE);
            }
            RecurrentSpec inner = RecurrentSpec.of("characters", spec.cell().toString(), List.of(spec.hidden()))
                    .withDirection(Direction.BIDIRECTIONAL);
            Map<String, double[]> zeros = new LinkedHashMap<>();
            inner.layer(SIZE).state().forEach(part -> zeros.put(part.name(), new double[part.size()]));
            ReferenceStack stack = new ReferenceStack(inner, network.parameters(), point);
            stack.run(x, SIZE, zeros);
            List<String> first =
                    inner.layer(SIZE).state().stream().map(part -> part.name()).toList();
            double[] f = stack.finalState().get(first.get(0));
            double[] b = stack.finalState().get(first.get(first.size() / 2));
            double[] y = Arrays.copyOf(f, f.length + b.length);
            System.arraycopy(b, 0, y, f.length, b.length);
            return y;
        }
    }
}
