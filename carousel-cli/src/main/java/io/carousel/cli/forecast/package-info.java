/** The commands of a forecast: start reading at {@link io.carousel.cli.forecast.FitCommand}. */
@NullMarked
package io.carousel.cli.forecast;

import org.jspecify.annotations.NullMarked;
