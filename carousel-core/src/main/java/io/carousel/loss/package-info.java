/**
 * Losses: what raw outputs of a network mean, how wrong they are, and the derivative of that.
 *
 * <p>Start with {@link io.carousel.loss.Loss}; {@link io.carousel.loss.LossSpec} lists those that come with the library.
 * May use {@code autograd} and below; training is in {@code train}, scores for people are in {@code eval}.
 */
@NullMarked
package io.carousel.loss;

import org.jspecify.annotations.NullMarked;
