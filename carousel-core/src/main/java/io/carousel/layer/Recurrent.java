package io.carousel.layer;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.RepeatedRows;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.Cell;
import io.carousel.cell.CellForm;
import io.carousel.cell.CellInput;
import io.carousel.cell.CellSequence;
import io.carousel.cell.CellStep;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One cell over all time steps of a ragged batch: one operation on the tape, with backpropagation through time as its
 * derivative.
 *
 * <p>The pre-activations that the inputs cause are one product for all time steps; only the recurrent part is inside the
 * time loop; the derivatives of the weights are products over all time steps after it. The state before the first time step
 * stands in the same array, just before the states of the time steps.
 *
 * <p>Source: Werbos, <i>Backpropagation through time: what it does and how to do it</i>, 1990.
 */
public final class Recurrent {
    private static final StepHook[] NO_HOOKS = {};

    private final CellForm form;
    private final Cell cell;
    private final DropConnect weights;
    private final Tape tape;
    private final BatchLayout layout;
    private final Variable input;
    private final @Nullable RepeatedRows repeated;
    private final @Nullable List<Variable> initial;
    private final List<StatePart> parts;
    private final Tensor activations;
    private final Tensor saved;
    private final List<Tensor> states = new ArrayList<>();
    private final @Nullable RecurrentMask mask;
    private final @Nullable Zoneout zoneout;
    private final @Nullable CellClip cellClip;
    private final StepHook[] hooks;
    private final @Nullable Observation observation;
    private final CellStep step;
    private final List<Variable> finalState = new ArrayList<>();
    private List<Tensor> carried = List.of();

    private Recurrent(
            CellForm form,
            Tape tape,
            Flow flow,
            @Nullable List<Variable> initial,
            Regularizers regularizers,
            Clip clip,
            @Nullable Observation observation) {
        this.observation = observation;
        this.form = form;
        cell = form.cell();
        this.weights = regularizers.dropConnect();
        this.tape = tape;
        this.layout = flow.layout();
        Flow masked = regularizers.input(tape, flow);
        this.input = masked.rows();
        this.repeated = masked.repeated();
        this.initial = initial;
        this.parts = form.state();
        Workspace workspace = tape.workspace();
        activations = workspace.take(layout.rows(), form.activationWidth());
        saved = workspace.take(layout.rows(), form.savedWidth());
        for (StatePart part : parts) {
            states.add(workspace.take(layout.sequences() + layout.rows(), part.size()));
        }
        mask = regularizers.mask(tape, layout);
        zoneout = regularizers.zoneout(tape, cell, layout);
        cellClip = clip.cell() > 0 ? new CellClip(tape, layout, cell, clip.cell()) : null;
        ActivationClip activationClip = clip.activation() > 0
                ? new ActivationClip(tape, layout, activations.columns(), clip.activation())
                : null;
        hooks = mask == null && zoneout == null && !clip.limits()
                ? NO_HOOKS
                : Stream.of(cellClip, activationClip, mask, zoneout)
                        .filter(Objects::nonNull)
                        .toArray(StepHook[]::new);
        step = new CellStep(tape.kernels(), form, weights.weights());
    }

    /**
     * The outputs of all time steps and the state after each sequence's last.
     *
     * @param outputs {@code [N, H]}
     * @param finalState for each part of the cell's state {@code [B, size]}, in the caller's order
     */
    public record Result(Variable outputs, List<Variable> finalState) {}

    /**
     * The floats that training with the cell keeps for each row of a batch, a time step of one sequence: activations, what the
     * cell saves, its state, and the gradient of the outputs. A ragged batch needs as many more as are copied to stand row for
     * row beside the activations, for most cells H.
     *
     * <p>Each sequence takes {@link #floatsPerSequence} besides, and inputs F for each row, twice with their gradient. All else
     * does not grow with the batch.
     */
    public static int floatsPerRow(CellForm form) {
        return form.activationWidth()
                + form.savedWidth()
                + stateWidth(form)
                + form.cell().hiddenSize();
    }

