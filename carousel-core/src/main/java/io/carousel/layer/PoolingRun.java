package io.carousel.layer;

import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Pooling at work on several sequences: it takes one time step at a time, in a batch as in a stream, and so gives the same
 * bits.
 *
 * <p>Rows of its parts are sequences by position. Belongs to one thread.
 */
abstract class PoolingRun {
    /** Whole numbers are exact in a float up to here. */
    static final float MOST_STEPS = 1 << 24;

    final String name;
    final Kernels kernels;
    final int width;
    /** {@code [rows, size]} each; the first holds the numbers of time steps so far. */
    final Tensor[] parts;

    PoolingRun(String name, Kernels kernels, int width, Tensor... parts) {
        this.name = name;
        this.kernels = kernels;
        this.width = width;
        this.parts = parts;
    }

    static PoolingRun of(PoolingSpec spec, int width, Kernels kernels, Tensor... parts) {
        return switch (spec.kind()) {
            case LAST -> new EndsRun(spec.name(), kernels, width, spec.firstColumns(width), parts);
            case MEAN -> new MeanRun(spec.name(), kernels, width, parts);
            case MAX -> new MaxRun(spec.name(), kernels, width, parts);
            case ATTENTION -> new AttentionRun(spec.name(), kernels, width, parts);
        };
    }

    /**
     * One time step of the first {@code rows} sequences.
     *
     * @param x {@code [rows, F]}
     * @param scores {@code [rows]} for attention, else not read
     */
    final void step(int rows, float[] x, int xOffset, float[] scores, int scoreOffset) {
        add(rows, x, xOffset, scores, scoreOffset);
        float[] steps = parts[0].data();
        for (int r = parts[0].offset(); r < parts[0].offset() + rows; r++) {
            steps[r] = Math.min(MOST_STEPS, steps[r] + 1);
        }
    }

    /** Whether a sequence has had a time step. */
    final boolean begun(int row) {
        return parts[0].data()[parts[0].offset() + row] > 0;
    }

    abstract void add(int rows, float[] x, int xOffset, float[] scores, int scoreOffset);

    /**
     * What a sequence comes to.
     *
     * @param x {@code [F]}: its last time step
     * @param y {@code [F]} out
     */
    abstract void read(int row, float[] x, int xOffset, float[] y, int yOffset);

    /**
     * Adds the derivatives of what a batch came to. Every sequence of it has a time step.
     *
     * @param before the parts as they were before the batch
     * @param x {@code [N, F]}
     * @param scores {@code [N, 1]} for attention, else null
     * @param y {@code [B, F]}, what the batch came to, by position
     * @param dy {@code [B, F]}
     */
    abstract void backward(
            BatchLayout layout, Tensor[] before, Variable x, @Nullable Variable scores, Tensor y, Tensor dy);
}
