/**
 * Anomalies in streams of numbers.
 *
 * <p>Start at {@link io.carousel.task.anomaly.AnomalyDetector}, which goes through the five steps define, compile, fit, evaluate
 * and predict, and at {@link io.carousel.task.anomaly.DetectorSession}, which takes one event at a time. An {@link
 * io.carousel.task.anomaly.AnomalyModel} says how far an event is from what was expected, an {@link
 * io.carousel.task.anomaly.AnomalyScorer} how unusual it is to be so far. What is written is the {@link
 * io.carousel.task.anomaly.AnomalyEncoding} in a model file.
 */
@NullMarked
package io.carousel.task.anomaly;

import org.jspecify.annotations.NullMarked;
