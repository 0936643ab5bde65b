package io.carousel.inspect;

import io.carousel.cell.Block;
import io.carousel.cell.Block.Activation;
import io.carousel.cell.MemoryGate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one gate was used over all time steps and sequences of a trace.
 *
 * <p>A unit is saturated low below 0.1 and high above 0.9, for a tanh below -0.9 and above 0.9. Where the gate decides how
 * much of the state is kept, a unit's half-life is the number of time steps after which half of a value would be left at the
 * unit's mean rate of keeping: {@code ln 2 / -mean(ln kept)}.
 *
 * <p>Source: Karpathy, Johnson, Fei-Fei, <i>Visualizing and Understanding Recurrent Networks</i>, 2015; half-lives: Tallec,
 * Ollivier, <i>Can recurrent neural networks warp time?</i>, 2018, with the geometric mean.
 *
 * @param run the layer and direction
 * @param gate the name of the gate
 * @param mean the mean activation
 * @param low for each unit, the share of time steps at which it was saturated low
 * @param high for each unit, the share of time steps at which it was saturated high
 * @param halfLives for each unit, in time steps, infinite where nothing is forgotten; null where the gate does not decide
 *     what is kept
 */
public record GateStatistics(
        String run, String gate, double mean, double[] low, double[] high, double @Nullable [] halfLives) {
    private static final double LOW = 0.1;
    private static final double HIGH = 0.9;

    /** The statistics of every gate of a run whose activations are bounded. */
    public static List<GateStatistics> of(RunTrace trace) {
        List<GateStatistics> statistics = new ArrayList<>();
        List<Block> blocks = trace.cell().activations();
        for (int k = 0; k < blocks.size(); k++) {
            if (blocks.get(k).activation() != Activation.NONE) {
                statistics.add(of(trace, blocks.get(k), trace.values(k)));
            }
        }
        return statistics;
    }

    private static GateStatistics of(RunTrace trace, Block block, float[] values) {
        int units = block.size();
        int rows = trace.layout().rows();
        double lowest = block.activation() == Activation.TANH ? -HIGH : LOW;
        double sum = 0;
        double[] low = new double[units];
        double[] high = new double[units];
        for (int i = 0; i < values.length; i++) {
            sum += values[i];
            low[i % units] += values[i] < lowest ? 1.0 / rows : 0;
            high[i % units] += values[i] > HIGH ? 1.0 / rows : 0;
        }
        MemoryGate memory = trace.cell().memoryGate();
        double[] halfLives = memory != null && memory.name().equals(block.name())
                ? halfLives(values, units, memory.keepsWhenOpen())
                : null;
        return new GateStatistics(trace.name(), block.name(), sum / Math.max(1, values.length), low, high, halfLives);
    }

    private static double[] halfLives(float[] values, int units, boolean keepsWhenOpen) {
        double[] logs = new double[units];
        for (int i = 0; i < values.length; i++) {
            logs[i % units] += StrictMath.log(keepsWhenOpen ? values[i] : 1.0 - values[i]);
        }
        double[] halfLives = new double[units];
        int rows = values.length / Math.max(1, units);
        Arrays.setAll(halfLives, j -> logs[j] == 0 ? Double.POSITIVE_INFINITY : -StrictMath.log(2) * rows / logs[j]);
        return halfLives;
    }

    /** The share of units and time steps that are saturated low. */
    public double lowShare() {
        return mean(low);
    }

    /** The share of units and time steps that are saturated high. */
    public double highShare() {
        return mean(high);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / Math.max(1, values.length);
    }
}
