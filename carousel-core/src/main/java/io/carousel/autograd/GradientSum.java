package io.carousel.autograd;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.Lender;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum of the gradients of shards, in their order, made block by block.
 *
 * <p>For each weight it is a chain, {@code ((g0 + g1) + g2) + …}, of which each term is what a tape that adds at once would
 * have left for that shard. The gradient of a large matrix is first computed here: where it is zero is not stored, and a
 * product is not stored for each shard but made, for some rows of the matrix at a time, where it is added. Blocks may be summed
 * by any threads; what they give does not depend on how the weights are cut into blocks, nor on how many shards are summed at a
 * time.
 */
public final class GradientSum {
    /** A matrix of fewer weights has a whole gradient in each shard, which stays in the second cache. */
    public static final int LARGE = 1 << 18;
    /** Weights of a block: those of a product and the gradient of another shard stay in the second cache. */
    private static final int BLOCK = 1 << 17;
    /** Weights of a block of small parameters. */
    private static final int SMALL_BLOCK = 1 << 14;
    /** Rows of a product are best cut at multiples of this. */
    private static final int ROWS = 16;

    private final Parameters parameters;
    private final Kernels kernels;
    private final boolean[] isLarge;
    private final float[] total;
    private final List<GradientBlock> blocks = new ArrayList<>();
    private final Lender<float[]> scratch = new Lender<>();

    /** A sum for these parameters. */
    public GradientSum(Parameters parameters, Kernels kernels) {
        this(parameters, kernels, LARGE, BLOCK);
    }

    GradientSum(Parameters parameters, Kernels kernels, int largeSize, int blockSize) {
        this.parameters = parameters;
        this.kernels = kernels;
        total = new float[parameters.size()];
        isLarge = new boolean[parameters.list().size()];
        for (Parameter parameter : parameters.list()) {
            isLarge[parameter.index()] =
                    parameter.shape().rank() > 1 && parameter.shape().size() >= largeSize;
        }
        cut(blockSize);
    }

    private void cut(int blockSize) {
        int smallBefore = 0;
        List<Parameter> list = parameters.list();
        int i = 0;
        while (i < list.size()) {
            Parameter parameter = list.get(i);
            if (isLarge[i]) {
                i++;
                int columns = parameter.tensor().columns();
                int rows = Math.max(ROWS, blockSize / columns / ROWS * ROWS);
                for (int row = 0; row < parameter.tensor().rows(); row += rows) {
                    int end = Math.min(parameter.tensor().rows(), row + rows);
                    blocks.add(new LargeBlock(total, parameter, row, end, kernels, scratch));
                }
                continue;
            }
            int from = parameter.offset();
            int end = from;
            while (i < list.size() && !isLarge[i]) {
                end += list.get(i++).shape().size();
            }
            int shift = smallBefore - from;
            smallBefore += end - from;
            while (from < end) {
                int to = Math.min(end, (from / SMALL_BLOCK + 1) * SMALL_BLOCK);
                blocks.add(new SmallBlock(total, from, to, shift, kernels));
                from = to;
            }
        }
    }

    /** The gradient of a shard, for a tape to begin with; it may be used again when its sum has been made. */
    public ShardGradient shard() {
        return new ShardGradient(parameters, kernels, isLarge);
    }

    /** The number of blocks, which together are all weights. */
    public int blocks() {
        return blocks.size();
    }

    public GradientBlock block(int index) {
        return blocks.get(index);
    }

    /** The sum, parallel to {@link Parameters#values}, shared and not copied. */
    public float[] total() {
        return total;
    }

    /** Weights of which each shard has the gradient. */
    private static final class SmallBlock extends GradientBlock {
        private final int shift;
        private final Kernels kernels;

        /**
         * A block.
         *
         * @param shift from the place of a weight in the sum to that in {@link ShardGradient#small}
         */
        SmallBlock(float[] total, int from, int to, int shift, Kernels kernels) {
            super(total, from, to);
            this.shift = shift;
            this.kernels = kernels;
        }

        @Override
        public void add(ShardGradient[] shards, int count, boolean first, boolean last) {
            int n = to() - from();
            for (int i = 0; i < count; i++) {
                float[] small = shards[i].small();
                if (first && i == 0) {
                    System.arraycopy(small, from() + shift, total(), from(), n);
                } else {
                    kernels.add(n, small, from() + shift, total(), from());
                }
            }
        }

        @Override
        public boolean isZero(int first, int end) {
            return false;
        }

        @Override
        public void overwritten() {}

        @Override
        public void forEachRange(Range action) {
            action.run(from(), to());
        }
    }
}
