package io.carousel.layer;

import io.carousel.autograd.Tape;
import io.carousel.cell.Cell;
import io.carousel.cell.CellStep;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Tensor;

/**
 * A bound on the cell after each time step: see {@link Clip}. The cell sees its own next state, backwards too; the next time
 * step sees the bounded one.
 */
final class CellClip implements StepHook {
    private final Kernels kernels;
    private final BatchLayout layout;
    private final float limit;
    private final int part;
    private final Tensor made;
    private final Slice unbounded = new Slice();
    private final Slice bounded = new Slice();

    CellClip(Tape tape, BatchLayout layout, Cell cell, double limit) {
        kernels = tape.kernels();
        this.layout = layout;
        this.limit = (float) limit;
        part = Clip.part(cell);
        made = tape.workspace().take(layout.rows(), cell.state().get(part).size());
    }

    /** The index of the part of the state. */
    int part() {
        return part;
    }

    /** What the cell made of the part in each time step, {@code [N, size]}. */
    Tensor made() {
        return made;
    }

    @Override
    public void place(CellStep step, int t) {
        Slice next = step.next(part);
        bounded.place(next.array(), next.offset(), next.stride());
        int size = made.columns();
        unbounded.place(made.data(), made.offset() + layout.rowOffset(t) * size, size);
        next.place(unbounded.array(), unbounded.offset(), size);
    }

    @Override
    public void afterStep(CellStep step) {
        kernels.clip(step.rows(), made.columns(), limit, unbounded, bounded);
    }

    @Override
    public void beforeBackward(CellStep step) {
        Slice gradient = step.gradient(part);
        kernels.clipGradient(step.rows(), made.columns(), limit, gradient, unbounded, gradient);
    }
}
