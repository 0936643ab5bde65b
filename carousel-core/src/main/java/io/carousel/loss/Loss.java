package io.carousel.loss;

import org.jspecify.annotations.Nullable;

/**
 * A measure of how far raw network outputs are from targets, and the reading of those outputs as a forecast.
 *
 * <p>Raw outputs are {@code [count, outputs]}: those that describe one target stand together. What they mean is the
 * loss's own business (a mean and an unbounded scale, say), so a forecast is read with {@link #point} and {@link
 * #quantile}. Values add in {@code double} in ascending order. Implementations are stateless and safe for any number of
 * threads.
 */
public interface Loss {
    /** The number of raw outputs that describe one target. */
    int outputs();

    /**
     * The sum of the losses of {@code count} targets, and its derivative.
     *
     * @param raw {@code [count, outputs]}
     * @param target {@code [count]}
     * @param gradient {@code [count, outputs]}, overwritten with the derivative of the sum; null when it is not wanted
     * @throws IllegalArgumentException when a target is NaN or infinite
     */
    double valueAndGradient(
            int count,
            float[] raw,
            int rawOffset,
            float[] target,
            int targetOffset,
            float @Nullable [] gradient,
            int gradientOffset);

    /** The one number to forecast for a target: what minimises this loss. */
    float point(float[] raw, int offset);

    /** Whether {@link #quantile} can give the quantile of that level. */
    boolean gives(double level);

    /**
     * The value below which the target lies with probability {@code level}.
     *
     * @throws IllegalArgumentException when this loss cannot tell
     */
    float quantile(double level, float[] raw, int offset);
}
