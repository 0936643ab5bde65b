package io.carousel.loss;

import static io.carousel.autograd.Gradients.bound;
import static io.carousel.autograd.Gradients.centralDifferences;
import static io.carousel.autograd.Gradients.differencesError;
import static io.carousel.autograd.Gradients.largest;
import static io.carousel.autograd.Gradients.normal;
import static io.carousel.autograd.Gradients.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.loss.SoftmaxCrossEntropy.Targets;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every weight, bias and input, against a {@code double} reference. */
class SoftmaxCrossEntropyGradientTest {
    private static final int SIZE = 2;
    private static final int ROWS = 4;
    private static final float[] WEIGHTS = {0.5f, 1, 2, 0.25f};

    @ParameterizedTest
    @CsvSource({"5, 0", "5, 0.2", "260, 0", "260, 0.1", "1, 0"})
    void everyDerivativeIsThatOfTheReference(int classes, double smoothing) {
        Rng rng = Rng.of(4);
        Parameters parameters = Parameters.initialized(
                List.of(
                        new Parameters.Declaration("weight", Shape.of(classes, SIZE), true, Initializer.normal(1)),
                        new Parameters.Declaration("bias", Shape.of(classes), false, Initializer.normal(1))),
                rng);
        int[] targets = {classes - 1, 0, -1, classes / 2};
        float[] x = normal(rng, ROWS * SIZE, 1);
        float[] gradient = new float[parameters.size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        Variable input = tape.variable(Tensor.of(Shape.of(ROWS, SIZE), x));
        Variable loss = SoftmaxCrossEntropy.apply(
                tape,
                input,
                parameters.get("weight"),
                parameters.get("bias"),
                new Targets(targets, WEIGHTS, smoothing));
        tape.backward(Operations.scale(tape, loss, 3));

        double[] point = join(toDouble(parameters.values()), toDouble(x));
        double[] expected = centralDifferences(p -> 3 * reference(p, classes, targets, smoothing), point);
        double[] actual = join(toDouble(gradient), toDouble(input.gradient().toArray()));
        // A probability: the products and the bias of a score, some 20 roundings of the exponential and of the factors,
        // and
        // the sum of the numerators of a block and of the blocks; then the products over rows or over classes. No term
        // is
        // larger than the largest input times the weight of a row, 2, times 3.
        int roundings = SIZE + 1 + 20 + Math.min(classes, 256) + 2 + Math.max(ROWS, classes);
        double magnitude = 6 * Math.max(1, largest(point)) * Math.max(1, largest(point));
        double size = 3 * ROWS * 2 * (2 * magnitude + StrictMath.log(classes));
        double bound = bound(roundings, magnitude)
                + differencesError(
                        p -> 3 * reference(p, classes, targets, smoothing), point, expected, roundings, size);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("element %d of %d", i, expected.length).isCloseTo(expected[i], within(bound));
        }
        assertThat(3.0 * loss.value().at())
                .isCloseTo(3 * reference(point, classes, targets, smoothing), within(bound(roundings, size)));
    }

    private static double reference(double[] p, int classes, int[] targets, double smoothing) {
        double loss = 0;
        for (int row = 0; row < ROWS; row++) {
            double sum = 0;
            double scores = 0;
            double wanted = 0;
            for (int v = 0; v < classes; v++) {
                double score = p[classes * SIZE + v];
                for (int i = 0; i < SIZE; i++) {
                    score += p[v * SIZE + i] * p[classes * (SIZE + 1) + row * SIZE + i];
                }
                sum += StrictMath.exp(score);
                scores += score;
                wanted = v == targets[row] ? score : wanted;
            }
            if (targets[row] >= 0) {
                double expected = (1 - smoothing) * wanted + smoothing / classes * scores;
                loss += WEIGHTS[row] * (StrictMath.log(sum) - expected);
            }
        }
        return loss;
    }

    private static double[] join(double[] a, double[] b) {
        double[] all = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
