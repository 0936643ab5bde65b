/**
 * The kernels with {@code jdk.incubator.vector}: the same bits as the scalar ones at any width; internal.
 *
 * <p>Start with {@link io.carousel.kernel.vector.VectorKernels}. Only this package names the incubator, and nothing
 * outside it names this package: {@code KernelSelection} finds it by name.
 */
@NullMarked
package io.carousel.kernel.vector;

import org.jspecify.annotations.NullMarked;
