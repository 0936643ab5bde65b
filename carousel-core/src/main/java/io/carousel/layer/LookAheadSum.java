package io.carousel.layer;

import io.carousel.cell.StatePart;
import io.carousel.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;

/** Branches whose outputs are added; those of the faster ones wait for the slowest. */
final class LookAheadSum implements LookAheadStepper {
    private final Kernels kernels;
    private final LookAheadStepper[] branches;
    private final WaitingRows[] waiting;
    private final float[] term;
    private final int width;
    private final int delay;

    /** @param place of the sum in the network, which tells the parts of the state apart */
    LookAheadSum(Kernels kernels, List<LookAheadStepper> branches, int width, String place) {
        this.kernels = kernels;
        this.branches = branches.toArray(LookAheadStepper[]::new);
        this.width = width;
        delay = branches.stream().mapToInt(LookAheadStepper::delay).max().orElse(0);
        term = new float[width];
        waiting = new WaitingRows[this.branches.length];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = new WaitingRows(
                    "sum" + place + "." + i + ".waiting",
                    delay - branches.get(i).delay(),
                    width);
        }
    }

    @Override
    public int delay() {
        return delay;
    }

    @Override
    public boolean step(float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < branches.length; i++) {
            if (branches[i].step(x, xOffset, term, 0)) {
                waiting[i].add(term, 0);
            }
        }
        return add(y, yOffset);
    }

    @Override
    public boolean drain(float[] y, int yOffset) {
        for (int i = 0; i < branches.length; i++) {
            if (waiting[i].count() == 0 && branches[i].drain(term, 0)) {
                waiting[i].add(term, 0);
            }
        }
        return add(y, yOffset);
    }

    private boolean add(float[] y, int yOffset) {
        for (WaitingRows rows : waiting) {
            if (rows.count() == 0) {
                return false;
            }
        }
        System.arraycopy(waiting[0].array(), 0, y, yOffset, width);
        waiting[0].removeFirst();
        for (int i = 1; i < waiting.length; i++) {
            kernels.add(width, waiting[i].array(), 0, y, yOffset);
            waiting[i].removeFirst();
        }
        return true;
    }

    @Override
    public List<StatePart> state() {
        List<StatePart> parts = new ArrayList<>();
        for (LookAheadStepper branch : branches) {
            parts.addAll(branch.state());
        }
        parts.addAll(WaitingRows.parts(waiting));
        return parts;
    }

    @Override
    public void load(State state) {
        for (int i = 0; i < branches.length; i++) {
            branches[i].load(state);
            waiting[i].load(state);
        }
    }

    @Override
    public void store(State state) {
        for (int i = 0; i < branches.length; i++) {
            branches[i].store(state);
            waiting[i].store(state);
        }
    }
}
