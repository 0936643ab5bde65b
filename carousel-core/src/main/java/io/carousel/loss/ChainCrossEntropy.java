package io.carousel.loss;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of whole sequences of tags: a linear-chain conditional random field.
 *
 * <pre>{@code
 * s(y)   = start[y_0] + Σ_t e_t[y_t] + Σ_t T[y_t-1, y_t] + end[y_last]
 * P(y|x) = e^s(y) / Z      Z = Σ e^s over all K^L sequences of tags
 * loss   = log Z - s(y)
 * de_t[j] = P(y_t = j | x) - [y_t = j]      dT[i, j] = Σ_t P(y_t-1 = i, y_t = j | x) - [y_t-1 = i, y_t = j]
 * }</pre>
 *
 * <p>Z is exact, by forward-backward in log space over the whole ragged batch at once. It costs K² exponentials and about 6 K²
 * other operations for each time step, forward and backward together, and K² numbers of memory for each while a shard has at
 * most {@value #KEPT} of them; beyond, the exponentials are computed twice and the memory is that of one time step. The loss of
 * a sequence, and the derivative by its emissions, have the same bits whatever else is in the batch. A loss is finite as long
 * as no single sum of an emission and two transitions leaves the range of a float.
 *
 * <p>Source: Lafferty, McCallum, Pereira, <i>Conditional Random Fields: Probabilistic Models for Segmenting and Labeling
 * Sequence Data</i>, 2001.
 */
public final class ChainCrossEntropy {
    /** Conditional probabilities that are kept for the backward pass. */
    static final int KEPT = 1 << 22;

    private ChainCrossEntropy() {}

    /**
     * The sum of the losses of all sequences; one without a time step counts 0.
     *
     * @param emissions {@code [N, K]}: e, rows as in the layout
     * @param tags y of all N rows, each from 0 to before K
     * @param rules what is impossible and gets the probability 0 in training, too; null for nothing
     * @return a scalar
     * @throws IllegalArgumentException when the shapes do not fit, a tag is none, or the rules do not allow the tags of a
     *     sequence
     */
    public static Variable apply(
            Tape tape,
            Variable emissions,
            BatchLayout layout,
            ChainWeights weights,
            int[] tags,
            @Nullable ChainRules rules) {
        return apply(tape, emissions, layout, weights, tags, rules, KEPT);
    }

    /** {@link #apply(Tape, Variable, BatchLayout, ChainWeights, int[], ChainRules)}, with another number of what is kept. */
    static Variable apply(
            Tape tape,
            Variable emissions,
            BatchLayout layout,
            ChainWeights weights,
            int[] tags,
            @Nullable ChainRules rules,
            int kept) {
        requireFit(emissions.value(), layout, weights.tags(), rules);
        requireTags(layout, weights.tags(), tags, rules);
        Variable transitions = tape.parameter(weights.transitions());
        Variable start = tape.parameter(weights.start());
        Variable end = tape.parameter(weights.end());
        ChainLattice lattice = new ChainLattice(
                tape.kernels(),
                tape.workspace(),
                emissions.value(),
                layout,
                weights,
                rules,
                tape.recording() ? kept : 0);
        lattice.forward();
        double sum = 0;
        for (int index = 0; index < layout.sequences(); index++) {
            int position = layout.position(index);
            sum += lattice.logPartition(position) - lattice.score(position, tags);
        }
        Tensor output = tape.workspace().take(Shape.of());
        output.data()[output.offset()] = (float) sum;
        return tape.record(
                output,
                gradient -> {
                    float mass = gradient.data()[gradient.offset()];
                    Tensor de = emissions.needsGradient() ? emissions.gradient() : null;
                    Gradients to =
                            new Gradients(layout, tags, de, transitions.gradient(), start.gradient(), end.gradient());
                    lattice.backward(mass, new Step(tape, mass, to));
                },
                emissions,
                transitions,
                start,
                end);
    }

    /** Where derivatives go. */
    private record Gradients(
            BatchLayout layout, int[] tags, @Nullable Tensor emissions, Tensor transitions, Tensor start, Tensor end) {}

    /** Adds the derivatives on the way back. */
    private record Step(Tape tape, float mass, Gradients to) implements ChainLattice.Visitor {
        @Override
        public void tags(int t, int alive, Slice p) {
            int count = to.start().size();
            int next = t + 1 < to.layout().steps() ? to.layout().alive(t + 1) : 0;
            int row = to.layout().rowOffset(t);
            for (int position = 0; position < alive; position++) {
                int at = p.row(position);
                int tag = to.tags()[row + position];
                Tensor emissions = to.emissions();
                if (emissions != null) {
                    add(p, at, count, tag, emissions, (row + position) * count);
                }
                if (t == 0) {
                    add(p, at, count, tag, to.start(), 0);
                }
                if (position >= next) {
                    add(p, at, count, tag, to.end(), 0);
                }
            }
        }

        private void add(Slice p, int at, int count, int tag, Tensor into, int offset) {
            for (int j = 0; j < count; j++) {
                float probability = p.array()[at + j];
                into.data()[into.offset() + offset + j] += j == tag ? probability - mass : probability;
            }
        }

        @Override
        public void pairs(int t, int alive, Slice pairs) {
            int count = to.start().size();
            int row = to.layout().rowOffset(t);
            int rowBefore = to.layout().rowOffset(t - 1);
            for (int position = 0; position < alive; position++) {
                int before = to.tags()[rowBefore + position];
                pairs.array()[pairs.row(before) + position * count + to.tags()[row + position]] -= mass;
            }
            Tensor into = to.transitions();
            for (int i = 0; i < count; i++) {
                tape.kernels()
                        .addColumnSums(
                                alive,
                                count,
                                pairs.array(),
                                pairs.row(i),
                                count,
                                into.data(),
                                into.offset() + i * count);
            }
        }
    }

    static void requireFit(Tensor emissions, BatchLayout layout, int tags, @Nullable ChainRules rules) {
        if (emissions.rows() != layout.rows() || emissions.columns() != tags) {
            throw new IllegalArgumentException("scores of a chain must have shape [" + layout.rows() + ", " + tags
                    + "], a column for each tag, got " + emissions.shape()
                    + "; give the layer beneath as many outputs as there are tags");
        }
        if (rules != null && rules.tags() != tags) {
            throw new IllegalArgumentException("rules of a chain must be those of its " + tags + " tags, got "
                    + rules.tags() + "; make them of the same tags");
        }
    }

    private static void requireTags(BatchLayout layout, int count, int[] tags, @Nullable ChainRules rules) {
        if (tags.length != layout.rows()) {
            throw new IllegalArgumentException(
                    "tags of a batch must be " + layout.rows() + ", one for each row, got " + tags.length);
        }
        for (int index = 0; index < layout.sequences(); index++) {
            int length = layout.length(layout.position(index));
            int[] path = new int[length];
            for (int t = 0; t < length; t++) {
                path[t] = tags[layout.row(index, t)];
                if (path[t] < 0 || path[t] >= count) {
                    throw new IllegalArgumentException("tag " + t + " of sequence " + index + " must be from 0 to "
                            + (count - 1) + ", got " + path[t] + "; every time step needs one");
                }
            }
            if (rules != null && !rules.allow(path)) {
                throw new IllegalArgumentException("tags of sequence " + index
                        + " must be allowed by the rules that it is trained under, got "
                        + Arrays.toString(path) + "; convert them to the scheme, or train without rules");
            }
        }
    }
}
