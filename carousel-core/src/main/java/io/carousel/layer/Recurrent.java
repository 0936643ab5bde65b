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
 * time loop; the derivatives of the weights are products over all time steps after it.
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
    private final Tensor activations;
    private final Tensor saved;
    private final RunStates states;
    private final @Nullable RecurrentMask mask;
    private final @Nullable Zoneout zoneout;
    private final @Nullable CellClip cellClip;
    private final StepHook[] hooks;
    private final @Nullable Observation observation;
    private final CellStep step;

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
        Workspace workspace = tape.workspace();
        activations = workspace.take(layout.rows(), form.activationWidth());
        saved = workspace.take(layout.rows(), form.savedWidth());
        states = new RunStates(tape, layout, form.state(), initial);
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
        return new Recurrent(form, tape, flow, initial, regularizers, clip, observation).forward();
    }

    private Result forward() {
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
        List<Variable> last = finish();
        tape.record(() -> backward(outputs));
        return new Result(outputs, last);
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
        return states.after(0);
    }

    /** After the last time step: the state after each sequence's last, in the caller's order. */
    List<Variable> finish() {
        if (observation != null) {
            observation.observer().computed(observation.run(), layout, activations, states.after());
        }
        return states.finish();
    }

    private void backward(Variable outputs) {
        if (!outputs.hasGradient() && !states.finalHaveGradient()) {
            return;
        }
        states.carryFinalGradients(step);
        for (int t = layout.steps() - 1; t >= 0; t--) {
            goBack(t, outputs);
        }
        states.addInitialGradients();
        CellSequence all = sequence(states::before, part -> nextState(part).slice(), maskedSlice());
        all.place(layout.rows(), activations.data(), activations.offset(), saved.data(), saved.offset());
        cell.sequenceBackward(all);
        weights.addGradients();
    }

    private void goBack(int t, Variable outputs) {
        Tensor carriedOutput = states.carried().get(0);
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
            observation.observer().gradient(observation.run(), layout, t, states.carried());
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
        return new Recurrent(form, tape, flow, initial, regularizers, clip, observation);
    }

    /** One time step. */
    void step(int t) {
        computeInputs(input.value(), activations, saved, layout.rowOffset(t), layout.alive(t));
        advance(t);
    }

    /** The outputs before a time step. */
    Slice outputBefore(int t) {
        return states.outputBefore(t);
    }

    /** Before the first {@link #stepBack(int, Variable)}. */
    void beginBackward() {
        states.carryFinalGradients(step);
    }

    /** One time step back: adds the gradient of its inputs. */
    void stepBack(int t, Variable outputs) {
        goBack(t, outputs);
        int row = layout.rowOffset(t);
        CellSequence rows = sequence(
                part -> row == 0 ? states.before(part) : step.previous(part),
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
        return states.carried().get(0).slice();
    }

    /** After the last {@link #stepBack}. */
    void finishBackward() {
        states.addInitialGradients();
        weights.addGradients();
    }

    /** Points the step at the rows of a time step. */
    private void place(int t) {
        int row = layout.rowOffset(t);
        step.place(
                layout.alive(t),
                activations.data(),
                activations.offset() + row * activations.columns(),
                saved.data(),
                saved.offset() + row * saved.columns());
        states.place(step, t);
        for (StepHook hook : hooks) {
            hook.place(step, t);
        }
    }

    /** What the cell made of a part of the state in each time step, row for row beside the activations. */
    private Tensor nextState(int part) {
        Tensor proposed = zoneout == null ? null : zoneout.proposal(part);
        if (proposed == null && cellClip != null && cellClip.part() == part) {
            return cellClip.made();
        }
        return proposed != null ? proposed : states.after(part);
    }
}
