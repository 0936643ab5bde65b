package io.carousel.task.anomaly;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.carousel.cell.StatePart;
import io.carousel.layer.State;
import io.carousel.loss.SpecialFunctions;
import java.util.List;

/**
 * A threshold that is chosen anew for each event, without a parameter that says how rare anomalies are.
 *
 * <pre>{@code
 * s' = s + (e - s) 2 / (smoothing + 1)                                 e the distance
 * over the last h smoothed distances, that of this event included:
 * ε = μ + z σ,   z in 2.5, 3, …, 12, with the largest
 *     ((μ - μ_below) / μ + (σ - σ_below) / σ) / (A + R²)               A above ε, in R runs
 * anomalous: s > ε, and not pruned
 * P = Q((s - μ_below) / σ_below)
 * }</pre>
 *
 * <p>Pruning: the largest distance of each run above ε, from the largest down, and after them the largest below ε. The runs up to
 * the last one from which it falls by more than `prune` of its size are anomalies, the others are not. So an event above the
 * threshold is no anomaly when others that are none come close to it.
 *
 * <p>Source: Hundman et al., <i>Detecting Spacecraft Anomalies Using LSTMs and Nonparametric Dynamic Thresholding</i>, 2018, taken
 * event by event over a sliding window. An event costs a pass over the window for each z.
 *
 * @param window h, the smoothed distances that are kept
 * @param smoothing the span of the exponential smoothing, 1 for none
 * @param prune p, in [0, 1)
 */
@JsonTypeName("dynamic-threshold")
public record DynamicThreshold(int window, int smoothing, double prune) implements AnomalyScorer {
    private static final double LOG_10 = 2.302585092994046;
    private static final int LEAST_WINDOW = 10;
    private static final int MOST_WINDOW = 100_000;
    private static final double FIRST_Z = 2.5;
    private static final double LAST_Z = 12;
    private static final double STEP_Z = 0.5;
    private static final double LEAST_DEVIATION = 0.01;

    private static final String COUNTS = "scorer.counts";
    private static final String SMOOTHED = "scorer.smoothed";

    public DynamicThreshold {
        if (window < LEAST_WINDOW || window > MOST_WINDOW) {
            throw new IllegalArgumentException("window of the scorer must be from " + LEAST_WINDOW + " to "
                    + MOST_WINDOW + " events, got " + window);
        }
        if (smoothing < 1 || smoothing > MOST_WINDOW) {
            throw new IllegalArgumentException(
                    "smoothing of the scorer must be from 1 to " + MOST_WINDOW + " events, got " + smoothing);
        }
        if (!(prune >= 0 && prune < 1)) {
            throw new IllegalArgumentException("prune of the scorer must be in [0, 1), got " + prune);
        }
    }

    /** A window of 500, a smoothing of 5, p = 0.13 (Hundman et al. 2018). */
    public DynamicThreshold() {
        this(500, 5, 0.13);
    }

    @Override
    public List<StatePart> stateParts() {
        return List.of(new StatePart(COUNTS, 2), new StatePart(SMOOTHED, window));
    }

    @Override
    public Run run(UsualDistances usual) {
        return new Threshold(this, usual);
    }

    private static final class Threshold implements Run {
        private final float[] ring;
        /** The largest distances of the runs above the threshold. */
        private final double[] peaks;

        private final double factor;
        private final double prune;
        private final double least;
        private int filled;
        private int next;
        private boolean anomalous;

        Threshold(DynamicThreshold spec, UsualDistances usual) {
            ring = new float[spec.window];
            peaks = new double[spec.window];
            factor = 2.0 / (spec.smoothing + 1);
            prune = spec.prune;
            least = LEAST_DEVIATION * Math.max(usual.mean(), Float.MIN_NORMAL);
            // as if the past had been usual: half the window at the mean, moved by the deviation to either side
            int start = (int) Math.min(spec.window / 2, usual.count());
            double shrink = Math.sqrt(factor / (2 - factor)); // the deviation of a smoothed sequence
            for (int i = 0; i < start; i++) {
                double move = (i % 2 == 0 ? 1 : -1) * usual.deviation() * shrink;
                ring[i] = (float) Math.max(0, usual.mean() + move);
            }
            filled = start;
            next = start % ring.length;
        }

        private double at(int age) {
            int index = next - 1 - age;
            return ring[index < 0 ? index + ring.length : index];
        }

