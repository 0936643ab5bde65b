package io.carousel.loss;

import org.jspecify.annotations.Nullable;

/**
 * The negative log-likelihood of a normal distribution whose mean and scale the network gives.
 *
 * <pre>{@code
 * μ = r_0      σ = minScale + softplus(r_1)      z = (t - μ) / σ
 * loss = log σ + ½ z² + ½ log 2π
 * }</pre>
 *
 * <p>Source: Nix and Weigend, <i>Estimating the Mean and Variance of the Target Probability Distribution</i>, 1994; the
 * softplus as in Salinas, Flunkert and Gasthaus, <i>DeepAR</i>, 2017, version 1.
 *
 * @param minScale the least σ, which keeps a perfectly predictable target from an infinite likelihood; 0.001 by default,
 *     for targets that are scaled to about 1
 */
public record GaussianLoss(double minScale) implements LossSpec {
    private static final double HALF_LOG_TWO_PI = 0.9189385332046727;

    public GaussianLoss {
        Checks.positive("minScale of the gaussian loss", minScale);
    }

    public GaussianLoss() {
        this(1e-3);
    }

    @Override
    public int outputs() {
        return 2;
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
            int at = rawOffset + 2 * i;
            double scale = scale(raw, at);
            double z = (Checks.target(target, targetOffset, i) - raw[at]) / scale;
            sum += StrictMath.log(scale) + 0.5 * z * z + HALF_LOG_TWO_PI;
            if (gradient != null) {
                gradient[gradientOffset + 2 * i] = (float) (-z / scale);
                gradient[gradientOffset + 2 * i + 1] =
                        (float) ((1 - z * z) / scale * SpecialFunctions.sigmoid(raw[at + 1]));
            }
        }
        return sum;
    }

    /** The mean. */
    @Override
    public float point(float[] raw, int offset) {
        return raw[offset];
    }

    /** The standard deviation. */
    public double scale(float[] raw, int offset) {
        return minScale + SpecialFunctions.softplus(raw[offset + 1]);
    }

    @Override
    public boolean gives(double level) {
        return level > 0 && level < 1;
    }

    @Override
    public float quantile(double level, float[] raw, int offset) {
        Checks.level(level);
        return (float) (raw[offset] + scale(raw, offset) * SpecialFunctions.normalQuantile(level));
    }
}
