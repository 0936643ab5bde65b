package io.carousel.layer;

import io.carousel.autograd.Tape;
import io.carousel.cell.CellStep;
import io.carousel.data.BatchLayout;
import io.carousel.tensor.Tensor;

/** A bound on the inputs of activation functions, which are kept as they were for the derivative: see {@link Clip}. */
final class ActivationClip implements StepHook {
    private final BatchLayout layout;
    private final float limit;
    private final Tensor unclipped;

    /** @param width that of all activations of the cell */
    ActivationClip(Tape tape, BatchLayout layout, int width, double limit) {
        this.layout = layout;
        this.limit = (float) limit;
        unclipped = tape.workspace().take(layout.rows(), width);
    }

    @Override
    public void place(CellStep step, int t) {
        step.clipActivations(limit);
        step.keepUnclipped(unclipped.data(), unclipped.offset() + layout.rowOffset(t) * unclipped.columns());
    }
}
