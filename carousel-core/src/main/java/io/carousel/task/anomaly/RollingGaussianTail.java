package io.carousel.task.anomaly;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.carousel.cell.StatePart;
import io.carousel.layer.State;
import io.carousel.loss.SpecialFunctions;
import java.util.List;

/**
 * The Gaussian tail of the last few distances, beside the mean and the variance of a long past that follow a drift.
 *
 * <pre>{@code
 * e = log(1 + d)                                                d the distance
 * s = mean of the last `recent` e, that of this event included
 * P = Q((s - μ) / σ)                                            Q(z) = P(Z > z), Z normal
 * then, with n = min(n + 1, memory):
 * μ' = μ + (e - μ) / n
 * v' = (1 - 1/n) (v + (e - μ)² / n)         σ² = v + 0.01²
 * }</pre>
 *
 * <p>Distances are in units of the usual one, and large ones are far more frequent than a normal distribution has them; their
 * logarithms are nearer to one. μ and v start as their mean and variance in what training left aside, which count as many events
 * as they were, at most `memory`. Up to `memory` events they are plain averages; from then on older events fade exponentially, with
 * no window to keep. Numbers are rounded to float32 after each event, so that a state is small.
 *
 * <p>Source: Lavin, Ahmad, <i>Evaluating Real-Time Anomaly Detection Algorithms: the Numenta Anomaly Benchmark</i>, 2015, the
 * anomaly likelihood, with logarithms, and with a fading in place of
 * their long window.
 *
 * @param memory the events after which older ones fade
 * @param recent the events of the short mean
 */
@JsonTypeName("gaussian-tail")
public record RollingGaussianTail(int memory, int recent) implements AnomalyScorer {
    private static final double LOG_10 = 2.302585092994046;
    private static final int MOST_MEMORY = 1 << 24; // a float counts so far
    private static final int MOST_RECENT = 10_000;
    private static final double LEAST_DEVIATION = 0.01;

    private static final String STATISTICS = "scorer.statistics";
    private static final String RECENT = "scorer.recent";

    public RollingGaussianTail {
        if (memory < 2 || memory > MOST_MEMORY) {
            throw new IllegalArgumentException(
                    "memory of the scorer must be from 2 to " + MOST_MEMORY + " events, got " + memory);
        }
        if (recent < 1 || recent > MOST_RECENT) {
            throw new IllegalArgumentException(
                    "recent events of the scorer must be from 1 to " + MOST_RECENT + ", got " + recent);
        }
    }

    /** A memory of 2000 events, and every event by itself. */
    public RollingGaussianTail() {
        this(2000, 1);
    }

    @Override
    public List<StatePart> stateParts() {
        return List.of(new StatePart(STATISTICS, 5), new StatePart(RECENT, recent));
    }

    @Override
    public Run run(UsualDistances usual) {
        return new Tail(memory, recent, usual);
    }

    private static final class Tail implements Run {
        private final int memory;
        private final float[] last;
        private float mean;
        private float variance;
        private float count;
        private int filled;
        private int next;
        private double surprise;

        Tail(int memory, int recent, UsualDistances usual) {
            this.memory = memory;
            last = new float[recent];
            mean = (float) usual.logMean();
            variance = (float) (usual.logDeviation() * usual.logDeviation());
            count = Math.min(memory, usual.count());
        }

        @Override
        public double surprise(double distance) {
            double value = StrictMath.log1p(distance);
            last[next] = (float) value;
            next = next + 1 == last.length ? 0 : next + 1;
            filled = Math.min(filled + 1, last.length);
            double sum = 0;
            for (int i = 0; i < filled; i++) {
                sum += last[i];
            }
            double z = (sum / filled - mean) / Math.sqrt(variance + LEAST_DEVIATION * LEAST_DEVIATION);
            surprise = -SpecialFunctions.logNormalUpperTail(z) / LOG_10;
            count = Math.min(memory, count + 1);
            double difference = value - mean;
            double share = difference / count;
            variance = (float) ((1 - 1.0 / count) * (variance + difference * share));
            mean = (float) (mean + share);
            return surprise;
        }

        @Override
        public boolean anomalous(double least) {
            return surprise >= least;
        }

        @Override
        public void load(State state) {
            float[] statistics = state.values(STATISTICS);
            mean = statistics[0];
            variance = statistics[1];
            count = StateNumbers.count(state, STATISTICS, 2, memory);
            filled = StateNumbers.count(state, STATISTICS, 3, last.length);
            next = StateNumbers.count(state, STATISTICS, 4, last.length - 1);
            System.arraycopy(state.values(RECENT), 0, last, 0, last.length);
        }

        @Override
        public void store(State state) {
            float[] statistics = state.values(STATISTICS);
            statistics[0] = mean;
            statistics[1] = variance;
            statistics[2] = count;
            statistics[3] = filled;
            statistics[4] = next;
            System.arraycopy(last, 0, state.values(RECENT), 0, last.length);
        }
    }
}
