package io.carousel.loss;

import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of a logistic output unit, whose best forecast is the mean of a target from 0 to 1, such as a
 * probability.
 *
 * <pre>{@code
 * p = σ(r)
 * loss = -t log p - (1 - t) log(1 - p) = softplus(r) - t r
 * }</pre>
 *
 * <p>A target outside 0 to 1, as noise can make it, is allowed: the loss still draws p to the mean.
 *
 * <p>Source: Solla, Levin, Fleisher, <i>Accelerated Learning in Layered Neural Networks</i>, 1988.
 */
public record LogisticLoss() implements LossSpec {

    @Override
    public int outputs() {
        return 1;
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
            double t = Checks.target(target, targetOffset, i);
            double r = raw[rawOffset + i];
            double e = StrictMath.exp(-Math.abs(r));
            sum += Math.max(r, 0) + StrictMath.log1p(e) - t * r;
            if (gradient != null) {
                double p = r >= 0 ? 1 / (1 + e) : e / (1 + e);
                gradient[gradientOffset + i] = (float) (p - t);
            }
        }
        return sum;
    }

    /** The mean: p. */
    @Override
    public float point(float[] raw, int offset) {
        return (float) SpecialFunctions.sigmoid(raw[offset]);
    }

    @Override
    public boolean gives(double level) {
        return false;
    }

    @Override
    public float quantile(double level, float[] raw, int offset) {
        throw Checks.noQuantile("logistic", level);
    }
}
