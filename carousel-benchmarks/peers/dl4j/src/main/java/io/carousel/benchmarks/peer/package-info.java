/**
 * Deeplearning4j as a side of the ledger, a process of its own: the same functions of the same weights and inputs, with its best
 * settings. Start reading at {@link io.carousel.benchmarks.peer.Dl4jSide}; the protocol is {@code io.carousel.benchmarks.side}.
 *
 * <p>Outside the reactor: {@code carousel-benchmarks/run} fetches the library and compiles this.
 */
@NullMarked
package io.carousel.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
