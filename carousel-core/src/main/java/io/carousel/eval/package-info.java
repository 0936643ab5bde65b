/**
 * How good a forecast is: errors, scaled errors, intervals, and the naive methods that it must beat.
 *
 * <p>Start at {@link io.carousel.eval.Metrics} and {@link io.carousel.eval.NaiveMethod}; {@link io.carousel.eval.RollingOrigin}
 * says from where to forecast. Knows nothing of networks; uses {@code data} and what is below.
 */
@NullMarked
package io.carousel.eval;

import org.jspecify.annotations.NullMarked;
