/**
 * What a process of the ledger is, Carousel's own and those of the peers: it prepares a {@link
 * io.carousel.benchmarks.side.Workload}, hands over what that computes, and times it, as the driver asks line by line. Start
 * reading at {@link io.carousel.benchmarks.side.Side}.
 *
 * <p>Uses the JDK only, because the peers have class paths of their own.
 */
@NullMarked
package io.carousel.benchmarks.side;

import org.jspecify.annotations.NullMarked;
