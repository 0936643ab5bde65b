/**
 * To see inside: the gates and states of every time step, how long units remember, and how far back gradients reach.
 *
 * <p>Start at {@link io.carousel.inspect.Trace}; {@link io.carousel.inspect.IntegratedGradients} says what moved a decision.
 */
@NullMarked
package io.carousel.inspect;

import org.jspecify.annotations.NullMarked;
