package io.carousel.layer;

import io.carousel.cell.StatePart;
import java.util.List;

/** A layer that reads forward only, whose outputs come at once. */
record Immediate(LayerStepper stepper, List<StatePart> state) implements LookAheadStepper {
    @Override
    public int delay() {
        return 0;
    }

    @Override
    public boolean step(float[] x, int xOffset, float[] y, int yOffset) {
        stepper.step(1, x, xOffset, y, yOffset);
        return true;
    }

    @Override
    public boolean drain(float[] y, int yOffset) {
        return false;
    }

    @Override
    public void load(State from) {
        stepper.load(from);
    }

    @Override
    public void store(State to) {
        stepper.store(to);
    }
}
