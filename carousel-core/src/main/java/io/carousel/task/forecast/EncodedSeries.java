package io.carousel.task.forecast;

import io.carousel.data.DataException;

/** A series whose target is on the network's scale and can be written beyond its end, as a recursive forecast does. */
final class EncodedSeries {
    private final TargetSeries source;
    private final double[] values;
    private final int number;

    private EncodedSeries(TargetSeries source, int number, double[] values) {
        this.source = source;
        this.number = number;
        this.values = values;
    }

    /**
     * A series on a scale.
     *
     * @param number its place among the series of its set
     *
     * @throws DataException when a value has no place on the scale
     */
    static EncodedSeries of(TargetSeries source, int number, LogScale scale) {
        double[] values = new double[source.rows()];
        for (int row = 0; row < source.rows(); row++) {
            double value = source.target(row);
            if (!scale.holds(value)) {
                throw new DataException("the model's " + (scale == LogScale.LOG ? "log" : "log of 1 + y")
                        + " must have targets above " + (scale == LogScale.LOG ? "0" : "-1") + ", got " + value
                        + " in series '" + source.name() + "' at "
                        + source.time().label(row)
                        + "; fit a model without log");
            }
            values[row] = scale.transform(value);
        }
        return new EncodedSeries(source, number, values);
    }

    TargetSeries source() {
        return source;
    }

    /** Its place among the series of its set. */
    int number() {
        return number;
    }

    double value(int row) {
        return values[row];
    }

    /** Writes a row after the last known one. */
    void write(int row, double value) {
        values[row] = value;
    }

    /** The same series of which only {@code rows} rows are known, with room for {@code room} more. */
    EncodedSeries known(int rows, int room) {
        double[] copy = new double[rows + room];
        System.arraycopy(values, 0, copy, 0, rows);
        return new EncodedSeries(source, number, copy);
    }
}
