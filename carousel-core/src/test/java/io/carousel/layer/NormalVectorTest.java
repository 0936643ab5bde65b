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
import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NormalVectorTest {
    private static final int SIZE = 3;
    private static final int VECTORS = 5;
    private static final int COUNT = VECTORS * SIZE;
    private static final float WEIGHT = 0.7f;

    private final float[] mean = normal(Rng.of(1), COUNT, 1);
    private final float[] logVariance = normal(Rng.of(2), COUNT, 1);
    private final float[] mix = normal(Rng.of(3), COUNT, 1);

    @Test
    void theSameSeedDrawsTheSameBitsOnAnyKernelsAndAnotherSeedOthers() {
        float[] drawn = draw(Kernels.best(), 7);

        assertThat(draw(Kernels.best(), 7)).isEqualTo(drawn);
        assertThat(draw(new ScalarKernels(), 7)).isEqualTo(drawn);
        assertThat(draw(Kernels.best(), 8)).isNotEqualTo(drawn);
    }

    private float[] draw(Kernels kernels, long seed) {
        Tape tape = new Tape(kernels, new Workspace());
        tape.begin();
        return NormalVector.draw(tape, tape.constant(vectors(mean)), tape.constant(vectors(logVariance)), Rng.of(seed))
                .value()
                .toArray();
    }

    @Test
    void manyDrawsHaveTheMeanAndTheVarianceThatWereAskedFor() {
        int draws = 20_000;
        float[] asked = {1.5f, -0.5f};
        double[] variance = {4, 0.25};
        float[] means = new float[2 * draws];
        float[] logs = new float[2 * draws];
        for (int i = 0; i < means.length; i++) {
            means[i] = asked[i % 2];
            logs[i] = (float) Math.log(variance[i % 2]);
        }
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin();
        float[] drawn = NormalVector.draw(
                        tape,
                        tape.constant(Tensor.of(Shape.of(draws, 2), means)),
                        tape.constant(Tensor.of(Shape.of(draws, 2), logs)),
                        Rng.of(5))
                .value()
                .toArray();

        for (int column = 0; column < 2; column++) {
            double sum = 0;
            double squares = 0;
            for (int i = column; i < drawn.length; i += 2) {
                double deviation = drawn[i] - asked[column];
                sum += deviation;
                squares += deviation * deviation;
            }
            // Five standard errors: of a mean σ / √n, of the mean square about a known mean σ² √(2 / n).
            assertThat(sum / draws).isCloseTo(0, within(5 * Math.sqrt(variance[column] / draws)));
            assertThat(squares / draws)
                    .isCloseTo(variance[column], within(5 * variance[column] * Math.sqrt(2.0 / draws)));
        }
    }

    @Test
    void derivativesOfWhatIsDrawnAndOfItsCostReachMeanAndVariance() {
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(new float[0]);
        Variable m = tape.variable(vectors(mean));
        Variable v = tape.variable(vectors(logVariance));
        Variable drawn = NormalVector.draw(tape, m, v, Rng.of(7));
        Variable sum = Operations.reshape(tape, Gradients.weightedSum(tape, drawn, mix));
        Variable loss = Operations.addScaled(tape, sum, WEIGHT, NormalVector.divergence(tape, m, v));
        tape.backward(loss);

        double[] point = join(toDouble(mean), toDouble(logVariance));
        double[] expected = centralDifferences(this::reference, point);
        double[] actual =
                join(toDouble(m.gradient().toArray()), toDouble(v.gradient().toArray()));
        // Two exponentials with some 30 roundings each, five more for what is made of them, and the sums.
        int roundings = 2 * 30 + 5 + 2 * COUNT;
        double size = size(point);
        double bound = bound(roundings, Math.max(size, largest(expected)))
                + differencesError(this::reference, point, expected, roundings, size);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], within(bound));
        }
        assertThat((double) loss.value().toArray()[0]).isCloseTo(reference(point), within(bound));
    }

    private double reference(double[] point) {
        return Arrays.stream(terms(point)).sum();
    }

    private double size(double[] point) {
        return Arrays.stream(terms(point)).map(Math::abs).sum();
    }

    private double[] terms(double[] point) {
        Rng rng = Rng.of(7);
        double[] terms = new double[2 * COUNT];
        for (int i = 0; i < COUNT; i++) {
            double mu = point[i];
            double log = point[COUNT + i];
            terms[i] = mix[i] * (mu + Math.exp(log / 2) * (float) rng.nextGaussian());
            terms[COUNT + i] = WEIGHT * 0.5 * (mu * mu + Math.exp(log) - 1 - log);
        }
        return terms;
    }

    private static Tensor vectors(float[] values) {
        return Tensor.of(Shape.of(VECTORS, SIZE), values);
    }

    private static double[] join(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
