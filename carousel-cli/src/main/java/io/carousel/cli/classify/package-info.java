/** {@code carousel classify}: start at {@link io.carousel.cli.classify.ClassifyCommand}. */
@NullMarked
package io.carousel.cli.classify;

import org.jspecify.annotations.NullMarked;
