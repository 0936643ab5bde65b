package io.carousel.layer;

import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The row where the reading ended, of a layer that reads backward, too: the right columns of the first row, the left of the last. */
final class EndsRun extends PoolingRun {
    private final int firstColumns;
    private final int lastColumns;

    EndsRun(String name, Kernels kernels, int width, int firstColumns, Tensor... parts) {
        super(name, kernels, width, parts);
        this.firstColumns = firstColumns;
        lastColumns = width - firstColumns;
    }

    @Override
    void add(int rows, float[] x, int xOffset, float[] scores, int scoreOffset) {
        Tensor first = parts[1];
        for (int r = 0; r < rows; r++) {
            if (!begun(r)) {
                int from = xOffset + r * width + lastColumns;
                System.arraycopy(x, from, first.data(), first.offset() + r * firstColumns, firstColumns);
            }
        }
    }

    @Override
    void read(int row, float[] x, int xOffset, float[] y, int yOffset) {
        Tensor first = parts[1];
        System.arraycopy(x, xOffset, y, yOffset, lastColumns);
        System.arraycopy(first.data(), first.offset() + row * firstColumns, y, yOffset + lastColumns, firstColumns);
    }

    @Override
    void backward(BatchLayout layout, Tensor[] before, Variable x, @Nullable Variable scores, Tensor y, Tensor dy) {
        Tensor dx = x.gradient();
        for (int p = 0; p < layout.sequences(); p++) {
            int from = dy.offset() + p * width;
            int last = layout.rowOffset(layout.length(p) - 1) + p;
            kernels.add(lastColumns, dy.data(), from, dx.data(), dx.offset() + last * width);
            if (before[0].at(p, 0) == 0) {
                int to = dx.offset() + (layout.rowOffset(0) + p) * width + lastColumns;
                kernels.add(firstColumns, dy.data(), from + lastColumns, dx.data(), to);
            }
        }
    }
}
