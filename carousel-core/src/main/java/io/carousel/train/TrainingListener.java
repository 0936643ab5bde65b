package io.carousel.train;

/**
 * Is told of the progress of a training, on the thread that called {@link Trainer#fit}; what it throws ends the training.
 */
public interface TrainingListener {
    /** After each update. */
    default void step(StepReport report) {}

    /** After each epoch, with its validation. */
    default void epoch(EpochReport report) {}
}
