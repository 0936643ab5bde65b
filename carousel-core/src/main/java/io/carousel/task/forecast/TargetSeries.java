package io.carousel.task.forecast;

import io.carousel.data.DataException;
import io.carousel.data.Series;
import io.carousel.data.TimeIndex;
import io.carousel.eval.NaiveMethod;
import java.util.Arrays;
import java.util.List;

/**
 * A series as a forecast needs it: the target without holes, the inputs, and where each row stands in the season.
 *
 * <p>Rows at the end whose target is missing are those to forecast; they may hold future inputs.
 */
final class TargetSeries {
    private final String name;
    private final TimeIndex time;
    private final double[] target;
    private final double[][] inputs;
    private final long[] stepNumbers;

    private TargetSeries(String name, TimeIndex time, double[] target, double[][] inputs) {
        this.name = name;
        this.time = time;
        this.target = target;
        this.inputs = inputs;
        this.stepNumbers = new long[time.length()];
        Arrays.setAll(stepNumbers, time::stepNumber);
    }

    /**
     * Checks a series.
     *
     * @throws DataException when a column is absent, or a number is missing where one is needed
     */
    static TargetSeries of(Series series, ForecastSpec spec) {
        double[] all = series.column(spec.target());
        int rows = all.length;
        while (rows > 0 && Double.isNaN(all[rows - 1])) {
            rows--;
        }
        double[] target = Arrays.copyOf(all, rows);
        requireFinite(series, spec.target(), target, rows);
        int past = spec.inputs().size();
        double[][] inputs = new double[past + spec.futureInputs().size()][];
        for (int i = 0; i < inputs.length; i++) {
            String column =
                    i < past ? spec.inputs().get(i) : spec.futureInputs().get(i - past);
            inputs[i] = series.column(column);
            requireFinite(series, column, inputs[i], rows);
        }
        return new TargetSeries(series.name(), series.time(), target, inputs);
    }

    static List<TargetSeries> of(List<Series> all, ForecastSpec spec) {
        return all.stream().map(series -> of(series, spec)).toList();
    }

    private static void requireFinite(Series series, String column, double[] values, int rows) {
        for (int row = 0; row < rows; row++) {
            if (!Double.isFinite(values[row])) {
                throw new DataException("column " + column + " of series '" + series.name() + "' must have a number at "
                        + series.time().label(row) + " (row " + (row + 1) + "), got " + values[row]
                        + "; fill missing values when reading the file");
            }
        }
    }

    String name() {
        return name;
    }

    TimeIndex time() {
        return time;
    }

    /** Rows whose target is known. */
    int rows() {
        return target.length;
    }

    /** Rows after those, which hold future inputs only. */
    int futureRows() {
        return time.length() - target.length;
    }

    double target(int row) {
        return target[row];
    }

    /** A copy of the target from one row to before another. */
    double[] targets(int from, int to) {
        return Arrays.copyOfRange(target, from, to);
    }

    /** What a naive method forecasts from the rows before {@code origin}. */
    double[] naive(NaiveMethod method, int origin, int season, int horizon) {
        return method.forecast(target, origin, season, horizon);
    }

    /** Input {@code i} at a row; past inputs come first. */
    double input(int i, int row) {
        return inputs[i][row];
    }

    int inputs() {
        return inputs.length;
    }

    /** The number of the step of a row, also of rows after the last. */
    long stepNumber(int row) {
        int known = stepNumbers.length;
        return row < known ? stepNumbers[row] : stepNumbers[known - 1] + (row - known + 1);
    }
}
