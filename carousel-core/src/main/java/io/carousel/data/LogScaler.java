package io.carousel.data;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * The natural logarithm, for a series whose swings grow with its level.
 *
 * <pre>{@code
 * z = log(x + shift)
 * }</pre>
 *
 * @param shift 0 for positive values, 1 where there are zeros
 */
@JsonTypeName("log")
public record LogScaler(double shift) implements Scaler {
    /** Checks that the shift is finite and not negative. */
    public LogScaler {
        if (!Double.isFinite(shift) || shift < 0) {
            throw new DataException("the shift of a logarithm must be finite and not negative, got " + shift);
        }
    }

    /**
     * Fits on the training part: shift 0 where all values are positive, 1 where some are zero.
     *
     * @throws DataException if a value is negative or not finite
     */
    public static LogScaler fit(double[] values) {
        Statistics.check("a logarithm", values, 0, values.length);
        double shift = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0) {
                throw new DataException("the logarithm must have values that are not negative, got " + values[i]
                        + " in row " + (i + 1) + "; leave the logarithm out");
            }
            shift = values[i] == 0 ? 1 : shift;
        }
        return new LogScaler(shift);
    }

    @Override
    public double transform(double value) {
        if (value + shift <= 0) {
            throw new DataException("the logarithm must have a value above " + (shift == 0 ? 0 : -shift) + ", got "
                    + value + "; fit without the logarithm");
        }
        return StrictMath.log(value + shift);
    }

    @Override
    public double inverse(double scaled) {
        return StrictMath.exp(scaled) - shift;
    }
}
