/** {@code carousel inspect}: what a model holds, and its gates at work. */
@NullMarked
package io.carousel.cli.inspect;

import org.jspecify.annotations.NullMarked;
