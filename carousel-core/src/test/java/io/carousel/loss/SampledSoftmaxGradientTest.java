package io.carousel.loss;

import static io.carousel.autograd.Gradients.bound;
import static io.carousel.autograd.Gradients.centralDifferences;
import static io.carousel.autograd.Gradients.differencesError;
import static io.carousel.autograd.Gradients.largest;
import static io.carousel.autograd.Gradients.normal;
import static io.carousel.autograd.Gradients.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.loss.SampledSoftmax.Sample;
import io.carousel.loss.SoftmaxCrossEntropy.Targets;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every weight, bias and input, against a {@code double} reference. */
class SampledSoftmaxGradientTest {
    private static final int CLASSES = 9;
    private static final int SIZE = 3;
    private static final float[] WEIGHTS = {0.5f, 1, 2, 0.25f, 1};
    private static final int[] TARGETS = {8, 0, -1, 4, 8};
    private static final Sample SAMPLE = new Sample(new int[] {0, 1, 4, 6}, CLASSES, 7);

    @Test
    void everyDerivativeIsThatOfTheReference() {
        Rng rng = Rng.of(4);
        Parameters parameters = Parameters.initialized(
                List.of(
                        new Parameters.Declaration("weight", Shape.of(CLASSES, SIZE), true, Initializer.normal(1)),
                        new Parameters.Declaration("bias", Shape.of(CLASSES), false, Initializer.normal(1))),
                rng);
        int rows = TARGETS.length;
        float[] x = normal(rng, rows * SIZE, 1);
        float[] gradient = new float[parameters.size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        Variable input = tape.variable(Tensor.of(Shape.of(rows, SIZE), x));
        Variable loss = SampledSoftmax.apply(
                tape,
                input,
                parameters.get("weight"),
                parameters.get("bias"),
                new Targets(TARGETS, WEIGHTS, 0),
                SAMPLE);
        tape.backward(Operations.scale(tape, loss, 3));

        double[] point = join(toDouble(parameters.values()), toDouble(x));
        double[] expected = centralDifferences(p -> 3 * reference(p), point);
        double[] actual = join(toDouble(gradient), toDouble(input.gradient().toArray()));
        // a score, its correction, some 20 roundings of an exponential, their sum, and the products over rows or
        // classes
        int roundings = SIZE + 2 + 20 + 5 + rows;
        double magnitude = 6 * Math.max(1, largest(point)) * Math.max(1, largest(point));
        double size = 3 * rows * 2 * (2 * magnitude + 3);
        double bound =
                bound(roundings, magnitude) + differencesError(p -> 3 * reference(p), point, expected, roundings, size);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("element %d of %d", i, expected.length).isCloseTo(expected[i], within(bound));
        }
        assertThat(3.0 * loss.value().at()).isCloseTo(3 * reference(point), within(bound(roundings, size)));
    }

    private static double reference(double[] p) {
        double loss = 0;
        for (int row = 0; row < TARGETS.length; row++) {
            if (TARGETS[row] >= 0) {
                double wanted = score(p, row, TARGETS[row]);
                double sum = StrictMath.exp(wanted);
                for (int v : SAMPLE.classes()) {
                    sum += v == TARGETS[row] ? 0 : StrictMath.exp(score(p, row, v));
                }
                loss += WEIGHTS[row] * (StrictMath.log(sum) - wanted);
            }
        }
        return loss;
    }

    private static double score(double[] p, int row, int v) {
        double chance = StrictMath.log((v + 2.0) / (v + 1)) / StrictMath.log(CLASSES + 1);
        double score = p[CLASSES * SIZE + v] - StrictMath.log(1 - StrictMath.pow(1 - chance, (double) SAMPLE.tries()));
        for (int i = 0; i < SIZE; i++) {
            score += p[v * SIZE + i] * p[CLASSES * (SIZE + 1) + row * SIZE + i];
        }
        return score;
    }

    private static double[] join(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    @Test
    void aSampleHasEachClassAsOftenAsExpected() {
        int total = 50;
        int[] seen = new int[total];
        double[] expected = new double[total];
        int rounds = 4000;
        for (int seed = 0; seed < rounds; seed++) {
            Sample sample = Sample.logUniform(10, total, Rng.of(seed));
            assertThat(sample.classes()).hasSize(10).doesNotHaveDuplicates().isSorted();
            for (int v : sample.classes()) {
                seen[v]++;
            }
            for (int v = 0; v < total; v++) {
                expected[v] += sample.expected(v) / rounds;
            }
        }
        for (int v = 0; v < total; v++) {
            // the number of tries is known only after the draw, which moves the expectation by a few per cent
            double deviation = 5 * Math.sqrt(expected[v] / rounds) + 0.05 * expected[v];
            assertThat(seen[v] / (double) rounds).as("class %d", v).isCloseTo(expected[v], within(deviation));
        }
        assertThatThrownBy(() -> Sample.logUniform(5, 5, Rng.of(1)))
                .hasMessage("samples must be from 1 to before the 5 classes, got 5");
    }
}
