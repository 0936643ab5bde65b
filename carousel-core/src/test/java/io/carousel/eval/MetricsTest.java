package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
    private final double[] actual = {1, 2, 4};
    private final double[] forecast = {2, 2, 1};

    @Test
    void errorsAreTheMeansOfTheirTerms() {
        assertThat(Metrics.mae(actual, forecast)).isEqualTo(4.0 / 3);
        assertThat(Metrics.rmse(actual, forecast)).isEqualTo(Math.sqrt(10.0 / 3));
    }

    @Test
    void theScaleOfMaseIsTheErrorOfTheSeasonalNaiveMethodInTheTrainingPart() {
        double[] training = {1, 5, 3, 9, 2, 8};

        // |3-1|, |9-5|, |2-3|, |8-9|
        assertThat(Metrics.seasonalScale(training, 2)).isEqualTo(2.0);
        // 4, 2, 6, 7, 6
        assertThat(Metrics.seasonalScale(training, 1)).isEqualTo(5.0);
        assertThat(Metrics.mase(actual, forecast, 2)).isEqualTo(2.0 / 3);
    }

    @Test
    void aTrainingPartWithoutAWholeSeasonIsScaledByItsSteps() {
        assertThat(Metrics.seasonalScale(new double[] {1, 2, 4}, 3)).isEqualTo(1.5);
    }

    @Test
    void theSeasonalNaiveMethodHasMaseOneOnItsTrainingPart() {
        double[] training = new Random(1).doubles(48).toArray();
        double[] later = Arrays.copyOfRange(training, 12, 48);
        double[] before = Arrays.copyOfRange(training, 0, 36);

        assertThat(Metrics.mase(later, before, Metrics.seasonalScale(training, 12)))
                .isEqualTo(1.0);
    }

    @Test
    void maseIsUndefinedAfterAConstantTrainingPart() {
        assertThat(Metrics.mase(actual, forecast, Metrics.seasonalScale(new double[] {3, 3, 3}, 1)))
                .isNaN();
    }

    @Test
    void smapeGoesFromZeroToTwoHundredAndCountsZeroForTwoZeros() {
        assertThat(Metrics.smape(new double[] {100}, new double[] {50})).isEqualTo(200.0 * 50 / 150);
        assertThat(Metrics.smape(new double[] {5}, new double[] {0})).isEqualTo(200);
        assertThat(Metrics.smape(new double[] {5}, new double[] {-1})).isEqualTo(200);
        assertThat(Metrics.smape(new double[] {0, 2}, new double[] {0, 2})).isZero();
        assertThat(Metrics.smape(actual, forecast)).isEqualTo(Metrics.smape(forecast, actual));
    }

    @Test
    void theQuantileLossWeighsBothSidesByTheQuantile() {
        assertThat(Metrics.quantileLoss(new double[] {10}, new double[] {7}, 0.9))
                .isEqualTo(0.9 * 3);
        assertThat(Metrics.quantileLoss(new double[] {7}, new double[] {10}, 0.9))
                .isCloseTo(0.1 * 3, within(Math.ulp(3.0)));
        assertThat(Metrics.quantileLoss(actual, forecast, 0.5)).isEqualTo(2.0);
    }

    @Test
    void theWeightedQuantileLossOfTheMedianIsTheErrorRelativeToTheSize() {
        double wql = Metrics.weightedQuantileLoss(actual, new double[] {0.5}, new double[][] {forecast});

        assertThat(wql).isEqualTo(4.0 / 7);
    }

    @Test
    void theQuantileOfASampleHasTheSmallestLoss() {
        double[] sample = new Random(3).doubles(101, 0, 1).toArray();
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        for (double quantile : new double[] {0.105, 0.5, 0.905}) {
            int best = (int) (quantile * 101);
            double least = loss(sample, sorted[best], quantile);
            for (double other : sorted) {
                assertThat(loss(sample, other, quantile)).isGreaterThanOrEqualTo(least);
            }
        }
    }

    private static double loss(double[] sample, double value, double quantile) {
        double[] constant = new double[sample.length];
        Arrays.fill(constant, value);
        return Metrics.quantileLoss(sample, constant, quantile);
    }

    @Test
    void coverageCountsWhatLiesInTheClosedInterval() {
        double[] lower = {1, 3, 4};
        double[] upper = {1, 5, 4};

        assertThat(Metrics.coverage(actual, lower, upper)).isEqualTo(2.0 / 3);
    }

    @Test
    void owaIsOneForNaive2Itself() {
        assertThat(Metrics.owa(9.161, 2.777, 9.161, 2.777)).isEqualTo(1);
        assertThat(Metrics.owa(5, 6, 10, 4)).isEqualTo(1.0);
        assertThat(Metrics.owa(5, 2, 10, 4)).isEqualTo(0.5);
    }

    @Test
    void aValueThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> Metrics.mae(new double[] {1, Double.NaN}, new double[] {1, 2}))
                .hasMessage("value 2 must be finite, got NaN; leave out rows without a value");
        assertThatThrownBy(() -> Metrics.rmse(new double[] {1}, new double[] {Double.POSITIVE_INFINITY}))
                .hasMessage("value 1 must be finite, got Infinity; leave out rows without a value");
        assertThatThrownBy(() -> Metrics.mae(new double[2], new double[3]))
                .hasMessage("actual values and forecasts must be as many, and at least one, got 2 and 3");
        assertThatThrownBy(() -> Metrics.smape(new double[0], new double[0]))
                .hasMessage("actual values and forecasts must be as many, and at least one, got 0 and 0");
        assertThatThrownBy(() -> Metrics.quantileLoss(actual, forecast, 1))
                .hasMessage("a quantile must be between 0 and 1, got 1.0");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void measuresKeepTheirLaws(long seed) {
        Random random = new Random(seed);
        int n = 1 + random.nextInt(50);
        double[] y = random.doubles(n, -10, 10).toArray();
        double[] f = random.doubles(n, -10, 10).toArray();
        double[] y2 = Arrays.stream(y).map(v -> 4 * v).toArray();
        double[] f2 = Arrays.stream(f).map(v -> 4 * v).toArray();

        // a factor that is a power of two is exact
        assertThat(Metrics.mae(y2, f2)).isEqualTo(4 * Metrics.mae(y, f));
        assertThat(Metrics.rmse(y2, f2)).isEqualTo(4 * Metrics.rmse(y, f));
        assertThat(Metrics.smape(y2, f2)).isEqualTo(Metrics.smape(y, f));
        assertThat(Metrics.rmse(y, f)).isGreaterThanOrEqualTo(Metrics.mae(y, f) * (1 - n * Math.ulp(1.0)));
        assertThat(Metrics.smape(y, f)).isBetween(0.0, 200.0 * (1 + n * Math.ulp(1.0)));
        assertThat(Metrics.mae(y, y)).isZero();
        assertThat(Metrics.rmse(y, y)).isZero();
        assertThat(Metrics.smape(y, y)).isZero();
        assertThat(Metrics.quantileLoss(y, y, 0.3)).isZero();
    }
}
