/** Placeholder of the module. */
package io.carousel.benchmarks;
