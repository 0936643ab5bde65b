package io.carousel.task.classify;

import io.carousel.loss.LogisticLoss;
import io.carousel.loss.Loss;
import org.jspecify.annotations.Nullable;

/**
 * The logistic loss of each of several labels, where having a label counts as its weight says.
 *
 * <pre>{@code
 * loss = -w_c t log p - (1 - t) log(1 - p)
 * }</pre>
 *
 * @param weights w, one for each label; targets are {@code [B, C]}
 */
record LabelLoss(float[] weights) implements Loss {
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
            double counts = target[targetOffset + i] > 0 ? weights[i % weights.length] : 1;
            double r = target[targetOffset + i] > 0 ? raw[rawOffset + i] : -raw[rawOffset + i];
            double e = StrictMath.exp(-Math.abs(r));
            sum += counts * (Math.max(-r, 0) + StrictMath.log1p(e)); // softplus(-r)
            if (gradient != null) {
                double wrong = r >= 0 ? e / (1 + e) : 1 / (1 + e);
                gradient[gradientOffset + i] = (float) (target[targetOffset + i] > 0 ? -counts * wrong : wrong);
            }
        }
        return sum;
    }

    @Override
    public float point(float[] raw, int offset) {
        return new LogisticLoss().point(raw, offset);
    }

    @Override
    public boolean gives(double level) {
        return false;
    }

    @Override
    public float quantile(double level, float[] raw, int offset) {
        return new LogisticLoss().quantile(level, raw, offset);
    }
}
