package io.carousel.task.lags;

import io.carousel.loss.LogisticLoss;
import io.carousel.loss.Loss;
import org.jspecify.annotations.Nullable;

/** What a training makes small at each logistic output unit {@code p = σ(r)} with target t. */
public enum LagLoss {
    /** {@code -t log p - (1 - t) log(1 - p)}: draws hard wherever the output is wrong. */
    CROSS_ENTROPY,
    /**
     * {@code (p - t)²}, as in the paper: draws little where p is near 0 or 1, so that hundreds of outputs which rightly say
     * "seldom" at each time step do not drown the one that is wrong at the end.
     */
    SQUARED;

    Loss loss() {
        return this == CROSS_ENTROPY ? new LogisticLoss() : new Squared();
    }

    private static final class Squared implements Loss {
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
                double p = point(raw, rawOffset + i);
                double error = p - target[targetOffset + i];
                sum += error * error;
                if (gradient != null) {
                    gradient[gradientOffset + i] = (float) (2 * error * p * (1 - p));
                }
            }
            return sum;
        }

        @Override
        public float point(float[] raw, int offset) {
            return (float) (1 / (1 + StrictMath.exp(-(double) raw[offset])));
        }

        @Override
        public boolean gives(double level) {
            return false;
        }

        @Override
        public float quantile(double level, float[] raw, int offset) {
            throw new IllegalArgumentException(
                    "quantile " + level + " must come from a loss with a distribution; use another loss");
        }
    }
}
