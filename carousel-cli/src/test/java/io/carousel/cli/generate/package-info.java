/** Tests of {@code carousel generate}. */
@NullMarked
package io.carousel.cli.generate;

import org.jspecify.annotations.NullMarked;
