/** Tests of what the commands share. */
@NullMarked
package io.carousel.cli.command;

import org.jspecify.annotations.NullMarked;
