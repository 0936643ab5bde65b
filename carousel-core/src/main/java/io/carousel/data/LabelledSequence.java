package io.carousel.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence with targets at some or all of its time steps.
 *
 * @param inputs {@code [T, F]}, shared and not copied
 * @param targets for each time step {@code [K]}, or null where there are none; shared and not copied
 */
public record LabelledSequence(float[][] inputs, List<float @Nullable []> targets) {
    public LabelledSequence {
        if (inputs.length != targets.size()) {
            throw new IllegalArgumentException("targets must have an entry for each of the " + inputs.length
                    + " time steps, got " + targets.size() + "; give null where there is none");
        }
    }

    /** A sequence with targets at every time step. */
    public static LabelledSequence of(float[][] inputs, float[][] targets) {
        return new LabelledSequence(inputs, List.of(targets));
    }

    /** A sequence with targets at its last time step only. */
    public static LabelledSequence ofLast(float[][] inputs, float... targets) {
        List<float @Nullable []> all = new ArrayList<>(Collections.nCopies(inputs.length, null));
        if (inputs.length > 0) {
            all.set(inputs.length - 1, targets);
        }
        return new LabelledSequence(inputs, all);
    }

    /** T: the number of time steps. */
    public int length() {
        return inputs.length;
    }
}
