package io.carousel.data;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Shifts and divides: to mean 0 and deviation 1 over the values it was fitted on.
 *
 * <pre>{@code
 * z = (x - mean) / deviation,   deviation² = mean (x - mean)²
 * }</pre>
 *
 * <p>A constant series gets deviation 1, so that it is shifted to 0 and comes back exactly.
 *
 * @param mean what is subtracted
 * @param deviation what is divided by, positive
 */
@JsonTypeName("standard")
public record Standardizer(double mean, double deviation) implements Scaler {
    /** Changes nothing. */
    public static final Standardizer IDENTITY = new Standardizer(0, 1);

    /** Checks that both are finite and the deviation is positive. */
    public Standardizer {
        if (!Double.isFinite(mean) || !Double.isFinite(deviation) || deviation <= 0) {
            throw new DataException("a standardizer must have a finite mean and a positive deviation, got " + mean
                    + " and " + deviation);
        }
    }

    /**
     * Fits on the training part.
     *
     * @throws DataException if there is no value or one is not finite
     */
    public static Standardizer fit(double[] values) {
        return fit(values, 0, values.length);
    }

    static Standardizer fit(double[] values, int from, int to) {
        Statistics.check("a standardizer", values, from, to);
        if (Statistics.constant(values, from, to)) {
            return new Standardizer(values[from], 1);
        }
        double mean = Statistics.mean(values, from, to);
        return new Standardizer(mean, Statistics.divisor(Statistics.deviation(values, from, to, mean)));
    }

    @Override
    public double transform(double value) {
        return (value - mean) / deviation;
    }

    @Override
    public double inverse(double scaled) {
        return scaled * deviation + mean;
    }
}
