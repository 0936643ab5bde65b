package io.carousel.layer;

import org.jspecify.annotations.Nullable;

/** The direct path of a layer that is made of others, whose state is theirs, one after the other. */
abstract class CompositeStepper implements LayerStepper {
    /** The layers at work, in the order in which they declare the parts of the state. */
    final LayerStepper[] steppers;

    CompositeStepper(LayerStepper[] steppers) {
        this.steppers = steppers;
    }

    @Override
    public final void read(@Nullable Source[] sources) {
        for (LayerStepper stepper : steppers) {
            stepper.read(sources);
        }
    }

    @Override
    public final boolean attention(int sequence, float[] to, int offset) {
        for (LayerStepper stepper : steppers) {
            if (stepper.attention(sequence, to, offset)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public final void load(State state) {
        for (LayerStepper stepper : steppers) {
            stepper.load(state);
        }
    }

    @Override
    public final void store(State state) {
        for (LayerStepper stepper : steppers) {
            stepper.store(state);
        }
    }

    @Override
    public final int gather(StateTable table, int column) {
        int at = column;
        for (LayerStepper stepper : steppers) {
            at = stepper.gather(table, at);
        }
        return at;
    }

    @Override
    public final int scatter(StateTable table, int column) {
        int at = column;
        for (LayerStepper stepper : steppers) {
            at = stepper.scatter(table, at);
        }
        return at;
    }
}
