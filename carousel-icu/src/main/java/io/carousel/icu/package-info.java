/** Tokenizers by ICU: put this module on the class path and name {@code icu-words}. */
@NullMarked
package io.carousel.icu;

import org.jspecify.annotations.NullMarked;
