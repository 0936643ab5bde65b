package io.carousel.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.loss.WeightedLogisticLoss.LabelWeight;
import io.carousel.tensor.Rng;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every gradient against central differences of a {@code double} reference that is written out here. */
class LossGradientTest {
    private static final double STEP = 1e-5;
    /** The cut-off h²/6 f''' with f''' up to 60, and f's rounding over h, f up to 100 with twenty roundings. */
    private static final double DIFFERENCE = STEP * STEP / 6 * 60 + 20 * 100 * 0x1p-53 / STEP;

    interface Reference {
        double loss(double[] raw, double target);
    }

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of(new SquaredLoss(), (Reference) (r, t) -> (r[0] - t) * (r[0] - t)),
                Arguments.of(new AbsoluteLoss(), (Reference) (r, t) -> Math.abs(r[0] - t)),
                Arguments.of(new HuberLoss(0.5), (Reference) (r, t) -> {
                    double e = Math.abs(r[0] - t);
                    return e < 0.5 ? e * e / 2 : e / 2 - 0.125;
                }),
                Arguments.of(QuantileLoss.of(0.5), (Reference) (r, t) -> Math.abs(r[0] - t) / 2),
                Arguments.of(QuantileLoss.of(0.1, 0.3, 0.5, 0.8, 0.95), (Reference) LossGradientTest::pinball),
                Arguments.of(new GaussianLoss(0.01), (Reference) (r, t) -> {
                    double variance = square(0.01 + Math.log(1 + Math.exp(r[1])));
                    return square(t - r[0]) / (2 * variance) + Math.log(2 * Math.PI * variance) / 2;
                }),
                Arguments.of(new StudentTLoss(0.01), (Reference) LossGradientTest::student),
                Arguments.of(new LogisticLoss(), (Reference) (r, t) -> {
                    double p = 1 / (1 + Math.exp(-r[0]));
                    return -t * Math.log(p) - (1 - t) * Math.log(1 - p);
                }));
    }

    /** The labels differ, and so their targets are 0 to 1, half of them whole. */
    @Test
    void weightedLabelsHaveTheCentralDifferencesOfTheReference() {
        double[][] weights = {{1, 1}, {3, 0.5}, {0.25, 2}};
        WeightedLogisticLoss loss = new WeightedLogisticLoss(Arrays.stream(weights)
                .map(pair -> new LabelWeight(pair[0], pair[1]))
                .toList());
        Rng rng = Rng.of(6);
        float[] raw = new float[60];
        float[] target = new float[60];
        float[] gradient = new float[60];
        fill(raw, rng);
        for (int i = 0; i < target.length; i++) {
            target[i] = i % 2 == 0 ? rng.nextInt(2) : (float) rng.nextDouble();
        }

        double value = loss.valueAndGradient(60, raw, 0, target, 0, gradient, 0);

        double expected = 0;
        for (int i = 0; i < raw.length; i++) {
            double[] weight = weights[i % 3];
            double t = target[i];
            DoubleUnaryOperator reference = r -> -weight[0] * t * Math.log(1 / (1 + Math.exp(-r)))
                    - weight[1] * (1 - t) * Math.log(1 / (1 + Math.exp(r)));
            double r = raw[i];
            double slope = (reference.applyAsDouble(r + STEP) - reference.applyAsDouble(r - STEP)) / (2 * STEP);
            assertThat((double) gradient[i]).isCloseTo(slope, within(Math.abs(slope) * 0x1p-23 + DIFFERENCE));
            expected += reference.applyAsDouble(r);
        }
        assertThat(value).isCloseTo(expected, within(60 * 100 * 400 * 0x1p-53));
    }

    private static double pinball(double[] r, double t) {
        double[] p = {0.1, 0.3, 0.5, 0.8, 0.95};
        double up = Math.log(1 + Math.exp(r[3]));
        double down = Math.log(1 + Math.exp(r[1]));
        double[] q = {
            r[2] - down - Math.log(1 + Math.exp(r[0])),
            r[2] - down,
            r[2],
            r[2] + up,
            r[2] + up + Math.log(1 + Math.exp(r[4]))
        };
        double sum = 0;
        for (int j = 0; j < 5; j++) {
            sum += t > q[j] ? p[j] * (t - q[j]) : (1 - p[j]) * (q[j] - t);
        }
        return sum / 5;
    }

    private static double student(double[] r, double t) {
        double scale = 0.01 + Math.log(1 + Math.exp(r[1]));
        double degrees = 2.001 + Math.log(1 + Math.exp(r[2]));
        double z = (t - r[0]) / scale;
        return -(logGamma((degrees + 1) / 2)
                - logGamma(degrees / 2)
                - Math.log(Math.sqrt(degrees * Math.PI) * scale)
                - (degrees + 1) / 2 * Math.log(1 + z * z / degrees));
    }

    /** Stirling's series at a shifted argument. */
    private static double logGamma(double x) {
        double sum = 0;
        for (int k = 0; k < 60; k++) {
            sum += Math.log(x + k);
        }
        double y = x + 60;
        return (y - 0.5) * Math.log(y) - y + Math.log(2 * Math.PI) / 2 + 1 / (12 * y) - 1 / (360 * y * y * y) - sum;
    }

    private static double square(double x) {
        return x * x;
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsAreTheCentralDifferencesOfTheReference(Loss loss, Reference reference) {
        int outputs = loss.outputs();
        int count = 50;
        Rng rng = Rng.of(5).stream("raw");
        float[] raw = new float[3 + count * outputs];
        float[] target = new float[2 + count];
        fill(raw, rng);
        fill(target, rng);
        float[] gradient = new float[1 + count * outputs];

        double value = loss.valueAndGradient(count, raw, 3, target, 2, gradient, 1);

        double expected = 0;
        for (int i = 0; i < count; i++) {
            double[] at = new double[outputs];
            for (int j = 0; j < outputs; j++) {
                at[j] = raw[3 + i * outputs + j];
            }
            double t = target[2 + i];
            expected += reference.loss(at, t);
            for (int j = 0; j < outputs; j++) {
                double[] high = at.clone();
                double[] low = at.clone();
                high[j] += STEP;
                low[j] -= STEP;
                double slope = (reference.loss(high, t) - reference.loss(low, t)) / (2 * STEP);
                assertThat((double) gradient[1 + i * outputs + j])
                        .as("target %d, output %d of %s", i, j, loss)
                        .isCloseTo(slope, within(Math.abs(slope) * 0x1p-23 + DIFFERENCE));
            }
        }
        assertThat(value).isCloseTo(expected, within(count * 100 * 400 * 0x1p-53));
        assertThat(loss.valueAndGradient(count, raw, 3, target, 2, null, 0)).isEqualTo(value);
        assertThat(gradient[0]).isZero();
    }

    private static void fill(float[] numbers, Rng rng) {
        Arrays.setAll(new Object[numbers.length], i -> numbers[i] = (float) (1.5 * rng.nextGaussian()));
    }
}
