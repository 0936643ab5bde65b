/** {@code carousel encode}: vectors of sequences, and sequences of vectors. */
@org.jspecify.annotations.NullMarked
package io.carousel.cli.encode;
