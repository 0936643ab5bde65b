/**
 * The long-time-lag problems of Hochreiter and Schmidhuber, <i>Long Short-Term Memory</i>, 1997: sequences, criteria of
 * success and the paper's figures, and a training of any cell on them.
 *
 * <p>Start at {@link io.carousel.task.lags.LagTasks}, which lists the problems, and at
 * {@link io.carousel.task.lags.LagTraining}, which solves one. A problem is a {@link io.carousel.task.lags.LagTask}: it
 * generates its sequences from a stream of random numbers, so that there is no file to keep, and any other training may
 * use them too.
 */
@NullMarked
package io.carousel.task.lags;

import org.jspecify.annotations.NullMarked;
