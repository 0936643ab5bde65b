package io.carousel.layer;

import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The mean of the rows: their sum in the order of time, times one over their number. */
final class MeanRun extends PoolingRun {
    MeanRun(String name, Kernels kernels, int width, Tensor... parts) {
        super(name, kernels, width, parts);
    }

    @Override
    void add(int rows, float[] x, int xOffset, float[] scores, int scoreOffset) {
        for (int r = 0; r < rows; r++) {
            if (parts[0].data()[parts[0].offset() + r] >= MOST_STEPS) {
                throw new IllegalStateException("mean of " + name + " must be of at most " + (int) MOST_STEPS
                        + " time steps, got one more; reset the state");
            }
        }
        kernels.add(rows * width, x, xOffset, parts[1].data(), parts[1].offset());
    }

    @Override
    void read(int row, float[] x, int xOffset, float[] y, int yOffset) {
        System.arraycopy(parts[1].data(), parts[1].offset() + row * width, y, yOffset, width);
        kernels.scale(width, share(row), y, yOffset);
    }

    private float share(int row) {
        return 1 / parts[0].data()[parts[0].offset() + row];
    }

    @Override
    void backward(BatchLayout layout, Tensor[] before, Variable x, @Nullable Variable scores, Tensor y, Tensor dy) {
        Tensor dx = x.gradient();
        for (int t = 0; t < layout.steps(); t++) {
            for (int p = 0; p < layout.alive(t); p++) {
                int to = dx.offset() + (layout.rowOffset(t) + p) * width;
                kernels.axpy(width, share(p), dy.data(), dy.offset() + p * width, dx.data(), to);
            }
        }
    }
}
