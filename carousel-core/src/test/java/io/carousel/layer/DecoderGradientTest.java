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
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every weight of encoders, bridges and decoders against central differences of a reference in {@code double}. */
@Tag("slow")
class DecoderGradientTest {
    private static final int[] SOURCE_LENGTHS = {1, 3, 0};
    private static final int[] LENGTHS = {2, 3, 1};
    private static final float DIVERGENCE = 0.7f;

    /** Six differences for each weight: what is wider than this repeats the equations of something smaller. */
    private static final int MOST_WEIGHTS = 2_000;

    /** All whose layers the reference has: regularisers and limits have tests of their own. */
    static Stream<NetworkSpec> specs() {
        return Decoders.specs()
                .filter(spec -> Decoders.network(spec).parameters().size() <= MOST_WEIGHTS)
                .filter(spec -> !(spec.layers().get(0) instanceof DecoderSpec decoder)
                        || (decoder.levels().regularization().equals(Regularization.NONE)
                                && decoder.levels().clip().equals(Clip.NONE)));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void everyDerivativeIsThatOfTheReference(NetworkSpec spec) {
        new Case(spec).check();
    }

    private static final class Case {
        private final NetworkSpec spec;
        private final Network network;
        private final List<float[][]> sources = Networks.sequences(SOURCE_LENGTHS);
        private final List<float[][]> inputs = Networks.sequences(LENGTHS);
        private final BatchLayout layout = BatchLayout.of(LENGTHS);
        private final float[] mix;

        Case(NetworkSpec spec) {
            this.spec = spec;
            network = Decoders.network(spec);
            mix = normal(Rng.of(3), layout.rows() * network.outputSize(), 1);
        }

        void check() {
            Tape tape = new Tape(Kernels.best(), new Workspace());
            float[] gradient = new float[network.parameters().size()];
            tape.begin(gradient);
            TapedSource source = network.encode(tape, Networks.batch(sources), null);
            NetworkOutput output = network.forward(tape, source, Networks.batch(inputs), null, null, null);
            Variable loss = Gradients.weightedSum(tape, output.rows(), mix);
            if (source.divergence() != null) {
                loss = Operations.addScaled(tape, Operations.reshape(tape, loss), DIVERGENCE, source.divergence());
            }
            tape.backward(loss);

            double[] point = toDouble(network.parameters().values());
            double[] expected = centralDifferences(this::reference, point);
            // The longest path: every time step of encoder and decoder, forward and backward, each with its products
            // (at most
            // 24 numbers, 4 gates, of two levels), an attention (products of 7, a softmax over 4 rows, about 30
            // roundings of its
            // exponentials) and about 60 roundings of the gates, then the sum over all rows.
            int roundings = 2 * (4 + 4) * (2 * (24 + 5 * 4 + 60) + 60) + mix.length;
            double size = size(point);
            double bound = bound(roundings, Math.max(size, largest(expected)))
                    + differencesError(this::reference, point, expected, roundings, size);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) gradient[i])
                        .as("element %d of %d", i, expected.length)
                        .isCloseTo(expected[i], within(bound));
            }
            assertThat((double) loss.value().data()[loss.value().offset()]).isCloseTo(reference(point), within(bound));
        }

        private double size(double[] point) {
            double[] sum = new double[1];
            terms(point, term -> sum[0] += Math.abs(term));
            return sum[0];
        }

        private double reference(double[] point) {
            double[] sum = new double[1];
            terms(point, term -> sum[0] += term);
            return sum[0];
        }

        private void terms(double[] point, java.util.function.DoubleConsumer sink) {
            ReferenceDecoder reference = new ReferenceDecoder(spec, network.parameters(), point);
            for (int index = 0; index < LENGTHS.length; index++) {
                double[][] y = reference.run(doubles(sources.get(index)), doubles(inputs.get(index)));
                for (int t = 0; t < y.length; t++) {
                    for (int k = 0; k < y[t].length; k++) {
                        sink.accept(y[t][k] * mix[layout.row(index, t) * y[t].length + k]);
                    }
                }
            }
            sink.accept(DIVERGENCE * reference.divergence());
        }

        private static double[][] doubles(float[][] rows) {
            double[][] all = new double[rows.length][];
            for (int t = 0; t < rows.length; t++) {
                all[t] = toDouble(rows[t]);
            }
            return all;
        }
    }
}
