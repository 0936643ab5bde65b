@NullMarked
package io.carousel.benchmarks;

import org.jspecify.annotations.NullMarked;
