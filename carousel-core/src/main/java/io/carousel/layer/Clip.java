package io.carousel.layer;

import io.carousel.cell.Cell;
import io.carousel.cell.StatePart;

/**
 * Limits of a recurrent layer, in training and prediction alike; 0 for none. Where a number is beyond its limit, its
 * derivative is 0.
 *
 * <p>The limit of the cell bounds the part of the state that is named {@code cell} after each time step. The output of that
 * time step is of the cell as it was before. Source: Sak, Senior, Beaufays, <i>Long Short-Term Memory Recurrent Neural Network
 * Architectures for Large Scale Acoustic Modeling</i>, 2014.
 *
 * <p>The limit of activations bounds what goes into gates and candidates, as the attribute {@code clip} of ONNX's operators
 * does in ONNX Runtime.
 *
 * @param cell the largest size of an element of the cell
 * @param activation the largest size of an input of an activation function
 */
public record Clip(double cell, double activation) {
    /** No limit. */
    public static final Clip NONE = new Clip(0, 0);

    private static final String CELL = "cell";

    public Clip {
        requireLimit(CELL, cell);
        requireLimit("activations", activation);
    }

    private static void requireLimit(String what, double limit) {
        if (!(limit >= 0 && limit <= Float.MAX_VALUE) || (limit > 0 && (float) limit == 0)) {
            throw new IllegalArgumentException(
                    "clip of the " + what + " must be a positive float, or 0 for none, got " + limit);
        }
    }

    /** A limit of the cell only. */
    public static Clip ofCell(double limit) {
        return new Clip(limit, 0);
    }

    /** A limit of the inputs of activation functions only. */
    public static Clip ofActivations(double limit) {
        return new Clip(0, limit);
    }

    /** Whether there is any limit. */
    boolean limits() {
        return cell > 0 || activation > 0;
    }

    /**
     * Refuses limits for which the cell has nothing.
     *
     * @throws IllegalArgumentException when it has no such part of the state, or does not bound its activations
     */
    void requireFit(Cell of) {
        if (cell > 0 && part(of) < 0) {
            throw new IllegalArgumentException("clip of the cell must be 0 for cell " + of.name() + ", got " + cell
                    + "; its state has no part named cell");
        }
        if (activation > 0 && !of.clipsActivations()) {
            throw new IllegalArgumentException("clip of the activations must be 0 for cell " + of.name() + ", got "
                    + activation + "; it does not bound them");
        }
    }

    /** The index of the part of the state that is bounded; -1 when there is none. */
    static int part(Cell of) {
        return of.state().stream().map(StatePart::name).toList().indexOf(CELL);
    }
}
