/**
 * Update rules, learning rate schedules and gradient clipping.
 *
 * <p>Start with {@link io.carousel.optim.OptimizerSpec}; an {@link io.carousel.optim.Optimizer} is one at work on
 * parameters. May use {@code autograd} and below; the loop that calls them is in {@code train}.
 */
@NullMarked
package io.carousel.optim;

import org.jspecify.annotations.NullMarked;
