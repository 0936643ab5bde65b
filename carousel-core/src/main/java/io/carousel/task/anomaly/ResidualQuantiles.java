package io.carousel.task.anomaly;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.carousel.cell.StatePart;
import io.carousel.layer.State;
import java.util.List;

/**
 * The share of usual events that are at least as far away, as training's validation part had them; beyond its tail they are taken
 * to fall off exponentially.
 *
 * <pre>{@code
 * P = 1 - F(d)                       F on straight lines between the quantiles, up to u = F⁻¹(0.95)
 * P = 0.05 exp(-(d - u) / β)         beyond, β the mean excess above u
 * }</pre>
 *
 * <p>It remembers nothing, so it does not follow a drift; it is for events that stay as they were, and for short sequences.
 *
 * <p>Source of the exponential tail, a generalised Pareto distribution of shape 0: Pickands, <i>Statistical Inference Using Extreme
 * Order Statistics</i>, 1975.
 */
@JsonTypeName("quantiles")
public record ResidualQuantiles() implements AnomalyScorer {
    private static final double LOG_10 = 2.302585092994046;

    @Override
    public List<StatePart> stateParts() {
        return List.of();
    }

    @Override
    public Run run(UsualDistances usual) {
        return new Quantiles(usual);
    }

    private static final class Quantiles implements Run {
        private final double[] quantiles;
        private final double tailStart;
        private final double tailScale;
        private double last;

        Quantiles(UsualDistances usual) {
            quantiles = usual.quantiles().stream().mapToDouble(d -> d).toArray();
            tailStart = quantiles[(int) Math.round(UsualDistances.TAIL * (quantiles.length - 1))];
            tailScale = usual.tailScale();
        }

        @Override
        public double surprise(double distance) {
            last = distance > tailStart
                    ? -StrictMath.log(1 - UsualDistances.TAIL) + (distance - tailStart) / tailScale
                    : -StrictMath.log1p(-below(distance));
            last /= LOG_10;
            return last;
        }

        /** F(d), up to the tail. */
        private double below(double distance) {
            if (distance < quantiles[0]) {
                return 0;
            }
            int low = 0;
            int high = quantiles.length - 1;
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (quantiles[middle] <= distance) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            double width = quantiles[high] - quantiles[low];
            double part = width > 0 ? Math.min(1, (distance - quantiles[low]) / width) : 0;
            return Math.min(UsualDistances.TAIL, (low + part) / (quantiles.length - 1));
        }

        @Override
        public boolean anomalous(double least) {
            return last >= least;
        }

        @Override
        public void load(State state) {}

        @Override
        public void store(State state) {}
    }
}
