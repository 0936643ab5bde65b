/**
 * Forecasts of one series or many.
 *
 * <p>Start at {@link io.carousel.task.forecast.Forecaster}, which goes through the five steps define, compile, fit, evaluate
 * and predict. What is written is the {@link io.carousel.task.forecast.ForecastEncoding} in a model file.
 */
@NullMarked
package io.carousel.task.forecast;

import org.jspecify.annotations.NullMarked;
