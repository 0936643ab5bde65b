package io.carousel.task.forecast;

import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.data.TimeIndex;
import io.carousel.tensor.Rng;
import io.carousel.train.TrainingPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Series that tests forecast. */
final class Examples {
    private Examples() {}

    /** Months with a trend, a season whose swings grow with the level, and a little noise. */
    static double[] sales(int rows, long seed) {
        Rng rng = Rng.of(seed);
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            double season = 0.3 * Math.sin(2 * Math.PI * row / 12) + 0.1 * Math.cos(4 * Math.PI * row / 12);
            values[row] = Math.exp(5 + 0.008 * row + season + 0.02 * rng.nextGaussian());
        }
        return values;
    }

    /** Steps that nobody can foresee. */
    static double[] randomWalk(int rows, long seed) {
        Rng rng = Rng.of(seed);
        double[] values = new double[rows];
        double value = 100;
        for (int row = 0; row < rows; row++) {
            value += rng.nextGaussian();
            values[row] = value;
        }
        return values;
    }

    static SeriesSet monthly(String column, double... values) {
        return SeriesSet.of(monthlySeries("sales", column, values));
    }

    static Series monthlySeries(String name, String column, double... values) {
        return Series.of(name, months(values.length), Map.of(column, values));
    }

    static TimeIndex months(int rows) {
        List<String> stamps = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            stamps.add(String.format(java.util.Locale.ROOT, "%04d-%02d", 1990 + row / 12, 1 + row % 12));
        }
        return TimeIndex.of(stamps);
    }

    /** A target that jumps where an input, which is known before, says so. */
    static Series promotions(int rows, int known) {
        Rng rng = Rng.of(4);
        double[] target = new double[rows];
        double[] promotion = new double[rows];
        for (int row = 0; row < rows; row++) {
            promotion[row] = rng.nextInt(4) == 0 ? 1 : 0;
            target[row] = row < known ? 50 + 20 * promotion[row] + 0.5 * rng.nextGaussian() : Double.NaN;
        }
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("units", target);
        columns.put("promotion", promotion);
        return Series.of("shop", TimeIndex.rows(rows), columns);
    }

    /** A plan for tests that ask for no skill. */
    static TrainingPlan quick() {
        return Forecaster.defaultPlan().withEpochs(3);
    }

    static ForecastSpec.Builder small(String target) {
        return ForecastSpec.builder(target).hidden(8).members(1);
    }
}
