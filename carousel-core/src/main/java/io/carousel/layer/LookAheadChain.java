package io.carousel.layer;

import io.carousel.cell.StatePart;
import java.util.List;

/** Layers one after the other, each of which may hand its outputs on late. */
final class LookAheadChain implements LookAheadStepper {
    private final LookAheadStepper[] stages;
    private final float[][] between;
    private int drained;

    /** @param widths that of each stage's output */
    LookAheadChain(List<LookAheadStepper> stages, List<Integer> widths) {
        this.stages = stages.toArray(LookAheadStepper[]::new);
        between = new float[this.stages.length - 1][];
        for (int i = 0; i < between.length; i++) {
            between[i] = new float[widths.get(i)];
        }
    }

    @Override
    public int delay() {
        int sum = 0;
        for (LookAheadStepper stage : stages) {
            sum = Math.addExact(sum, stage.delay());
        }
        return sum;
    }

    @Override
    public boolean step(float[] x, int xOffset, float[] y, int yOffset) {
        return feed(0, x, xOffset, y, yOffset);
    }

    /** Feeds a row to a stage, and what comes out to the next. */
    private boolean feed(int from, float[] x, int xOffset, float[] y, int yOffset) {
        float[] input = x;
        int offset = xOffset;
        for (int i = from; i < between.length; i++) {
            if (!stages[i].step(input, offset, between[i], 0)) {
                return false;
            }
            input = between[i];
            offset = 0;
        }
        return stages[between.length].step(input, offset, y, yOffset);
    }

    @Override
    public boolean drain(float[] y, int yOffset) {
        while (drained < between.length) {
            if (!stages[drained].drain(between[drained], 0)) {
                drained++;
            } else if (feed(drained + 1, between[drained], 0, y, yOffset)) {
                return true;
            }
        }
        return stages[between.length].drain(y, yOffset);
    }

    @Override
    public List<StatePart> state() {
        return List.of(stages).stream().flatMap(stage -> stage.state().stream()).toList();
    }

    @Override
    public void load(State state) {
        drained = 0;
        for (LookAheadStepper stage : stages) {
            stage.load(state);
        }
    }

    @Override
    public void store(State state) {
        for (LookAheadStepper stage : stages) {
            stage.store(state);
        }
    }
}
