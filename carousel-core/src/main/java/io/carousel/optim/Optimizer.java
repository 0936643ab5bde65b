package io.carousel.optim;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An update rule at work on parameters: it owns what the rule keeps for each weight.
 *
 * <p>One update is {@link #update(Kernels, float[], double)}; or, to share the work, {@link #begin} and then {@link
 * #update(Kernels, float[], double, double, int, int)} once for each of any ranges that cover the weights, from any threads,
 * with the same bits; ranges in which the gradient is zero may be left out where {@link #leavesWeightsWithoutGradient}. Weight
 * decay leaves alone the parameters that do not {@linkplain Parameter#decays decay}.
 */
public final class Optimizer {
    /** Weights that are updated at a time: they stay in the first cache from pass to pass. */
    private static final int PIECE = 2048;

    private final OptimizerSpec spec;
    private final double weightDecay;
    private final Parameters parameters;
    private final List<Span> spans;
    private final float[][] slots;
    private final Map<String, float[]> byName;
    private final float @Nullable [] average;
    private long steps;
    /** The updates before those whose weights are averaged; -1 while none are. */
    private long averagedAfter = -1;

    /** Neighbouring parameters that all decay or all do not. */
    private record Span(int from, int to, boolean decays) {}

    private Optimizer(OptimizerSpec spec, double weightDecay, Parameters parameters) {
        this.spec = spec;
        this.weightDecay = weightDecay;
        this.parameters = parameters;
        spans = spans(parameters);
        List<String> names = spec.slotNames();
        slots = new float[names.size()][parameters.size()];
        Map<String, float[]> map = new LinkedHashMap<>();
        for (int i = 0; i < slots.length; i++) {
            map.put(names.get(i), slots[i]);
        }
        byName = Collections.unmodifiableMap(map);
        average = spec instanceof AveragedSgd ? map.get(AveragedSgd.AVERAGE) : null;
    }

    /**
     * An optimiser that has made no step yet.
     *
     * @param weightDecay λ, 0 for none
     */
    public static Optimizer create(OptimizerSpec spec, double weightDecay, Parameters parameters) {
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException(
                    "weight decay must be finite and not negative, got " + weightDecay + "; 0 is none");
        }
        return new Optimizer(spec, weightDecay, parameters);
    }

    private static List<Span> spans(Parameters parameters) {
        List<Span> spans = new ArrayList<>();
        for (Parameter parameter : parameters.list()) {
            int from = parameter.offset();
            int to = from + parameter.shape().size();
            Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
            if (last != null && last.to() == from && last.decays() == parameter.decays()) {
                spans.set(spans.size() - 1, new Span(last.from(), to, last.decays()));
            } else {
                spans.add(new Span(from, to, parameter.decays()));
            }
        }
        return List.copyOf(spans);
    }

    public OptimizerSpec spec() {
        return spec;
    }

    /** The updates so far. */
    public long steps() {
        return steps;
    }

    /** What is kept for each weight, by name: shared and not copied, parallel to {@link Parameters#values}. */
    public Map<String, float[]> slots() {
        return byName;
    }

    /** Goes on after that many updates; the caller fills {@link #slots}. */
    public void restore(long stepsSoFar) {
        steps = stepsSoFar;
    }

    /**
     * Averages the weights of all updates after the first so many, as {@link AveragedSgd} does; -1 for none.
     *
     * @throws IllegalStateException when the rule averages nothing
     */
    public void averageAfter(long updates) {
        if (average == null) {
            throw new IllegalStateException("averaging must be asked for by the rule, got " + spec);
        }
        averagedAfter = updates;
    }

    /** Whether there is an average of at least one update. */
    public boolean averages() {
        return averagedAfter >= 0 && steps > averagedAfter;
    }

    /** Puts the average in the place of the weights, and they in its place; once more to undo that. */
    public void exchangeAverage() {
        float[] mean = average;
        if (mean == null || !averages()) {
            throw new IllegalStateException("weights must be averaged before they are exchanged, got none averaged");
        }
        float[] weights = parameters.values();
        for (int i = 0; i < weights.length; i++) {
            float weight = weights[i];
            weights[i] = mean[i];
            mean[i] = weight;
        }
        parameters.changed();
    }

    /**
     * One update of all weights.
     *
     * @param gradient parallel to the values; may be overwritten
     */
    public void update(Kernels kernels, float[] gradient, double learningRate) {
        begin();
        update(kernels, gradient, 1, learningRate, 0, parameters.size());
        parameters.changed();
    }

    /** Starts an update that is made in ranges. */
    public void begin() {
        steps++;
    }

    /** Whether a weight whose gradient is 0 stays as it is, so that it may be left out of an update. */
    public boolean leavesWeightsWithoutGradient() {
        return weightDecay == 0 && spec.leavesWeightsWithoutGradient() && averagedAfter < 0;
    }

    /** Whether an update writes to a gradient of 0: a weight decay that is added to it. */
    public boolean addsToGradient() {
        return weightDecay > 0 && !spec.decoupledDecay();
    }

    /**
     * The update of the weights from {@code from} to before {@code to}; call {@link Parameters#changed} after the last.
     *
     * @param gradient parallel to the values; may be overwritten
     * @param factor what the gradient is multiplied with before anything else, such as that of a clipping
     */
    public void update(Kernels kernels, float[] gradient, double factor, double learningRate, int from, int to) {
        for (int start = from; start < to; start += PIECE) {
            updatePiece(kernels, gradient, (float) factor, learningRate, start, Math.min(to, start + PIECE));
        }
    }

    private void updatePiece(Kernels kernels, float[] gradient, float factor, double learningRate, int from, int to) {
        float[] weights = parameters.values();
        if (factor != 1) {
            kernels.scale(to - from, factor, gradient, from);
        }
        if (weightDecay > 0) {
            for (int i = 0; i < spans.size(); i++) {
                Span span = spans.get(i);
                int start = Math.max(from, span.from());
                int count = Math.min(to, span.to()) - start;
                if (span.decays() && count > 0) {
                    decay(kernels, count, weights, gradient, start, learningRate);
                }
            }
        }
        spec.update(kernels, to - from, weights, gradient, slots, from, learningRate, steps);
        if (average != null && averages()) {
            AveragedSgd.average(kernels, to - from, weights, average, from, steps - averagedAfter);
        }
    }

    private void decay(Kernels kernels, int n, float[] weights, float[] gradient, int offset, double rate) {
        if (spec.decoupledDecay()) {
            kernels.scale(n, (float) (1 - rate * weightDecay), weights, offset);
        } else {
            kernels.axpy(n, (float) weightDecay, weights, offset, gradient, offset);
        }
    }
}
