/**
 * Parameters, the tape, and operations with their derivatives beside them.
 *
 * <p>Start with {@link io.carousel.autograd.Tape}, then {@link io.carousel.autograd.Operations}. Knows nothing of time:
 * recurrent layers are in {@code layer}, and record themselves as one operation.
 */
@NullMarked
package io.carousel.autograd;

import org.jspecify.annotations.NullMarked;
