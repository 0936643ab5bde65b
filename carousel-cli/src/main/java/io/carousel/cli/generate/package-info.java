/** {@code carousel generate}: language models, from a text to texts. Start at {@link io.carousel.cli.generate.FitCommand}. */
@NullMarked
package io.carousel.cli.generate;

import org.jspecify.annotations.NullMarked;
