/**
 * What people ask for: forecasts, and the networks behind them one event at a time.
 *
 * <p>Start at {@link io.carousel.task.Forecaster}, which goes through the five steps define, compile, fit, evaluate and
 * predict. Uses every package below; how results are shown is nobody's business here.
 */
@NullMarked
package io.carousel.task;

import org.jspecify.annotations.NullMarked;
