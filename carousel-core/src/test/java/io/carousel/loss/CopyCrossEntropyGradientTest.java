package io.carousel.loss;

import static io.carousel.autograd.Gradients.bound;
import static io.carousel.autograd.Gradients.centralDifferences;
import static io.carousel.autograd.Gradients.differencesError;
import static io.carousel.autograd.Gradients.largest;
import static io.carousel.autograd.Gradients.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Gradients;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyCrossEntropyGradientTest {
    private static final int CLASSES = 4;
    /** A class alone, one that is also in the source, one of the source twice, one that only the source has, none. */
    private static final int[] TARGETS = {0, 1, 2, 5, -1, 3};

    /** What each row counts. */
    private static final float[] COUNTS = {1, 1, 2, 0.5f, 1, 1};

    private static final int[] STARTS = {0, 2, 5, 8, 11, 13, 13};
    private static final int[] SYMBOLS = {1, 2, 1, 4, -1, 2, 3, 2, 5, 4, 5, 0, 1};

    private final float[] scores = Gradients.normal(Rng.of(1), TARGETS.length * (CLASSES + 1), 1);
    private final float[] weights = weights();

    private static float[] weights() {
        float[] weights = Gradients.normal(Rng.of(2), SYMBOLS.length, 1);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.abs(weights[i]) / 4 + 0.05f;
        }
        return weights;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2})
    void valueAndDerivativesAreThoseOfTheReference(double smoothing) {
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(new float[0]);
        Variable l = tape.variable(Tensor.of(Shape.of(TARGETS.length, CLASSES + 1), scores));
        Variable a = tape.variable(Tensor.of(Shape.of(SYMBOLS.length), weights));
        Variable loss = CopyCrossEntropy.apply(
                tape,
                l,
                new CopyCrossEntropy.Copies(STARTS, a, SYMBOLS),
                new SoftmaxCrossEntropy.Targets(TARGETS, COUNTS, smoothing));
        tape.backward(loss);
        ToDoubleFunction<double[]> reference = at -> reference(at, smoothing);

        double[] point = join(toDouble(scores), toDouble(weights));
        double[] expected = centralDifferences(reference, point);
        double[] actual =
                join(toDouble(l.gradient().toArray()), toDouble(a.gradient().toArray()));
        // A softmax over 4 classes with some 30 roundings of its exponentials, a sigmoid, a sum over 3 weights, 6 rows;
        // what
        // smoothing adds is one more softmax.
        int roundings = 3 * (CLASSES + 30 + 30 + 3) + TARGETS.length;
        double size = Math.abs(reference(point, smoothing)) + 1;
        double bound = bound(roundings, Math.max(size, largest(expected)))
                + differencesError(reference, point, expected, roundings, size);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], within(bound));
        }
        assertThat((double) loss.value().data()[loss.value().offset()])
                .isCloseTo(reference(point, smoothing), within(bound));
    }

    @Test
    void probabilitiesAddUpToOneAndAreThoseOfTheLoss() {
        int width = 6;
        float[] to = new float[width];
        float[] row = Arrays.copyOfRange(scores, 3 * (CLASSES + 1), 4 * (CLASSES + 1));
        float[] a = {0.2f, 0.5f, 0.3f};
        CopyCrossEntropy.logProbabilities(Kernels.best(), CLASSES, row, 0, a, new int[] {5, 4, 5}, to, 0, width);

        double sum = 0;
        for (float log : to) {
            sum += Math.exp(log);
        }
        // Two softmaxes, of at most 36 roundings each.
        assertThat(sum).isCloseTo(1, within(bound(72, 1)));
        double gate = 1 / (1 + Math.exp(-scores[3 * (CLASSES + 1) + CLASSES]));
        assertThat(Math.exp(to[5])).isCloseTo((1 - gate) * 0.5, within(bound(40, 1)));
    }

    @Test
    void smoothingCostsMuchAndNoInfinityWhereAClassCanHardlyBe() {
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(new float[0]);
        Variable l = tape.variable(Tensor.of(Shape.of(1, 3), 0, -300, -200));
        Variable a = tape.variable(Tensor.of(Shape.of(1), 1));
        CopyCrossEntropy.Copies copies = new CopyCrossEntropy.Copies(new int[] {0, 1}, a, new int[] {0});

        Variable loss =
                CopyCrossEntropy.apply(tape, l, copies, new SoftmaxCrossEntropy.Targets(new int[] {0}, null, 0.5));
        tape.backward(loss);

        // Class 0 is copied, surely; class 1 has the logarithm -300 of p and -200 of g, and half of a half.
        assertThat(loss.value().toArray()[0]).isEqualTo(0.25f * 500);
        assertThat(l.gradient().toArray()).containsExactly(0.25f, -0.25f, -0.25f);
        assertThat(a.gradient().toArray()).containsExactly(-0.75f);
    }

    @Test
    void aTargetThatCannotBeGivenIsRefused() {
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin();
        Variable l = tape.constant(Tensor.zeros(1, CLASSES + 1));
        Variable a = tape.constant(Tensor.of(Shape.of(1), 1));
        CopyCrossEntropy.Copies copies = new CopyCrossEntropy.Copies(new int[] {0, 1}, a, new int[] {7});

        assertThatThrownBy(() -> CopyCrossEntropy.apply(tape, l, copies, SoftmaxCrossEntropy.Targets.of(6)))
                .hasMessage("target of row 0 must be one of 4 classes or a symbol of its source, got 6;"
                        + " take it for unknown");
    }

    private static double reference(double[] point, double smoothing) {
        double loss = 0;
        for (int row = 0; row < TARGETS.length; row++) {
            if (TARGETS[row] < 0) {
                continue;
            }
            int at = row * (CLASSES + 1);
            double sum = 0;
            for (int v = 0; v < CLASSES; v++) {
                sum += Math.exp(point[at + v]);
            }
            double gate = 1 / (1 + Math.exp(-point[at + CLASSES]));
            for (int w = 0; w < 6; w++) {
                double q = (w == TARGETS[row] ? 1 - smoothing : 0) + (w < CLASSES ? smoothing / CLASSES : 0);
                double p = w < CLASSES ? gate * Math.exp(point[at + w]) / sum : 0;
                for (int i = STARTS[row]; i < STARTS[row + 1]; i++) {
                    p += SYMBOLS[i] == w ? (1 - gate) * point[TARGETS.length * (CLASSES + 1) + i] : 0;
                }
                loss -= q == 0 ? 0 : COUNTS[row] * q * Math.log(p);
            }
        }
        return loss;
    }

    private static double[] join(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
