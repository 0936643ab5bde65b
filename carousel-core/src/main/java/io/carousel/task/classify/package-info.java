/**
 * Classifies whole sequences, of words or of numbers: {@link io.carousel.task.classify.SequenceClassifier} is where to start.
 *
 * <p>{@link io.carousel.task.classify.ExampleReader} reads files, {@link io.carousel.task.classify.ClassifySpec} says what to
 * train, {@code ClassifyTraining} does it.
 */
@NullMarked
package io.carousel.task.classify;

import org.jspecify.annotations.NullMarked;
