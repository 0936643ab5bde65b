package io.carousel.layer;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.CellStep;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states of one cell before and after all time steps of a ragged batch, and the gradient that is carried back through them.
 *
 * <p>Each part is one array, {@code [B + N, size]}: the state before the first time step, by position, stands just before the states
 * of the time steps, so that the state before is always another offset.
 */
final class RunStates {
    private final Tape tape;
    private final BatchLayout layout;
    private final List<StatePart> parts;
    private final @Nullable List<Variable> initial;
    private final List<Tensor> states = new ArrayList<>();
    private final List<Variable> last = new ArrayList<>();
    private List<Tensor> carried = List.of();

    /**
     * Places the state before the first time step.
     *
     * @param initial for each part {@code [B, size]} in the caller's order; null for zeros
     * @throws IllegalArgumentException when a shape does not fit
     */
    RunStates(Tape tape, BatchLayout layout, List<StatePart> parts, @Nullable List<Variable> initial) {
        if (initial != null) {
            require(parts, initial, layout.sequences());
        }
        this.tape = tape;
        this.layout = layout;
        this.parts = parts;
        this.initial = initial;
        for (StatePart part : parts) {
            states.add(tape.workspace().take(layout.sequences() + layout.rows(), part.size()));
        }
        placeInitial();
    }

    private static void require(List<StatePart> parts, List<Variable> initial, int sequences) {
        if (initial.size() != parts.size()) {
            throw new IllegalArgumentException("initial state must have the parts " + parts + ", got " + initial.size()
                    + " tensors; give one for each part, in that order");
        }
        for (int p = 0; p < parts.size(); p++) {
            Tensor value = initial.get(p).value();
            if (value.rows() != sequences || value.columns() != parts.get(p).size()) {
                throw new IllegalArgumentException("initial " + parts.get(p).name() + " must have shape [B, size] = ["
                        + sequences + ", " + parts.get(p).size() + "], got " + value.shape());
            }
        }
    }

    private void placeInitial() {
        for (int p = 0; p < states.size(); p++) {
            Tensor state = states.get(p);
            if (initial == null) {
                state.rowRange(0, layout.sequences()).fill(0);
                continue;
            }
            Tensor given = initial.get(p).value();
            for (int index = 0; index < layout.sequences(); index++) {
                copyRow(given, index, state, layout.position(index));
            }
        }
    }

    /** Points a step at the state before a time step and at that after it. */
    void place(CellStep step, int t) {
        int next = layout.sequences() + layout.rowOffset(t);
        for (int p = 0; p < states.size(); p++) {
            Tensor state = states.get(p);
            step.previous(p).place(state.data(), state.offset() + rowBefore(t) * state.columns(), state.columns());
            step.next(p).place(state.data(), state.offset() + next * state.columns(), state.columns());
        }
    }

    private int rowBefore(int t) {
        return t == 0 ? 0 : layout.sequences() + layout.rowOffset(t - 1);
    }

    /** A part after all time steps, {@code [N, size]}. */
    Tensor after(int part) {
        return states.get(part).rowRange(layout.sequences(), layout.rows());
    }

    /** All parts after all time steps. */
    List<Tensor> after() {
        List<Tensor> all = new ArrayList<>();
        for (int p = 0; p < states.size(); p++) {
            all.add(after(p));
        }
        return all;
    }

    /** The output before a time step. */
    Slice outputBefore(int t) {
        Tensor state = states.get(0);
        return Slice.of(state.data(), state.offset() + rowBefore(t) * state.columns(), state.columns());
    }

    /** A part of the state before each time step, row for row beside the activations; copied only for a ragged batch. */
    Slice before(int part) {
        Tensor state = states.get(part);
        if (layout.uniform()) {
            return state.rowRange(0, layout.rows()).slice();
        }
        int columns = state.columns();
        Tensor copy = tape.workspace().take(layout.rows(), columns);
        for (int t = 0; t < layout.steps(); t++) {
            System.arraycopy(
                    state.data(),
                    state.offset() + rowBefore(t) * columns,
                    copy.data(),
                    copy.offset() + layout.rowOffset(t) * columns,
                    layout.alive(t) * columns);
        }
        return copy.slice();
    }

    /** After the last time step: the state after each sequence's last, in the caller's order. */
    List<Variable> finish() {
        for (Tensor state : states) {
            last.add(tape.variable(gatherFinal(state)));
        }
        return last;
    }

    private Tensor gatherFinal(Tensor state) {
        Tensor last = tape.workspace().take(layout.sequences(), state.columns());
        for (int index = 0; index < layout.sequences(); index++) {
            copyRow(state, lastRow(layout.position(index)), last, index);
        }
        return last;
    }

    private int lastRow(int position) {
        int length = layout.length(position);
        return length == 0 ? position : layout.sequences() + layout.rowOffset(length - 1) + position;
    }

    // ---------------------------------------------------------------- backward

    /** Whether anything has asked for a gradient of the last states. */
    boolean finalHaveGradient() {
        return last.stream().anyMatch(Variable::hasGradient);
    }

    /** Begins what is carried back, of each part {@code [B, size]} by position, with the gradients of the last states. */
    void carryFinalGradients(CellStep step) {
        carried = new ArrayList<>();
        for (int p = 0; p < parts.size(); p++) {
            carried.add(scatterFinalGradient(last.get(p)));
            step.gradient(p)
                    .place(
                            carried.get(p).data(),
                            carried.get(p).offset(),
                            parts.get(p).size());
        }
    }

    /** What is carried back, of each part {@code [B, size]} by position. */
    List<Tensor> carried() {
        return carried;
    }

    private Tensor scatterFinalGradient(Variable last) {
        Tensor gradient =
                tape.workspace().zeros(layout.sequences(), last.value().columns());
        if (last.hasGradient()) {
            for (int index = 0; index < layout.sequences(); index++) {
                copyRow(last.gradient(), index, gradient, layout.position(index));
            }
        }
        return gradient;
    }

    /** After the first time step: adds what was carried back to the gradients of the initial state. */
    void addInitialGradients() {
        if (initial == null) {
            return;
        }
        for (int p = 0; p < parts.size(); p++) {
            if (initial.get(p).needsGradient()) {
                Tensor target = initial.get(p).gradient();
                int size = target.columns();
                for (int index = 0; index < layout.sequences(); index++) {
                    tape.kernels()
                            .add(
                                    size,
                                    carried.get(p).data(),
                                    carried.get(p).offset() + layout.position(index) * size,
                                    target.data(),
                                    target.offset() + index * size);
                }
            }
        }
    }

    private static void copyRow(Tensor from, int fromRow, Tensor to, int toRow) {
        int columns = from.columns();
        System.arraycopy(
                from.data(), from.offset() + fromRow * columns, to.data(), to.offset() + toRow * columns, columns);
    }
}
