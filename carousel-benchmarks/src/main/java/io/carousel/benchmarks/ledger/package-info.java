/**
 * The ledger: Carousel and its peers measured in one run on the same machine, in turn, and the page {@code
 * docs/performance.md} that says how they compare. Start reading at {@link io.carousel.benchmarks.ledger.Ledger}; a table is
 * a {@link io.carousel.benchmarks.ledger.Section}; what is measured runs in processes of {@link io.carousel.benchmarks.side}.
 */
@NullMarked
package io.carousel.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;
