package io.carousel.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * An arena of {@code float[]} that belongs to one worker or session.
 *
 * <p>Tensors are taken one after the other and all given back at once with {@link #reset}. When a round needed more than
 * one block, the next round gets one block of what the largest round so far needed, so that in steady state nothing large is
 * allocated and nothing is held in vain. Not thread-safe.
 */
public final class Workspace {
    private static final int SMALLEST_BLOCK = 1 << 12;
    private static final int LARGEST_BLOCK = 1 << 28;
    /** Sixteen floats are a cache line: tensors start at multiples of it. */
    private static final int ALIGNMENT = 16;

    private final List<float[]> blocks = new ArrayList<>();
    private int block;
    private int used;
    private long taken;
    private long most;

    /** A tensor whose content is whatever the last round left there. */
    public Tensor take(Shape shape) {
        int size = (shape.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        while (block < blocks.size() && used > blocks.get(block).length - size) {
            block++;
            used = 0;
        }
        if (block == blocks.size()) {
            long wanted = Math.max(size, Math.min(LARGEST_BLOCK, Math.max(SMALLEST_BLOCK, capacity())));
            blocks.add(new float[(int) wanted]);
            used = 0;
        }
        Tensor tensor = new Tensor(shape, blocks.get(block), used);
        used += size;
        taken += size;
        return tensor;
    }

    /** A tensor whose content is whatever the last round left there. */
    public Tensor take(int... dims) {
        return take(Shape.of(dims));
    }

    /** A tensor whose content is whatever the last round left there. */
    public Tensor take(int rows, int columns) {
        return take(Shape.of(rows, columns));
    }

    /** A tensor of zeros. */
    public Tensor zeros(int... dims) {
        return zeros(Shape.of(dims));
    }

    /** A tensor of zeros. */
    public Tensor zeros(int rows, int columns) {
        return zeros(Shape.of(rows, columns));
    }

    private Tensor zeros(Shape shape) {
        Tensor tensor = take(shape);
        tensor.fill(0);
        return tensor;
    }

    /** Gives everything back: tensors taken before must not be used any more. */
    public void reset() {
        most = Math.max(most, taken);
        if (block > 0 && most <= LARGEST_BLOCK) {
            blocks.clear();
            blocks.add(new float[(int) most]);
        }
        block = 0;
        used = 0;
        taken = 0;
    }

    /** The floats of this round's tensors, each rounded up to the next cache line. */
    public long taken() {
        return taken;
    }

    /** The floats held, used or not. */
    public long capacity() {
        long sum = 0;
        for (float[] held : blocks) {
            sum += held.length;
        }
        return sum;
    }
}
