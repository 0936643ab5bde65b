package io.carousel.data;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Shifts by the median and divides by the distance of the quartiles, so that a few outliers do not set the scale.
 *
 * <pre>{@code
 * z = (x - median) / (q75 - q25)
 * }</pre>
 *
 * <p>Where the quartiles are equal the range is 1.
 *
 * @param median what is subtracted
 * @param range what is divided by, positive
 */
@JsonTypeName("robust")
public record RobustScaler(double median, double range) implements Scaler {
    /** Checks that both are finite and the range is positive. */
    public RobustScaler {
        if (!Double.isFinite(median) || !Double.isFinite(range) || range <= 0) {
            throw new DataException(
                    "a robust scaler must have a finite median and a positive range, got " + median + " and " + range);
        }
    }

    /**
     * Fits on the training part; quantiles lie on the line between neighbours.
     *
     * @throws DataException if there is no value or one is not finite
     */
    public static RobustScaler fit(double[] values) {
        Statistics.check("a robust scaler", values, 0, values.length);
        double[] sorted = Statistics.sorted(values);
        double range = Statistics.quantile(sorted, 0.75) - Statistics.quantile(sorted, 0.25);
        return new RobustScaler(Statistics.quantile(sorted, 0.5), Statistics.divisor(range));
    }

    @Override
    public double transform(double value) {
        return (value - median) / range;
    }

    @Override
    public double inverse(double scaled) {
        return scaled * range + median;
    }
}
