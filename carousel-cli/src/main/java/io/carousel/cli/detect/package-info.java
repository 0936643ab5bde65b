/**
 * The commands of {@code carousel detect}: anomalies in streams of numbers.
 *
 * <p>Start at {@link io.carousel.cli.detect.DetectCommand}. What options and files of all tasks share is in {@code command}, pages
 * are in {@code report}; the detector itself is in {@code io.carousel.task.anomaly} of the library.
 */
@NullMarked
package io.carousel.cli.detect;

import org.jspecify.annotations.NullMarked;
