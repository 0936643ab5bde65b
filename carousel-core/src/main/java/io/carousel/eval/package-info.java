/**
 * How good predictions are.
 *
 * <p>Of forecasts: errors, scaled errors, intervals, and the naive methods that they must beat; start at {@link
 * io.carousel.eval.Metrics} and {@link io.carousel.eval.NaiveMethod}; {@link io.carousel.eval.RollingOrigin} says from where to
 * forecast. Of decisions: {@link io.carousel.eval.ConfusionMatrix}, {@link io.carousel.eval.AreaUnderCurve}, and {@link
 * io.carousel.eval.Calibration} of their probabilities; {@link io.carousel.eval.SpanScore} says how well spans were found. Of
 * translations: {@link io.carousel.eval.Bleu}, {@link io.carousel.eval.ChrF} and {@link io.carousel.eval.EditDistance}. Knows
 * nothing of networks; uses {@code data} and what is below.
 */
@NullMarked
package io.carousel.eval;

import org.jspecify.annotations.NullMarked;
