package io.carousel.layer;

import io.carousel.autograd.Tape;
import io.carousel.cell.CellStep;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Tensor;

/**
 * Variational dropout of what the recurrent products read: one mask for all time steps of a sequence.
 *
 * <p>The masked outputs are kept row for row beside the activations, for the derivative of the recurrent weights.
 */
final class RecurrentMask implements StepHook {
    private final Kernels kernels;
    private final BatchLayout layout;
    private final Tensor mask;
    private final Tensor masked;
    private final Slice scratch;

    /**
     * A mask of one run.
     *
     * @param mask {@code [B, H]}, rows in the order of the layout
     */
    RecurrentMask(Tape tape, BatchLayout layout, Tensor mask) {
        this.kernels = tape.kernels();
        this.layout = layout;
        this.mask = mask;
        masked = tape.workspace().take(layout.rows(), mask.columns());
        scratch = tape.workspace().take(mask.shape()).slice();
    }

    /** {@code [N, H]}: what the recurrent products of all time steps read. */
    Slice masked() {
        return masked.slice();
    }

    @Override
    public void place(CellStep step, int t) {
        int size = mask.columns();
        step.maskRecurrent(scratch);
        step.mask().place(mask.data(), mask.offset(), size);
        step.masked().place(masked.data(), masked.offset() + layout.rowOffset(t) * size, size);
    }

    @Override
    public void beforeStep(CellStep step) {
        kernels.multiply(step.rows(), mask.columns(), step.previous(0), step.mask(), step.masked());
    }
}