    /** The floats that training with the cell keeps for each sequence: its first state, its last, and a state's gradient. */
    public static int floatsPerSequence(CellForm form) {
        return 3 * stateWidth(form);
    }

    private static int stateWidth(CellForm form) {
        return form.state().stream().mapToInt(StatePart::size).sum();
    }

    /**
     * Runs the cell over a batch.
     *
     * @param weights in the order of {@link Cell#weights}
     * @param initial for each part of the cell's state {@code [B, size]} in the caller's order; null for zeros
     * @throws IllegalArgumentException when a shape does not fit the cell
     */
    public static Result run(
            Cell cell, List<Parameter> weights, Tape tape, Flow flow, @Nullable List<Variable> initial) {
        return run(CellForm.of(cell), tape, flow, initial, Regularizers.none(tape, weights), Clip.NONE, null);
    }

    /** Who sees a run, and as what. */
    record Observation(RunObserver observer, RunObserver.Run run) {}

    /** {@link #run(Cell, List, Tape, Flow, List)} with the weights and the masks of these regularisers, seen by someone. */
    static Result run(
            CellForm form,
            Tape tape,
            Flow flow,
            @Nullable List<Variable> initial,
            Regularizers regularizers,
            Clip clip,
            @Nullable Observation observation) {
        Tensor x = flow.rows().value();
        if (x.columns() != form.cell().inputSize()) {
            throw new IllegalArgumentException("input must have shape [F] = ["
                    + form.cell().inputSize() + "], got ["
                    + x.columns() + "]; check the features of the batch");
        }
        if (initial != null) {
            requireInitialState(form.state(), initial, flow.layout().sequences());
        }
        return new Recurrent(form, tape, flow, initial, regularizers, clip, observation).forward();
    }

