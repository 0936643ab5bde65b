package io.carousel.train;

import io.carousel.loss.SoftmaxCrossEntropy;
import io.carousel.tensor.Tensor;

/** Targets that are classes: one number for each time step, or two, of which the second is what it counts. */
final class ClassTargets {
    /** Whole numbers are exact in a float up to here. */
    private static final int MOST = 1 << 24;

    private ClassTargets() {}

    static void requireSmoothing(double smoothing) {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("label smoothing must be in [0, 1), got " + smoothing);
        }
    }

    static void requireCount(int targets) {
        if (targets != 1 && targets != 2) {
            throw new IllegalArgumentException(
                    "streams must have 1 target, a class, or 2, a class and its weight, got " + targets);
        }
    }

    /**
     * The targets of rows.
     *
     * @param targets {@code [N, 1]} or {@code [N, 2]}
     */
    static SoftmaxCrossEntropy.Targets of(Tensor targets, double smoothing) {
        int columns = targets.columns();
        int[] classes = new int[targets.rows()];
        float[] weights = columns == 1 ? null : new float[classes.length];
        for (int row = 0; row < classes.length; row++) {
            int at = targets.offset() + row * columns;
            float target = targets.data()[at];
            if (target != (int) target || target >= MOST) {
                throw new IllegalArgumentException("target " + row + " must be a whole number below 2^24, got " + target
                        + "; number classes from 0");
            }
            classes[row] = (int) target;
            if (weights != null) {
                weights[row] = targets.data()[at + 1];
            }
        }
        return new SoftmaxCrossEntropy.Targets(classes, weights, smoothing);
    }

    static void requireBelow(SoftmaxCrossEntropy.Targets targets, int classes) {
        for (int row = 0; row < targets.classes().length; row++) {
            if (targets.classes()[row] >= classes) {
                throw new IllegalArgumentException("target of row " + row + " must be less than the " + classes
                        + " classes, got " + targets.classes()[row] + "; use the vocabulary of the network");
            }
        }
    }
}
