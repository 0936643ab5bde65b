package io.carousel.layer;

import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The largest number of each column; the first of several that are equal, and not a number where any is none. */
final class MaxRun extends PoolingRun {
    MaxRun(String name, Kernels kernels, int width, Tensor... parts) {
        super(name, kernels, width, parts);
    }

    @Override
    void add(int rows, float[] x, int xOffset, float[] scores, int scoreOffset) {
        float[] largest = parts[1].data();
        for (int r = 0; r < rows; r++) {
            int from = xOffset + r * width;
            int to = parts[1].offset() + r * width;
            if (begun(r)) {
                for (int j = 0; j < width; j++) {
                    float value = x[from + j];
                    float best = largest[to + j];
                    largest[to + j] = value > best || Float.isNaN(value) ? value : best;
                }
            } else {
                System.arraycopy(x, from, largest, to, width);
            }
        }
    }

    @Override
    void read(int row, float[] x, int xOffset, float[] y, int yOffset) {
        System.arraycopy(parts[1].data(), parts[1].offset() + row * width, y, yOffset, width);
    }

    @Override
    void backward(BatchLayout layout, Tensor[] before, Variable x, @Nullable Variable scores, Tensor y, Tensor dy) {
        Tensor dx = x.gradient();
        Tensor value = x.value();
        boolean[] found = new boolean[layout.sequences() * width];
        for (int p = 0; p < layout.sequences(); p++) {
            for (int j = 0; j < width && before[0].at(p, 0) > 0; j++) {
                found[p * width + j] = before[1].at(p, j) == y.at(p, j);
            }
        }
        for (int t = 0; t < layout.steps(); t++) {
            for (int p = 0; p < layout.alive(t); p++) {
                int row = (layout.rowOffset(t) + p) * width;
                for (int j = 0; j < width; j++) {
                    int at = p * width + j;
                    if (!found[at] && value.data()[value.offset() + row + j] == y.data()[y.offset() + at]) {
                        found[at] = true;
                        dx.data()[dx.offset() + row + j] += dy.data()[dy.offset() + at];
                    }
                }
            }
        }
    }
}
