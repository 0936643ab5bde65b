/**
 * How good predictions are: errors, scaled errors, intervals, and the naive methods that a forecast must beat; spans of tags.
 *
 * <p>Start at {@link io.carousel.eval.Metrics} and {@link io.carousel.eval.NaiveMethod}; {@link io.carousel.eval.RollingOrigin}
 * says from where to forecast, {@link io.carousel.eval.SpanScore} how well spans were found. Knows nothing of networks; uses {@code data} and what is below.
 */
@NullMarked
package io.carousel.eval;

import org.jspecify.annotations.NullMarked;
