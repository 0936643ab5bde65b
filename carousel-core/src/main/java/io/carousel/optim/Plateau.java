package io.carousel.optim;

import org.jspecify.annotations.Nullable;

/**
 * What a schedule remembers of the validation losses.
 *
 * @param best the loss to fall below; null before the first epoch
 * @param epochs the epochs since it last fell or the rate was last reduced
 * @param factor what the learning rate is multiplied with
 */
public record Plateau(@Nullable Double best, int epochs, double factor) {
    /** Before the first epoch. */
    public static final Plateau START = new Plateau(null, 0, 1);
}
