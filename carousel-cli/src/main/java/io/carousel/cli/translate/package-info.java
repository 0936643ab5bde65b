/** {@code carousel translate}: fit, evaluate, predict. */
@NullMarked
package io.carousel.cli.translate;

import org.jspecify.annotations.NullMarked;
