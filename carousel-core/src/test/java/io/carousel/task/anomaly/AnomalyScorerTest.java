package io.carousel.task.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.carousel.tensor.Rng;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What scorers make of distances, beside the equations in double. */
class AnomalyScorerTest {
    private static double[] usual(int count, long seed) {
        Rng random = Rng.of(seed);
        double[] distances = new double[count];
        Arrays.setAll(distances, i -> -StrictMath.log(1 - random.nextDouble())); // exponential, of mean 1
        return distances;
    }

    @Test
    void theGaussianTailIsThatOfItsEquations() {
        UsualDistances usual = UsualDistances.of(usual(300, 1));
        AnomalyScorer.Run run = new RollingGaussianTail(400, 3).run(usual);
        double[] distances = usual(600, 2);
        distances[500] = 40;
        double mean = usual.logMean();
        double variance = usual.logDeviation() * usual.logDeviation();
        double count = 300;
        for (int t = 0; t < distances.length; t++) {
            double recent = 0;
            int from = Math.max(0, t - 2);
            for (int i = from; i <= t; i++) {
                recent += StrictMath.log1p(distances[i]) / (t + 1 - from);
            }
            double z = (recent - mean) / Math.sqrt(variance + 1e-4);

            // float32 rounds mean and variance at each of up to 600 events by 2^-24; surprise falls off as z² / 2 log
            // 10
            assertThat(run.surprise(distances[t]))
                    .as("event " + t)
                    .isCloseTo(-log10UpperTail(z), offset(600 * 6e-8 * (1 + z * z)));

            count = Math.min(400, count + 1);
            double difference = StrictMath.log1p(distances[t]) - mean;
            variance = (1 - 1 / count) * (variance + difference * difference / count);
            mean += difference / count;
        }
    }

    /** By adding up the density: accurate enough for the tails that occur here. */
    private static double log10UpperTail(double z) {
        int steps = 200_000;
        double width = 12.0 / steps;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            double x = z + (i + 0.5) * width;
            sum += StrictMath.exp(-0.5 * (x * x - z * z)) * width;
        }
        return (-0.5 * z * z + StrictMath.log(sum / Math.sqrt(2 * StrictMath.PI))) / StrictMath.log(10);
    }

    @Test
    void theGaussianTailFollowsADrift() {
        AnomalyScorer.Run run = new RollingGaussianTail(200, 1).run(UsualDistances.of(usual(300, 1)));
        double first = run.surprise(6);
        for (double distance : usual(2000, 3)) {
            run.surprise(5 + distance);
        }

        assertThat(run.surprise(6)).isLessThan(0.5).isLessThan(first);
    }

    @Test
    void quantilesAreTheShareOfUsualDistancesAndFallOffBeyond() {
        double[] distances = usual(20_000, 1);
        AnomalyScorer.Run run = new ResidualQuantiles().run(UsualDistances.of(distances));

        // P(D > d) = e^-d; of 20,000 draws a share of p is off by 3 √(p / 20,000), and β by 3/√1000 of its size
        for (double d : new double[] {0.1, 0.5, 1, 2, 2.9}) {
            double p = StrictMath.exp(-d);
            double share = StrictMath.pow(10, -run.surprise(d));
            assertThat(share).isCloseTo(p, offset(3 * Math.sqrt(p / 20_000) + 0.005 * 0.5));
        }
        for (double d : new double[] {5, 10, 30}) {
            assertThat(run.surprise(d) * StrictMath.log(10)).isCloseTo(d, offset(0.1 * d));
        }
        assertThat(run.surprise(0)).isZero();
        assertThat(run.surprise(31)).isGreaterThan(run.surprise(30));
        assertThat(run.anomalous(13)).isTrue();
        assertThat(run.anomalous(14)).isFalse();
    }

    @Test
    void theDynamicThresholdTellsARunThatIsFarAboveTheOthers() {
        AnomalyScorer.Run run = new DynamicThreshold(100, 1, 0.13).run(UsualDistances.of(usual(300, 1)));
        int told = 0;
        for (double distance : usual(150, 4)) {
            run.surprise(Math.min(distance, 2));
            told += run.anomalous(0) ? 1 : 0;
        }

        assertThat(told).isLessThan(8);
        run.surprise(15);
        assertThat(run.anomalous(0)).isTrue();
        assertThat(run.surprise(14)).isGreaterThan(4);
        assertThat(run.anomalous(0)).isTrue();
        run.surprise(1);
        assertThat(run.anomalous(0)).isFalse();
    }

    @Test
    void theDynamicThresholdPrunesWhatIsCloseToTheUsual() {
        double[] distances = new double[100];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = i % 10 == 0 ? 1.2 : 1; // peaks that are usual
        }
        AnomalyScorer.Run strict = new DynamicThreshold(100, 1, 0.13).run(UsualDistances.of(distances));
        AnomalyScorer.Run lax = new DynamicThreshold(100, 1, 0.01).run(UsualDistances.of(distances));
        for (double distance : distances) {
            strict.surprise(distance);
            lax.surprise(distance);
        }

        // 1.32 is 9 % above the largest of the others: less than 13 %, more than 1 %
        strict.surprise(1.32);
        lax.surprise(1.32);

        assertThat(strict.anomalous(0)).isFalse();
        assertThat(lax.anomalous(0)).isTrue();
    }
}
