package io.carousel.loss;

import org.jspecify.annotations.Nullable;

/**
 * The squared error near the target and the absolute error far from it.
 *
 * <pre>{@code
 * e = y - t
 * ½ e²             where |e| <= δ
 * δ (|e| - ½ δ)    elsewhere
 * }</pre>
 *
 * <p>Source: Huber, <i>Robust Estimation of a Location Parameter</i>, 1964.
 *
 * @param delta δ, where the one becomes the other; 1 by default, as in PyTorch
 */
public record HuberLoss(double delta) implements LossSpec {
    public HuberLoss {
        Checks.positive("delta of the huber loss", delta);
    }

    public HuberLoss() {
        this(1);
    }

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
            double error = raw[rawOffset + i] - Checks.target(target, targetOffset, i);
            double size = Math.abs(error);
            sum += size <= delta ? 0.5 * error * error : delta * (size - 0.5 * delta);
            if (gradient != null) {
                gradient[gradientOffset + i] = (float) (size <= delta ? error : delta * Math.signum(error));
            }
        }
        return sum;
    }

    /** The location: the raw output as it is. */
    @Override
    public float point(float[] raw, int offset) {
        return raw[offset];
    }

    @Override
    public boolean gives(double level) {
        return false;
    }

    @Override
    public float quantile(double level, float[] raw, int offset) {
        throw Checks.noQuantile("huber", level);
    }
}
