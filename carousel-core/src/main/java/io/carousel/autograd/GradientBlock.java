package io.carousel.autograd;

/** Some neighbouring weights of a {@link GradientSum}: summed, and afterwards read, by one thread at a time. */
public abstract class GradientBlock {
    private final float[] total;
    private final int from;
    private final int to;

    GradientBlock(float[] total, int from, int to) {
        this.total = total;
        this.from = from;
        this.to = to;
    }

    /** Something to be done with the weights [from, to). */
    @FunctionalInterface
    public interface Range {
        void run(int from, int to);
    }

    /** The first weight. */
    public final int from() {
        return from;
    }

    /** The weight after the last. */
    public final int to() {
        return to;
    }

    final float[] total() {
        return total;
    }

    /**
     * Adds what shards have of these weights, in their order.
     *
     * @param count the shards, of which there may be more in later calls
     * @param first whether the sum starts anew
     * @param last whether these are the last; the sum is undefined until then
     */
    public abstract void add(ShardGradient[] shards, int count, boolean first, boolean last);

    /** Whether the sum is known to be zero at all weights [first, end) of the block. */
    public abstract boolean isZero(int first, int end);

    /** Says that the sum was written over, also where it was known to be zero; before the next one starts. */
    public abstract void overwritten();

    /** Does something with all weights whose sum is not known to be zero, in ascending order. */
    public abstract void forEachRange(Range action);
}
