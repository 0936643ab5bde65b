/** {@code carousel encode}: start at {@link io.carousel.cli.encode.EncodeCommand}. */
@NullMarked
package io.carousel.cli.encode;

import org.jspecify.annotations.NullMarked;
