/** Tests of the command line. */
@NullMarked
package io.carousel.cli;

import org.jspecify.annotations.NullMarked;
