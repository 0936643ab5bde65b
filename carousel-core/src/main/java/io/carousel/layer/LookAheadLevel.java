package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.cell.StatePart;
import io.carousel.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A level that reads backward, on a stream: the output at a time step is what the level makes of the inputs up to {@code
 * lookAhead} time steps later.
 *
 * <p>The last {@code lookAhead} inputs and the outputs of the forward pass wait. The pre-activations that the inputs cause
 * for the backward pass are computed once; each output takes {@code lookAhead + 1} backward steps from its initial state.
 */
final class LookAheadLevel implements LookAheadStepper {
    private final Level level;
    private final Kernels kernels;
    private final int lookAhead;
    private final @Nullable PassStepper forward;
    private final PassStepper backward;
    private final LevelConnector connector;
    private final State backwardStart;
    private final WaitingRows inputs;
    private final WaitingRows outputs;
    private final float[] activations;
    private final float[] saved;

    LookAheadLevel(String stack, Level level, Kernels kernels, Parameters parameters, int lookAhead) {
        this.level = level;
        this.kernels = kernels;
        this.lookAhead = lookAhead;
        List<Pass> passes = level.passes();
        Pass last = passes.get(passes.size() - 1);
        forward = passes.size() == 1 ? null : new PassStepper(kernels, passes.get(0), parameters, 1);
        backward = new PassStepper(kernels, last, parameters, 1);
        connector = new LevelConnector(kernels, level, parameters, 1);
        backwardStart = new State(last.state(), 1);
        String suffix = "_l" + level.index();
        inputs = new WaitingRows(
                stack + ".waiting_input" + suffix, lookAhead, last.cell().inputSize());
        outputs = new WaitingRows(
                stack + ".waiting_output" + suffix, lookAhead, forward == null ? 0 : forward.outputSize());
        activations = new float[Math.multiplyExact(lookAhead + 1, backward.activationWidth())];
        saved = new float[Math.multiplyExact(lookAhead + 1, backward.savedWidth())];
    }

    @Override
    public int delay() {
        return lookAhead;
    }

    @Override
    public boolean step(float[] x, int xOffset, float[] y, int yOffset) {
        inputs.add(x, xOffset);
        prepare(inputs.count() - 1);
        if (forward != null) {
            forward.step(1, x, xOffset);
            outputs.add(forward.output(), 0);
        }
        if (!inputs.isFull()) {
            return false;
        }
        emit(y, yOffset);
        return true;
    }

    /** What the input at a place causes for the backward pass. */
    private void prepare(int place) {
        backward.prepare(
                1,
                inputs.array(),
                inputs.offset(place),
                activations,
                place * backward.activationWidth(),
                saved,
                place * backward.savedWidth());
    }

    @Override
    public boolean drain(float[] y, int yOffset) {
        if (inputs.count() == 0) {
            return false;
        }
        emit(y, yOffset);
        return true;
    }

    /** Reads backward from the newest input to the oldest, whose output is then complete. */
    private void emit(float[] y, int yOffset) {
        int activationWidth = backward.activationWidth();
        int savedWidth = backward.savedWidth();
        backward.load(backwardStart);
        for (int place = inputs.count() - 1; place >= 0; place--) {
            backward.advanceFrom(activations, place * activationWidth, saved, place * savedWidth);
        }
        int hiddenSize = backward.outputSize();
        if (forward == null) {
            System.arraycopy(backward.output(), 0, y, yOffset, hiddenSize);
        } else {
            level.merge().direct(kernels, hiddenSize, outputs.array(), 0, backward.output(), 0, y, yOffset);
            outputs.removeFirst();
        }
        connector.connect(1, inputs.array(), 0, y, yOffset);
        inputs.removeFirst();
        int left = inputs.count();
        System.arraycopy(activations, activationWidth, activations, 0, left * activationWidth);
        System.arraycopy(saved, savedWidth, saved, 0, left * savedWidth);
    }

    @Override
    public List<StatePart> state() {
        List<StatePart> parts = new ArrayList<>(level.state());
        parts.addAll(WaitingRows.parts(inputs, outputs));
        return parts;
    }

    @Override
    public void load(State state) {
        inputs.load(state);
        outputs.load(state);
        if (forward != null) {
            forward.load(state);
            if (outputs.count() != inputs.count()) {
                throw new IllegalArgumentException("as many outputs as inputs must wait in "
                        + inputs.statePart().name() + ", got " + outputs.count() + " and " + inputs.count()
                        + "; use a state of this network");
            }
        }
        backward.load(state);
        backward.store(backwardStart);
        for (int place = 0; place < inputs.count(); place++) {
            prepare(place);
        }
    }

    @Override
    public void store(State state) {
        inputs.store(state);
        outputs.store(state);
        if (forward != null) {
            forward.store(state);
        }
        for (StatePart part : backwardStart.parts()) {
            float[] first = backwardStart.values(part.name());
            System.arraycopy(first, 0, state.values(part.name()), 0, first.length);
        }
    }
}
