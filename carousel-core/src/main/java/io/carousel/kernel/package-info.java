/**
 * Loops over {@code float[]}: products, gate passes, elementary functions and updates; internal.
 */
@NullMarked
package io.carousel.kernel;

import org.jspecify.annotations.NullMarked;
