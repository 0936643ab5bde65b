package io.carousel.task.anomaly;

/**
 * How the numbers of a channel are scaled.
 *
 * <pre>{@code
 * z = (x - mean) / deviation,  between -10¹⁵ and 10¹⁵
 * }</pre>
 *
 * <p>What is further away counts as so far: nothing more could be told of it, and all that follows stays finite.
 *
 * @param name of the column
 * @param mean what is subtracted
 * @param deviation what is divided by, positive
 * @param change the deviation of {@code z_t - z_(t-1)}, positive
 */
public record ChannelScale(String name, double mean, double deviation, double change) {
    private static final double FURTHEST = 1e15;

    public ChannelScale {
        if (!Double.isFinite(mean)
                || !(deviation > 0 && change > 0)
                || Double.isInfinite(deviation)
                || Double.isInfinite(change)) {
            throw new IllegalArgumentException("scale of channel " + name
                    + " must have a finite mean and positive deviations, got " + mean + ", " + deviation + " and "
                    + change);
        }
    }

    /** The scaled number; NaN of NaN. */
    public double scale(double value) {
        double scaled = (value - mean) / deviation;
        return scaled > FURTHEST ? FURTHEST : scaled < -FURTHEST ? -FURTHEST : scaled;
    }

    /** The number that is scaled so. */
    public double unscale(double scaled) {
        return scaled * deviation + mean;
    }
}
