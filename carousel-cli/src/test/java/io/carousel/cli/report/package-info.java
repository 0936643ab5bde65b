/** Tests of the pages. */
@NullMarked
package io.carousel.cli.report;

import org.jspecify.annotations.NullMarked;
