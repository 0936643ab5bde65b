package io.carousel.loss;

import org.jspecify.annotations.Nullable;

/**
 * The negative log-likelihood of Student's t distribution: like the normal one, but outliers surprise it less.
 *
 * <pre>{@code
 * μ = r_0      σ = minScale + softplus(r_1)      ν = 2.001 + softplus(r_2)      z = (t - μ) / σ
 * loss = log Γ(ν/2) - log Γ((ν+1)/2) + ½ log νπ + log σ + ½ (ν+1) log(1 + z²/ν)
 * }</pre>
 *
 * <p>More than two degrees of freedom ν keep the variance finite.
 *
 * <p>Source: Lange, Little and Taylor, <i>Robust Statistical Modeling Using the t Distribution</i>, 1989.
 *
 * @param minScale the least σ; 0.001 by default, for targets that are scaled to about 1
 */
public record StudentTLoss(double minScale) implements LossSpec {
    private static final double LEAST_DEGREES = 2.001;

    public StudentTLoss {
        Checks.positive("minScale of the studentT loss", minScale);
    }

    public StudentTLoss() {
        this(1e-3);
    }

    @Override
    public int outputs() {
        return 3;
    }

    @Override
    public double valueAndGradient(
            int count,
            float[] raw,
            int rawOffset,
            float[] target,
            int targetOffset,
            float @Nullable [] gradient,
            int gradientOffset) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            int at = rawOffset + 3 * i;
            double scale = scale(raw, at);
            double degrees = degreesOfFreedom(raw, at);
            double z = (Checks.target(target, targetOffset, i) - raw[at]) / scale;
            double surprise = StrictMath.log1p(z * z / degrees);
            sum += SpecialFunctions.logGamma(degrees / 2)
                    - SpecialFunctions.logGamma((degrees + 1) / 2)
                    + 0.5 * StrictMath.log(degrees * StrictMath.PI)
                    + StrictMath.log(scale)
                    + 0.5 * (degrees + 1) * surprise;
            if (gradient != null) {
                double pull = (degrees + 1) / (degrees + z * z);
                double slope = SpecialFunctions.digamma(degrees / 2)
                        - SpecialFunctions.digamma((degrees + 1) / 2)
                        + 1 / degrees
                        + surprise
                        - pull * z * z / degrees;
                int to = gradientOffset + 3 * i;
                gradient[to] = (float) (-pull * z / scale);
                gradient[to + 1] = (float) ((1 - pull * z * z) / scale * SpecialFunctions.sigmoid(raw[at + 1]));
                gradient[to + 2] = (float) (0.5 * slope * SpecialFunctions.sigmoid(raw[at + 2]));
            }
        }
        return sum;
    }

    /** The location, which is the mean and the median. */
    @Override
    public float point(float[] raw, int offset) {
        return raw[offset];
    }

    /** The scale σ, which is less than the standard deviation. */
    public double scale(float[] raw, int offset) {
        return minScale + SpecialFunctions.softplus(raw[offset + 1]);
    }

    public double degreesOfFreedom(float[] raw, int offset) {
        return LEAST_DEGREES + SpecialFunctions.softplus(raw[offset + 2]);
    }

    @Override
    public boolean gives(double level) {
        return level > 0 && level < 1;
    }

    @Override
    public float quantile(double level, float[] raw, int offset) {
        Checks.level(level);
        double unit = SpecialFunctions.studentQuantile(level, degreesOfFreedom(raw, offset));
        return (float) (raw[offset] + scale(raw, offset) * unit);
    }
}
