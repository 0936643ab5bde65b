package io.carousel.loss;

import io.carousel.data.BatchLayout;
import io.carousel.kernel.Elementary;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All paths of a batch of linear chains, summed by forward-backward in log space.
 *
 * <pre>{@code
 * a_0[j] = start[j] + e_0[j]
 * a_t[j] = e_t[j] + log Σ_i e^(a_t-1[i] + T[i, j])     c_t[i, j] = P(y_t-1 = i | y_t = j, x_0 … x_t-1), the terms over their sum
 * log Z  = log Σ_j e^(a_last[j] + end[j])              p_last[j], the terms over their sum
 * p_t-1[i] = Σ_j c_t[i, j] p_t[j]                      backward
 * }</pre>
 *
 * <p>Going backward by the conditional probabilities c, and not by a second sum in log space, adds and multiplies numbers that
 * are not negative: nothing is lost by cancellation. Each a_t is shifted to a largest element of 0, the shifts being added in
 * {@code double}, and each p_t is scaled to its sum; so neither range nor precision depends on the length of a sequence. A
 * maximum is taken for every i and j: a forbidden transition hides nothing that is small beside it.
 *
 * <p>Time step t of all sequences is one block: a column for each sequence and tag j, a row for each tag i, so that maxima and
 * sums run down columns, in ascending i, and nothing is added across lanes.
 */
final class ChainLattice {
    /** What stands for a forbidden transition: its e^x is 0, and sums of a few stay finite. */
    static final float FORBIDDEN = -1e30f;

    private final Kernels kernels;
    private final Workspace workspace;
    private final BatchLayout layout;
    private final int tags;
    private final Tensor emissions;
    /** {@code [K, K]}, {@code [K]} and {@code [K]}, with the rules in them. */
    private final float[] transitions;

    private final float[] start;
    private final float[] end;
    /** {@code [N, K]}: a. */
    private final Tensor alpha;
    /** {@code [N, K]}: the sums of the columns of all blocks. */
    private final Tensor sums;
    /** {@code [N K, K]} of blocks, or the room of the largest where they are not kept. */
    private final Tensor blocks;

    private final boolean kept;
    private final Tensor maxima;
    /** {@code [B]} by position: the shifts of a, later log Z. */
    private final double[] logZ;
    /** {@code [B, K]} by position: p_last. */
    private final Tensor last;

    private final Slice block = new Slice();
    private final Slice line = new Slice();

    /** @param budget how many numbers of blocks may be kept for the way back */
    ChainLattice(
            Kernels kernels,
            Workspace workspace,
            Tensor emissions,
            BatchLayout layout,
            ChainWeights weights,
            @Nullable ChainRules rules,
            long budget) {
        this.kernels = kernels;
        this.workspace = workspace;
        this.layout = layout;
        this.emissions = emissions;
        tags = weights.tags();
        transitions = weights.transitions().tensor().toArray();
        start = weights.start().tensor().toArray();
        end = weights.end().tensor().toArray();
        if (rules != null) {
            forbid(rules);
        }
        int widest = layout.steps() == 0 ? 0 : layout.alive(0);
        kept = (long) layout.rows() * tags * tags <= budget;
        alpha = workspace.take(layout.rows(), tags);
        sums = workspace.take(layout.rows(), tags);
        blocks = workspace.take(Math.multiplyExact(kept ? layout.rows() : widest, tags), tags);
        maxima = workspace.take(widest, tags);
        last = workspace.take(widest, tags);
        logZ = new double[layout.sequences()];
    }

    private void forbid(ChainRules rules) {
        for (int i = 0; i < tags; i++) {
            start[i] = rules.mayStart(i) ? start[i] : FORBIDDEN;
            end[i] = rules.mayEnd(i) ? end[i] : FORBIDDEN;
            for (int j = 0; j < tags; j++) {
                transitions[i * tags + j] = rules.mayFollow(i, j) ? transitions[i * tags + j] : FORBIDDEN;
            }
        }
    }

    /** log Z of the sequence at a position; 0 for one without a time step. */
    double logPartition(int position) {
        return logZ[position];
    }

    /** What a path scores: its emissions, transitions, start and end. */
    double score(int position, int[] path) {
        double score = 0;
        int length = layout.length(position);
        for (int t = 0; t < length; t++) {
            int row = layout.rowOffset(t) + position;
            int tag = path[row];
            score += t == 0 ? start[tag] : transitions[path[layout.rowOffset(t - 1) + position] * tags + tag];
            score += emissions.data()[emissions.offset() + row * tags + tag];
            score += t == length - 1 ? end[tag] : 0;
        }
        return score;
    }

    void forward() {
        for (int t = 0; t < layout.steps(); t++) {
            int alive = layout.alive(t);
            int from = emissions.offset() + layout.rowOffset(t) * tags;
            int to = alphaAt(t);
            if (t == 0) {
                kernels.broadcastRow(alive, tags, start, 0, alpha.data(), to, tags);
            } else {
                conditionals(t);
                int s = sumsAt(t);
                kernels.log(alive * tags, sums.data(), s, alpha.data(), to);
                kernels.add(alive * tags, maxima.data(), maxima.offset(), alpha.data(), to);
            }
            kernels.add(alive * tags, emissions.data(), from, alpha.data(), to);
            int next = t + 1 < layout.steps() ? layout.alive(t + 1) : 0;
            for (int position = 0; position < alive; position++) {
                shift(to + position * tags, position);
                if (position >= next) {
                    finish(to + position * tags, position);
                }
            }
        }
    }

