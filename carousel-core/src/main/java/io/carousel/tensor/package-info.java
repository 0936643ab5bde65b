/**
 * Row-major float32 arrays with a shape, the arena they are taken from, and random numbers with named streams.
 *
 * <p>Start with {@link io.carousel.tensor.Tensor}. Knows nothing of derivatives; those are in {@code autograd}.
 */
@NullMarked
package io.carousel.tensor;

import org.jspecify.annotations.NullMarked;
