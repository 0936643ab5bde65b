package io.carousel.layer;

import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The weighted mean of attention. Numerators are relative to the largest score so far; when a larger one comes, what was added
 * is scaled down.
 *
 * <pre>{@code
 * m' = max(m, e)     c = e^(m - m')     w = e^(e - m')
 * total' = c total + w                  sum' = c sum + w x          y = sum / total
 * dx_t = a_t dy      de_t = a_t dy · (x_t - y)                      a_t = e^(e_t - m_T) / total_T
 * }</pre>
 */
final class AttentionRun extends PoolingRun {
    /** The exponentials of a step: those of what was there, then those of the new rows. */
    private final float[] factors;

    AttentionRun(String name, Kernels kernels, int width, Tensor... parts) {
        super(name, kernels, width, parts);
        factors = new float[2 * parts[0].rows()];
    }

    @Override
    void add(int rows, float[] x, int xOffset, float[] scores, int scoreOffset) {
        float[] most = parts[1].data();
        int mostOffset = parts[1].offset();
        for (int r = 0; r < rows; r++) {
            float score = scores[scoreOffset + r];
            float before = begun(r) ? most[mostOffset + r] : score;
            float now = score > before ? score : before;
            factors[r] = before - now;
            factors[rows + r] = score - now;
            most[mostOffset + r] = now;
        }
        kernels.exp(2 * rows, factors, 0, factors, 0);
        float[] total = parts[2].data();
        int totalOffset = parts[2].offset();
        for (int r = 0; r < rows; r++) {
            total[totalOffset + r] = Math.fma(total[totalOffset + r], factors[r], factors[rows + r]);
            int sum = parts[3].offset() + r * width;
            kernels.scale(width, factors[r], parts[3].data(), sum);
            kernels.axpy(width, factors[rows + r], x, xOffset + r * width, parts[3].data(), sum);
        }
    }

    @Override
    void read(int row, float[] x, int xOffset, float[] y, int yOffset) {
        System.arraycopy(parts[3].data(), parts[3].offset() + row * width, y, yOffset, width);
        kernels.scale(width, 1 / parts[2].data()[parts[2].offset() + row], y, yOffset);
    }

    @Override
    void backward(BatchLayout layout, Tensor[] before, Variable x, @Nullable Variable scores, Tensor y, Tensor dy) {
        Variable e = Objects.requireNonNull(scores);
        Tensor value = x.value();
        float[] along = new float[layout.sequences()];
        for (int p = 0; p < along.length; p++) {
            along[p] = kernels.dot(width, dy.data(), dy.offset() + p * width, y.data(), y.offset() + p * width);
        }
        for (int t = 0; t < layout.steps(); t++) {
            int alive = layout.alive(t);
            int first = layout.rowOffset(t);
            for (int p = 0; p < alive; p++) {
                factors[p] = e.value().data()[e.value().offset() + first + p] - parts[1].data()[parts[1].offset() + p];
            }
            kernels.exp(alive, factors, 0, factors, 0);
            for (int p = 0; p < alive; p++) {
                float share = factors[p] / parts[2].data()[parts[2].offset() + p];
                int from = dy.offset() + p * width;
                int at = (first + p) * width;
                if (x.needsGradient()) {
                    Tensor dx = x.gradient();
                    kernels.axpy(width, share, dy.data(), from, dx.data(), dx.offset() + at);
                }
                if (e.needsGradient()) {
                    float slope = kernels.dot(width, dy.data(), from, value.data(), value.offset() + at);
                    Tensor de = e.gradient();
                    de.data()[de.offset() + first + p] += share * (slope - along[p]);
                }
            }
        }
    }
}
