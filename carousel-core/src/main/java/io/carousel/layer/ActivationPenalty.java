package io.carousel.layer;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;

/**
 * What outputs cost by their size and by their change from one time step to the next.
 *
 * <pre>{@code
 * α / (N H) Σ h²  +  β / (P H) Σ (h_t - h_{t-1})²
 * }</pre>
 *
 * <p>N counts the rows and P the pairs of neighbouring time steps of all sequences. See {@link Regularization}.
 */
final class ActivationPenalty {
    private ActivationPenalty() {}

    /** The penalty as a scalar. */
    static Variable of(Tape tape, Flow flow, Regularization regularization) {
        Kernels kernels = tape.kernels();
        Variable outputs = flow.rows();
        Tensor h = outputs.value();
        BatchLayout layout = flow.layout();
        int pairs = layout.rows() - (layout.steps() == 0 ? 0 : layout.alive(0));
        double size = factor(regularization.activationPenalty(), h.size());
        double change = factor(regularization.temporalPenalty(), (long) pairs * h.columns());
        Tensor changes = tape.workspace().take(change > 0 ? pairs : 0, h.columns());
        double sum = 0;
        if (size > 0) {
            sum += size * kernels.dot(h.size(), h.data(), h.offset(), h.data(), h.offset());
        }
        if (change > 0) {
            subtractNeighbours(kernels, layout, h, changes);
            sum += change
                    * kernels.dot(changes.size(), changes.data(), changes.offset(), changes.data(), changes.offset());
        }
        Tensor scalar = tape.workspace().take(Shape.of());
        scalar.data()[scalar.offset()] = (float) sum;
        return tape.record(
                scalar,
                gradient -> {
                    float slope = gradient.data()[gradient.offset()];
                    Tensor dh = outputs.gradient();
                    if (size > 0) {
                        kernels.axpy(
                                h.size(), (float) (2 * size * slope), h.data(), h.offset(), dh.data(), dh.offset());
                    }
                    if (change > 0) {
                        addNeighbours(kernels, layout, (float) (2 * change * slope), changes, dh);
                    }
                },
                outputs);
    }

    private static double factor(double penalty, long terms) {
        return terms == 0 ? 0 : penalty / terms;
    }

    /** {@code changes = h_t - h_{t-1}} for t = 1, 2, …; the rows of a time step stand where those of h would without t = 0. */
    private static void subtractNeighbours(Kernels kernels, BatchLayout layout, Tensor h, Tensor changes) {
        int columns = h.columns();
        Slice now = h.slice();
        Slice before = h.slice();
        Slice change = changes.slice();
        for (int t = 1; t < layout.steps(); t++) {
            int row = layout.rowOffset(t);
            now.place(h.data(), h.offset() + row * columns, columns);
            before.place(h.data(), h.offset() + layout.rowOffset(t - 1) * columns, columns);
            change.place(changes.data(), changes.offset() + (row - layout.alive(0)) * columns, columns);
            kernels.subtract(layout.alive(t), columns, now, before, change);
        }
    }

    private static void addNeighbours(Kernels kernels, BatchLayout layout, float factor, Tensor changes, Tensor dh) {
        int columns = dh.columns();
        kernels.axpy(
                changes.size(),
                factor,
                changes.data(),
                changes.offset(),
                dh.data(),
                dh.offset() + layout.alive(0) * columns);
        for (int t = 1; t < layout.steps(); t++) {
            kernels.axpy(
                    layout.alive(t) * columns,
                    -factor,
                    changes.data(),
                    changes.offset() + (layout.rowOffset(t) - layout.alive(0)) * columns,
                    dh.data(),
                    dh.offset() + layout.rowOffset(t - 1) * columns);
        }
    }
}
