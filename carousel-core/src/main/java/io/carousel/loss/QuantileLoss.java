package io.carousel.loss;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pinball loss of several quantiles at once, which cannot cross.
 *
 * <pre>{@code
 * a = the level nearest to 0.5, the lower of two     the anchor
 * q_a = r_a
 * q_j = q_{j-1} + softplus(r_j)                      above the anchor
 * q_j = q_{j+1} - softplus(r_j)                      below the anchor
 * loss = mean over j of max(p_j (t - q_j), (p_j - 1) (t - q_j))
 * }</pre>
 *
 * <p>The raw outputs {@code r} stand in the order of the levels. The forecast of one number is the anchor's quantile: the
 * median when 0.5 is a level. The derivative where {@code t = q_j} is taken as 0.
 *
 * <p>Source: Koenker and Bassett, <i>Regression Quantiles</i>, 1978.
 *
 * @param levels p, ascending, each in (0, 1)
 */
public record QuantileLoss(List<Double> levels) implements LossSpec {
    public QuantileLoss {
        levels = List.copyOf(levels);
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("quantile levels must not be empty, got []; give one such as 0.5");
        }
        for (int j = 0; j < levels.size(); j++) {
            Checks.level(levels.get(j));
            if (j > 0 && levels.get(j) <= levels.get(j - 1)) {
                throw new IllegalArgumentException(
                        "quantile levels must ascend, got " + levels + "; sort them and leave out doubles");
            }
        }
    }

    public static QuantileLoss of(double... levels) {
        return new QuantileLoss(Arrays.stream(levels).boxed().toList());
    }

    /** The index of the level whose quantile is the raw output itself. */
    public int anchor() {
        int nearest = 0;
        for (int j = 1; j < levels.size(); j++) {
            if (Math.abs(levels.get(j) - 0.5) < Math.abs(levels.get(nearest) - 0.5)) {
                nearest = j;
            }
        }
        return nearest;
    }

    @Override
    public int outputs() {
        return levels.size();
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
        int size = levels.size();
        int anchor = anchor();
        double[] quantiles = new double[size];
        double[] slopes = new double[size];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double t = Checks.target(target, targetOffset, i);
            quantiles(anchor, raw, rawOffset + i * size, quantiles);
            double loss = 0;
            for (int j = 0; j < size; j++) {
                double level = levels.get(j);
                double error = t - quantiles[j];
                loss += Math.max(level * error, (level - 1) * error);
                slopes[j] = (error > 0 ? -level : error < 0 ? 1 - level : error) / size;
            }
            sum += loss / size;
            if (gradient != null) {
                backward(anchor, raw, rawOffset + i * size, slopes, gradient, gradientOffset + i * size);
            }
        }
        return sum;
    }

    private static void quantiles(int anchor, float[] raw, int offset, double[] quantiles) {
        quantiles[anchor] = raw[offset + anchor];
        for (int j = anchor + 1; j < quantiles.length; j++) {
            quantiles[j] = quantiles[j - 1] + SpecialFunctions.softplus(raw[offset + j]);
        }
        for (int j = anchor - 1; j >= 0; j--) {
            quantiles[j] = quantiles[j + 1] - SpecialFunctions.softplus(raw[offset + j]);
        }
    }

    /** A raw output moves its own quantile and all beyond it, seen from the anchor, which moves all. */
    private static void backward(
            int anchor, float[] raw, int offset, double[] slopes, float[] gradient, int gradientOffset) {
        double above = 0;
        for (int j = slopes.length - 1; j > anchor; j--) {
            above += slopes[j];
            gradient[gradientOffset + j] = (float) (above * SpecialFunctions.sigmoid(raw[offset + j]));
        }
        double below = 0;
        for (int j = 0; j < anchor; j++) {
            below += slopes[j];
            gradient[gradientOffset + j] = (float) (-below * SpecialFunctions.sigmoid(raw[offset + j]));
        }
        gradient[gradientOffset + anchor] = (float) (below + slopes[anchor] + above);
    }

    /** The quantile of the anchor. */
    @Override
    public float point(float[] raw, int offset) {
        return raw[offset + anchor()];
    }

    @Override
    public boolean gives(double level) {
        return levels.contains(level);
    }

    @Override
    public float quantile(double level, float[] raw, int offset) {
        int index = levels.indexOf(level);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "quantile level must be one of " + levels + ", got " + level + "; train with that level");
        }
        double[] quantiles = new double[levels.size()];
        quantiles(anchor(), raw, offset, quantiles);
        return (float) quantiles[index];
    }
}