    private int alphaAt(int t) {
        return alpha.offset() + layout.rowOffset(t) * tags;
    }

    private int sumsAt(int t) {
        return sums.offset() + layout.rowOffset(t) * tags;
    }

    /** Places the block of time step t and fills it with {@code c_t} before its division, which is by {@link #sums}. */
    private void conditionals(int t) {
        place(t);
        int alive = layout.alive(t);
        int width = alive * tags;
        float[] x = block.array();
        for (int i = 0; i < tags; i++) {
            for (int position = 0; position < alive; position++) {
                float before = alpha.data()[alphaAt(t - 1) + position * tags + i];
                int at = block.row(i) + position * tags;
                for (int j = 0; j < tags; j++) {
                    x[at + j] = before + transitions[i * tags + j];
                }
            }
        }
        System.arraycopy(x, block.offset(), maxima.data(), maxima.offset(), width);
        line.place(maxima.data(), maxima.offset(), 0);
        kernels.max(tags, width, block, line, line);
        Arrays.fill(sums.data(), sumsAt(t), sumsAt(t) + width, 0);
        kernels.shiftedExp(tags, width, block, maxima.data(), maxima.offset(), sums.data(), sumsAt(t));
    }

    private void place(int t) {
        int at = blocks.offset() + (kept ? layout.rowOffset(t) * tags * tags : 0);
        block.place(blocks.data(), at, layout.alive(t) * tags);
    }

    /** Makes the largest element 0. */
    private void shift(int at, int position) {
        float most = largest(alpha.data(), at);
        for (int j = 0; j < tags; j++) {
            alpha.data()[at + j] -= most;
        }
        logZ[position] += most;
    }

    /** Makes log Z and the probabilities of the last tag. */
    private void finish(int at, int position) {
        int to = last.offset() + position * tags;
        float[] p = last.data();
        for (int j = 0; j < tags; j++) {
            p[to + j] = alpha.data()[at + j] + end[j];
        }
        float most = largest(p, to);
        float sum = 0;
        for (int j = 0; j < tags; j++) {
            p[to + j] = Elementary.exp(p[to + j] - most);
            sum += p[to + j];
        }
        for (int j = 0; j < tags; j++) {
            p[to + j] /= sum;
        }
        logZ[position] += (double) most + Elementary.log(sum);
    }

    private float largest(float[] x, int at) {
        float most = x[at];
        for (int j = 1; j < tags; j++) {
            most = x[at + j] > most ? x[at + j] : most;
        }
        return most;
    }

    /** What sees the probabilities on the way back. */
    interface Visitor {
        /**
         * The probabilities of the tags at a time step.
         *
         * @param p {@code [alive, K]} times the mass; to be read only
         */
        void tags(int t, int alive, Slice p);

        /**
         * The probabilities of pairs of tags at a time step and the one before.
         *
         * @param pairs row i holds, at {@code position K + j}, that of tag i before tag j, times the mass; may be overwritten
         */
        default void pairs(int t, int alive, Slice pairs) {}
    }

    /**
     * Goes back from the last time step to the first, after {@link #forward}.
     *
     * @param mass what the probabilities are multiplied with
     */
    void backward(float mass, Visitor visitor) {
        if (layout.steps() == 0) {
            return;
        }
        int widest = layout.alive(0) * tags;
        Tensor probabilities = workspace.take(widest);
        Tensor factors = workspace.take(widest);
        Slice p = Slice.of(probabilities.data(), probabilities.offset(), tags);
        Slice factor = Slice.of(factors.data(), factors.offset(), 0);
        int before = 0;
        for (int t = layout.steps() - 1; t >= 0; t--) {
            int alive = layout.alive(t);
            for (int i = before * tags; i < alive * tags; i++) {
                p.array()[p.offset() + i] = mass * last.data()[last.offset() + i];
            }
            before = alive;
            visitor.tags(t, alive, p);
            if (t > 0) {
                if (kept) {
                    place(t);
                } else {
                    conditionals(t);
                }
                line.place(sums.data(), sumsAt(t), 0);
                kernels.divide(1, alive * tags, p, line, factor);
                kernels.multiply(tags, alive * tags, block, factor, block);
                marginals(alive, mass, p);
                visitor.pairs(t, alive, block);
            }
        }
    }

    /** Sums the pairs over the later tag, and scales the sums to the mass. */
    private void marginals(int alive, float mass, Slice p) {
        float[] pairs = block.array();
        for (int position = 0; position < alive; position++) {
            int to = p.row(position);
            float all = 0;
            for (int i = 0; i < tags; i++) {
                int at = block.row(i) + position * tags;
                float sum = 0;
                for (int j = 0; j < tags; j++) {
                    sum += pairs[at + j];
                }
                p.array()[to + i] = sum;
                all += sum;
            }
            if (all != 0) {
                kernels.scale(tags, mass / all, p.array(), to);
            }
        }
    }
}