        @Override
        public double surprise(double distance) {
            double before = filled == 0 ? distance : at(0);
            double smoothed = (float) (before + factor * (distance - before));
            ring[next] = (float) smoothed;
            next = next + 1 == ring.length ? 0 : next + 1;
            filled = Math.min(filled + 1, ring.length);
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < filled; i++) {
                sum += ring[i];
                squares += (double) ring[i] * ring[i];
            }
            double mean = sum / filled;
            double deviation = Math.sqrt(Math.max(0, squares / filled - mean * mean));
            double threshold = threshold(mean, deviation);
            double meanBelow = 0;
            double squaresBelow = 0;
            double largestBelow = 0;
            int below = 0;
            for (int i = 0; i < filled; i++) {
                if (ring[i] <= threshold) {
                    meanBelow += ring[i];
                    squaresBelow += (double) ring[i] * ring[i];
                    largestBelow = Math.max(largestBelow, ring[i]);
                    below++;
                }
            }
            meanBelow /= Math.max(1, below);
            double variance = Math.max(0, squaresBelow / Math.max(1, below) - meanBelow * meanBelow);
            anomalous = smoothed > threshold && !pruned(threshold, largestBelow);
            return -SpecialFunctions.logNormalUpperTail((smoothed - meanBelow) / Math.sqrt(variance + least * least))
                    / LOG_10;
        }

        /** ε; infinite where no z parts anything off. */
        private double threshold(double mean, double deviation) {
            double best = 0;
            double chosen = Double.POSITIVE_INFINITY;
            if (!(deviation > least)) {
                return chosen;
            }
            for (double z = FIRST_Z; z <= LAST_Z; z += STEP_Z) {
                double threshold = mean + z * deviation;
                double sum = 0;
                double squares = 0;
                int above = 0;
                int runs = 0;
                boolean inside = false;
                for (int age = filled - 1; age >= 0; age--) {
                    double value = at(age);
                    boolean beyond = value > threshold;
                    if (beyond) {
                        above++;
                        runs += inside ? 0 : 1;
                    } else {
                        sum += value;
                        squares += value * value;
                    }
                    inside = beyond;
                }
                if (above == 0) {
                    break; // a higher one parts nothing off, either
                }
                int below = filled - above;
                double meanBelow = sum / below;
                double deviationBelow = Math.sqrt(Math.max(0, squares / below - meanBelow * meanBelow));
                double gain = ((mean - meanBelow) / mean + (deviation - deviationBelow) / deviation)
                        / (above + (double) runs * runs);
                if (gain > best) {
                    best = gain;
                    chosen = threshold;
                }
            }
            return chosen;
        }

        /** Whether the run that goes on now is too close to what is usual. */
        private boolean pruned(double threshold, double largestBelow) {
            int runs = 0;
            double peak = 0;
            double own = 0;
            for (int age = filled - 1; age >= 0; age--) {
                double value = at(age);
                if (value > threshold) {
                    peak = Math.max(peak, value);
                }
                if (peak > 0 && (age == 0 || value <= threshold)) {
                    insert(peak, runs++);
                    own = peak;
                    peak = 0;
                }
            }
            int anomalies = 0;
            for (int i = 0; i < runs; i++) {
                double lower = i + 1 < runs ? peaks[i + 1] : largestBelow;
                if ((peaks[i] - lower) / peaks[i] > prune) {
                    anomalies = i + 1;
                }
            }
            return anomalies == 0 || own < peaks[anomalies - 1];
        }

        private void insert(double peak, int count) {
            int i = count;
            while (i > 0 && peaks[i - 1] < peak) {
                peaks[i] = peaks[i - 1];
                i--;
            }
            peaks[i] = peak;
        }

        @Override
        public boolean anomalous(double leastSurprise) {
            return anomalous;
        }

        @Override
        public void load(State state) {
            filled = StateNumbers.count(state, COUNTS, 0, ring.length);
            next = StateNumbers.count(state, COUNTS, 1, ring.length - 1);
            System.arraycopy(state.values(SMOOTHED), 0, ring, 0, ring.length);
        }

        @Override
        public void store(State state) {
            float[] counts = state.values(COUNTS);
            counts[0] = filled;
            counts[1] = next;
            System.arraycopy(ring, 0, state.values(SMOOTHED), 0, ring.length);
        }
    }
}
