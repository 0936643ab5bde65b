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
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every weight of encoders, bridges and decoders, by way of what they give and of what they attend to, against central differences of
 * a reference in {@code double}.
 */
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
        new Case(spec, null).check();
    }

    /** Those of two levels, where the attention is no more than it has to be. */
    static Stream<NetworkSpec> specsWithDropout() {
        return specs().filter(spec -> spec.layers().get(0) instanceof DecoderSpec decoder
                && decoder.levels().dropout() > 0
                && decoder.attention().heads() == 1
                && decoder.attention().window() == 0);
    }

    @ParameterizedTest
    @MethodSource("specsWithDropout")
    void inTrainingEveryDerivativeIsThatOfTheReferenceWithTheSameMasksAndTheCostOfCoverage(NetworkSpec spec) {
        new Case(spec, Rng.of(9)).check();
    }

    private static final class Case {
        private final NetworkSpec spec;
        private final Network network;
        private final List<float[][]> sources = Networks.sequences(SOURCE_LENGTHS);
        private final List<float[][]> inputs = Networks.sequences(LENGTHS);
        private final BatchLayout layout = BatchLayout.of(LENGTHS);
        private final float[] mix;
        private float[] seenMix = {};
        private int[] seenStarts = {};
        private final @Nullable Rng training;

        /** @param training the random numbers of dropout; null in prediction */
        Case(NetworkSpec spec, @Nullable Rng training) {
            this.spec = spec;
            this.training = training;
            network = Decoders.network(spec);
            mix = normal(Rng.of(3), layout.rows() * network.outputSize(), 1);
        }

        void check() {
            Tape tape = new Tape(Kernels.best(), new Workspace());
            float[] gradient = new float[network.parameters().size()];
            tape.begin(gradient);
            TapedSource source = network.encode(tape, Networks.batch(sources), training);
            NetworkOutput output = network.forward(tape, source, Networks.batch(inputs), null, training, null);
            Variable sum = Operations.reshape(tape, Gradients.weightedSum(tape, output.rows(), mix));
            Variable loss = output.penalized(tape, sum, 1);
            for (Attention attention : output.attention()) {
                // what a decoder that copies adds to its loss
                seenStarts = attention.starts();
                seenMix = normal(Rng.of(4), attention.weights().value().size(), 1);
                Variable seen = Gradients.weightedSum(tape, attention.weights(), seenMix);
                loss = Operations.addScaled(tape, loss, 1, Operations.reshape(tape, seen));
            }
            if (source.divergence() != null) {
                loss = Operations.addScaled(tape, loss, DIVERGENCE, source.divergence());
            }
            tape.backward(loss);

            double[] point = toDouble(network.parameters().values());
            double[] expected = centralDifferences(this::reference, point);
            // The longest path: every time step of encoder and decoder, forward and backward, each with its products
            // (at most
            // 24 numbers, 4 gates, of two levels), an attention (products of 7, a softmax over 4 rows, about 30
            // roundings of its
            // exponentials), about 60 roundings of the gates and one of a mask, then the sum over all rows.
            int roundings = 2 * (4 + 4) * (2 * (24 + 5 * 4 + 60 + 1) + 60) + mix.length + seenMix.length;
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
                int own = index;
                ReferenceDecoder.Masks masks = training == null ? null : (level, t) -> mask(level, layout.row(own, t));
                double[][] y = reference.run(doubles(sources.get(index)), doubles(inputs.get(index)), masks);
                for (int t = 0; t < y.length; t++) {
                    for (int k = 0; k < y[t].length; k++) {
                        sink.accept(y[t][k] * mix[layout.row(index, t) * y[t].length + k]);
                    }
                }
                for (int t = 0; t < reference.attention().size(); t++) {
                    double[] weights = reference.attention().get(t);
                    for (int s = 0; s < weights.length; s++) {
                        sink.accept(weights[s] * seenMix[seenStarts[layout.row(index, t)] + s]);
                    }
                }
            }
            sink.accept(DIVERGENCE * reference.divergence());
            if (training != null && spec.layers().get(0) instanceof DecoderSpec decoder) {
                sink.accept(decoder.attention().coverageLoss() * reference.coverageCost() / layout.rows());
            }
        }

        /** What a level above the lowest reads of a row: each number is either dropped or larger for it. */
        private double[] mask(int level, int row) {
            RecurrentSpec levels = ((DecoderSpec) spec.layers().get(0)).levels();
            int width = levels.hiddenSizes().get(level - 1);
            float rate = (float) levels.dropout();
            float[] all = new float[layout.rows() * width];
            Rng stream = Objects.requireNonNull(training).stream(levels.name()).stream(level);
            stream.choose(rate, 0, 1 / (1 - rate), all.length, all, 0);
            return toDouble(Arrays.copyOfRange(all, row * width, (row + 1) * width));
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