    private static void requireInitialState(List<StatePart> parts, List<Variable> initial, int sequences) {
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

    private Result forward() {
        placeInitialState();
        RepeatedRows different = repeated;
        if (different == null) {
            computeInputs(input.value(), activations, saved, 0, layout.rows());
        } else {
            Tensor active = tape.workspace().take(different.count(), form.activationWidth());
            Tensor kept = tape.workspace().take(different.count(), form.savedWidth());
            computeInputs(different.distinct().value(), active, kept, 0, different.count());
            different.repeat(active, activations);
            different.repeat(kept, saved);
        }
        for (int t = 0; t < layout.steps(); t++) {
            advance(t);
        }
        Variable outputs = tape.variable(outputs());
        finish();
        tape.record(() -> backward(outputs));
        return new Result(outputs, finalState);
    }

    /** The part of some rows that needs no state; a cell may save nothing, so rows are not counted by what it saves. */
    private void computeInputs(Tensor x, Tensor active, Tensor kept, int row, int count) {
        CellInput inputs = new CellInput(tape.kernels(), form, weights.weights());
        inputs.place(
                count,
                active.data(),
                active.offset() + row * active.columns(),
                kept.data(),
                kept.offset() + row * kept.columns());
        inputs.placeInput(x.data(), x.offset() + row * x.columns());
        cell.input(inputs);
    }

    private void advance(int t) {
        place(t);
        for (StepHook hook : hooks) {
            hook.beforeStep(step);
        }
        cell.step(step);
        for (int i = hooks.length - 1; i >= 0; i--) {
            hooks[i].afterStep(step);
        }
    }

    /** {@code [N, H]}: the outputs of all time steps. */
    Tensor outputs() {
        return states.get(0).rowRange(layout.sequences(), layout.rows());
    }

    /** After the last time step: the state after each sequence's last, in the caller's order. */
    List<Variable> finish() {
        if (observation != null) {
            List<Tensor> after = states.stream()
                    .map(state -> state.rowRange(layout.sequences(), layout.rows()))
                    .toList();
            observation.observer().computed(observation.run(), layout, activations, after);
        }
        for (Tensor state : states) {
            finalState.add(tape.variable(gatherFinal(state)));
        }
        return finalState;
    }

    private void backward(Variable outputs) {
        if (!outputs.hasGradient() && !anyHasGradient(finalState)) {
            return;
        }
        carryFinalGradients();
        for (int t = layout.steps() - 1; t >= 0; t--) {
            goBack(t, outputs);
        }
        addInitialGradients(carried);
        CellSequence all = sequence(this::previousState, part -> nextState(part).slice(), maskedSlice());
        all.place(layout.rows(), activations.data(), activations.offset(), saved.data(), saved.offset());
        cell.sequenceBackward(all);
        weights.addGradients();
    }

    private void carryFinalGradients() {
        carried = new ArrayList<>();
        for (int p = 0; p < parts.size(); p++) {
            carried.add(scatterFinalGradient(finalState.get(p)));
            step.gradient(p)
                    .place(
                            carried.get(p).data(),
                            carried.get(p).offset(),
                            parts.get(p).size());
        }
    }

    private void goBack(int t, Variable outputs) {
        Tensor carriedOutput = carried.get(0);
        int hiddenSize = cell.hiddenSize();
        if (outputs.hasGradient()) {
            Tensor dy = outputs.gradient();
            tape.kernels()
                    .add(
                            layout.alive(t) * hiddenSize,
                            dy.data(),
                            dy.offset() + layout.rowOffset(t) * hiddenSize,
                            carriedOutput.data(),
                            carriedOutput.offset());
        }
        if (observation != null) {
            observation.observer().gradient(observation.run(), layout, t, carried);
        }
        place(t);
        for (StepHook hook : hooks) {
            hook.beforeBackward(step);
        }
        cell.stepBackward(step);
        for (int i = hooks.length - 1; i >= 0; i--) {
            hooks[i].afterBackward(step);
        }
    }

    private CellSequence sequence(IntFunction<Slice> previous, IntFunction<Slice> next, @Nullable Slice masked) {
        return new CellSequence(tape, form, weights.weights(), input, repeated, previous, next, masked);
    }

    private @Nullable Slice maskedSlice() {
        return mask == null ? null : mask.masked();
    }

    // ---------------------------------------------------------------- driven from outside, one time step at a time

    /**
     * A run whose inputs are written by the caller just before each {@link #step(int)}, and whose outputs get their gradients just
     * before each {@link #stepBack(int, Variable)}.
     */
    static Recurrent stepped(
            CellForm form,
            Tape tape,
            Flow flow,
            @Nullable List<Variable> initial,
            Regularizers regularizers,
            Clip clip,
            @Nullable Observation observation) {
        if (initial != null) {
            requireInitialState(form.state(), initial, flow.layout().sequences());
        }
        Recurrent run = new Recurrent(form, tape, flow, initial, regularizers, clip, observation);
        run.placeInitialState();
        return run;
    }

    /** One time step. */
    void step(int t) {
        computeInputs(input.value(), activations, saved, layout.rowOffset(t), layout.alive(t));
        advance(t);
    }

    /** The outputs before a time step. */
    Slice outputBefore(int t) {
        Tensor state = states.get(0);
        int before = t == 0 ? 0 : layout.sequences() + layout.rowOffset(t - 1);
        return Slice.of(state.data(), state.offset() + before * state.columns(), state.columns());
    }

    /** Before the first {@link #stepBack(int, Variable)}. */
    void beginBackward() {
        carryFinalGradients();
    }

    /** One time step back: adds the gradient of its inputs. */
    void stepBack(int t, Variable outputs) {
        goBack(t, outputs);
        int row = layout.rowOffset(t);
        CellSequence rows = sequence(
                part -> row == 0 ? previousState(part) : step.previous(part),
                part -> move(nextState(part).slice(), row),
                mask == null ? null : move(mask.masked(), row));
        rows.only(row, layout.rows());
        rows.place(
                layout.alive(t),
                activations.data(),
                activations.offset() + row * activations.columns(),
                saved.data(),
                saved.offset() + row * saved.columns());
        cell.sequenceBackward(rows);
    }

    private static Slice move(Slice slice, int row) {
        slice.place(slice.array(), slice.row(row), slice.stride());
        return slice;
    }

    /** The gradient of the outputs before the time step that was stepped back last, to which may be added. */
    Slice carriedOutput() {
        return carried.get(0).slice();
    }

    /** After the last {@link #stepBack}. */
    void finishBackward() {
        addInitialGradients(carried);
        weights.addGradients();
    }

    private static boolean anyHasGradient(List<Variable> variables) {
        for (Variable variable : variables) {
            if (variable.hasGradient()) {
                return true;
            }
        }
        return false;
    }

    /** Points the step at the rows of a time step; the state before the first stands in front of the states. */
    private void place(int t) {
        int row = layout.rowOffset(t);
        int next = layout.sequences() + row;
        int previous = t == 0 ? 0 : layout.sequences() + layout.rowOffset(t - 1);
        step.place(
                layout.alive(t),
                activations.data(),
                activations.offset() + row * activations.columns(),
                saved.data(),
                saved.offset() + row * saved.columns());
        for (int p = 0; p < states.size(); p++) {
            Tensor state = states.get(p);
            step.previous(p).place(state.data(), state.offset() + previous * state.columns(), state.columns());
            step.next(p).place(state.data(), state.offset() + next * state.columns(), state.columns());
        }
        for (StepHook hook : hooks) {
            hook.place(step, t);
        }
    }

    private void placeInitialState() {
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

    private Tensor gatherFinal(Tensor state) {
        Tensor last = tape.workspace().take(layout.sequences(), state.columns());
        for (int index = 0; index < layout.sequences(); index++) {
            copyRow(state, lastRow(layout.position(index)), last, index);
        }
        return last;
    }

    private Tensor scatterFinalGradient(Variable last) {
        Tensor carried = tape.workspace().zeros(layout.sequences(), last.value().columns());
        if (last.hasGradient()) {
            for (int index = 0; index < layout.sequences(); index++) {
                copyRow(last.gradient(), index, carried, layout.position(index));
            }
        }
        return carried;
    }

    private void addInitialGradients(List<Tensor> carried) {
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

    /** A part of the state before each time step, row for row beside the activations; copied only for a ragged batch. */
    private Slice previousState(int part) {
        Tensor state = states.get(part);
        if (layout.uniform()) {
            return state.rowRange(0, layout.rows()).slice();
        }
        int columns = state.columns();
        Tensor copy = tape.workspace().take(layout.rows(), columns);
        for (int t = 0; t < layout.steps(); t++) {
            int from = t == 0 ? 0 : layout.sequences() + layout.rowOffset(t - 1);
            System.arraycopy(
                    state.data(),
                    state.offset() + from * columns,
                    copy.data(),
                    copy.offset() + layout.rowOffset(t) * columns,
                    layout.alive(t) * columns);
        }
        return copy.slice();
    }

    /** What the cell made of a part of the state in each time step, row for row beside the activations. */
    private Tensor nextState(int part) {
        Tensor proposed = zoneout == null ? null : zoneout.proposal(part);
        if (proposed == null && cellClip != null && cellClip.part() == part) {
            return cellClip.made();
        }
        return proposed != null ? proposed : states.get(part).rowRange(layout.sequences(), layout.rows());
    }

    private int lastRow(int position) {
        int length = layout.length(position);
        return length == 0 ? position : layout.sequences() + layout.rowOffset(length - 1) + position;
    }

    private static void copyRow(Tensor from, int fromRow, Tensor to, int toRow) {
        int columns = from.columns();
        System.arraycopy(
                from.data(), from.offset() + fromRow * columns, to.data(), to.offset() + toRow * columns, columns);
    }
}
