package io.carousel.task;

import io.carousel.train.TrainingListener;

/** Is told of the progress of a fit; what it throws ends the fit. */
public interface FitListener extends TrainingListener {
    /**
     * A stage begins.
     *
     * @param name such as {@code choosing the transform} or {@code training member 1 of 3}
     * @param index from 1
     * @param count how many stages there will be at most
     */
    default void stage(String name, int index, int count) {}
}
