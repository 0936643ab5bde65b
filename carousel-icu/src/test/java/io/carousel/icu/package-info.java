@NullMarked
package io.carousel.icu;

import org.jspecify.annotations.NullMarked;
