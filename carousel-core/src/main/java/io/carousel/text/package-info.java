/**
 * From text to numbers: lines of files, tokens, vocabularies; and what tags of tokens mean.
 *
 * <p>Start at {@link io.carousel.text.Tokenizer} and {@link io.carousel.text.Vocabulary}, for tags at {@link
 * io.carousel.text.TagScheme}. Uses {@code data} for files; knows
 * nothing of networks. A model keeps its tokenizer and its vocabulary as JSON, so both are values.
 */
@NullMarked
package io.carousel.text;

import org.jspecify.annotations.NullMarked;
