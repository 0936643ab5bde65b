package io.carousel.layer;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.cell.CellInput;
import io.carousel.cell.CellStep;
import io.carousel.cell.StatePart;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One cell of the direct path. The state is kept twice: the cell reads one copy and writes the other. */
final class PassStepper {
    private final Kernels kernels;
    private final Pass pass;
    private final @Nullable Slice[] zoneout;
    private final List<StatePart> parts;
    private final int capacity;
    private final CellInput inputs;
    private final CellInput joined;
    private final CellStep step;
    private final int cellPart;
    private final float cellLimit;
    private final int activationWidth;
    private final int savedWidth;
    private final float[] activations;
    private final float[] saved;
    private float[][] current;
    private float[][] other;
    private int held;

    PassStepper(Kernels kernels, Pass pass, Parameters parameters, int rows) {
        List<Parameter> weights = pass.weights(parameters);
        this.kernels = kernels;
        this.pass = pass;
        this.zoneout = Zoneout.rates(pass.regularization(), pass.cell());
        this.parts = pass.state();
        this.capacity = rows;
        this.held = rows;
        inputs = new CellInput(kernels, pass.form(), weights);
        step = new CellStep(kernels, pass.form(), weights);
        joined = rows == 1 && pass.cell().beginsWithRecurrentProduct() ? joined(kernels, pass, weights) : inputs;
        step.clipActivations((float) pass.clip().activation());
        cellLimit = (float) pass.clip().cell();
        cellPart = cellLimit > 0 ? Clip.part(pass.cell()) : -1;
        activationWidth = pass.form().activationWidth();
        savedWidth = pass.form().savedWidth();
        activations = new float[Math.multiplyExact(rows, activationWidth)];
        saved = new float[Math.multiplyExact(rows, savedWidth)];
        current = new float[parts.size()][];
        other = new float[parts.size()][];
        for (int p = 0; p < parts.size(); p++) {
            current[p] = new float[Math.multiplyExact(rows, parts.get(p).size())];
            other[p] = new float[current[p].length];
        }
    }

    /** Inputs whose products wait for those of {@link #step}. */
    private CellInput joined(Kernels kernels, Pass pass, List<Parameter> weights) {
        CellInput waiting = new CellInput(kernels, pass.form(), weights);
        step.join(waiting);
        return waiting;
    }

    /** Feeds the first {@code rows} sequences one time step each. */
    void step(int rows, float[] x, int xOffset) {
        prepare(joined, rows, x, xOffset, activations, 0, saved, 0);
        advance(rows);
    }

    /** The part of a step that needs no state: writes activations and saved values of the input to the caller's arrays. */
    void prepare(
            int rows,
            float[] x,
            int xOffset,
            float[] activationRows,
            int activationOffset,
            float[] savedRows,
            int savedOffset) {
        prepare(inputs, rows, x, xOffset, activationRows, activationOffset, savedRows, savedOffset);
    }

    private void prepare(
            CellInput input,
            int rows,
            float[] x,
            int xOffset,
            float[] activationRows,
            int activationOffset,
            float[] savedRows,
            int savedOffset) {
        input.place(rows, activationRows, activationOffset, savedRows, savedOffset);
        input.placeInput(x, xOffset);
        pass.cell().input(input);
    }

    /** The rest of a step of one sequence, from what {@link #prepare} wrote, which is kept. */
    void advanceFrom(float[] activationRows, int activationOffset, float[] savedRows, int savedOffset) {
        System.arraycopy(activationRows, activationOffset, activations, 0, activations.length);
        System.arraycopy(savedRows, savedOffset, saved, 0, saved.length);
        advance(1);
    }

    private void advance(int rows) {
        step.place(rows, activations, 0, saved, 0);
        for (int p = 0; p < current.length; p++) {
            int size = parts.get(p).size();
            step.previous(p).place(current[p], 0, size);
            step.next(p).place(other[p], 0, size);
        }
        pass.cell().step(step);
        step.requireJoined();
        zoneOut(rows);
        if (cellPart >= 0) {
            kernels.clip(rows, parts.get(cellPart).size(), cellLimit, step.next(cellPart), step.next(cellPart));
        }
        keepOthers(rows);
        float[][] swap = current;
        current = other;
        other = swap;
    }

    /** {@link Zoneout} as in every prediction. */
    private void zoneOut(int rows) {
        for (int p = 0; p < zoneout.length; p++) {
            Slice rate = zoneout[p];
            if (rate != null) {
                kernels.mix(rows, parts.get(p).size(), rate, step.previous(p), step.next(p), step.next(p));
            }
        }
    }

    /** Sequences that are not fed now keep their state. */
    private void keepOthers(int rows) {
        for (int p = 0; p < current.length; p++) {
            int size = parts.get(p).size();
            System.arraycopy(current[p], rows * size, other[p], rows * size, (held - rows) * size);
        }
    }

    float[] output() {
        return current[0];
    }

    int outputSize() {
        return pass.cell().hiddenSize();
    }

    int activationWidth() {
        return activationWidth;
    }

    int savedWidth() {
        return savedWidth;
    }

    void load(State state) {
        held = capacity;
        for (int p = 0; p < parts.size(); p++) {
            float[] values = state.values(parts.get(p).name());
            System.arraycopy(values, 0, current[p], 0, values.length);
        }
    }

    void store(State state) {
        for (int p = 0; p < parts.size(); p++) {
            float[] values = state.values(parts.get(p).name());
            System.arraycopy(current[p], 0, values, 0, values.length);
        }
    }

    int gather(StateTable table, int column) {
        held = table.selected();
        int at = column;
        for (int p = 0; p < current.length; p++) {
            at = table.gather(at, parts.get(p).size(), current[p]);
        }
        return at;
    }

    int scatter(StateTable table, int column) {
        int at = column;
        for (int p = 0; p < current.length; p++) {
            at = table.scatter(at, parts.get(p).size(), current[p]);
        }
        return at;
    }
}
