/** {@code carousel lags}: the long-time-lag problems of 1997. */
@NullMarked
package io.carousel.cli.lags;

import org.jspecify.annotations.NullMarked;
