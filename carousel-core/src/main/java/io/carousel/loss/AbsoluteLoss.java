package io.carousel.loss;

import org.jspecify.annotations.Nullable;

/** The absolute error {@code |y - t|}, whose best forecast is the median; its derivative at 0 is taken as 0. */
public record AbsoluteLoss() implements LossSpec {

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
            sum += Math.abs(error);
            if (gradient != null) {
                gradient[gradientOffset + i] = (float) Math.signum(error);
            }
        }
        return sum;
    }

    /** The median: the raw output as it is. */
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
        throw Checks.noQuantile("absolute", level);
    }
}
