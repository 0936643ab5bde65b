/** How fast it is: JMH benchmarks, and mains that print our figures beside the peak and the peers; not published. */
@NullMarked
package io.carousel.benchmarks;

import org.jspecify.annotations.NullMarked;
