/**
 * Training: the plan, the loop over epochs and shards, checkpoints, and who is told of the progress.
 *
 * <p>Start with {@link io.carousel.train.Trainer}. What is minimised comes in as an {@link
 * io.carousel.train.Objective}, so nothing here knows of tasks; losses and update rules are in {@code loss} and {@code
 * optim}.
 */
@NullMarked
package io.carousel.train;

import org.jspecify.annotations.NullMarked;
