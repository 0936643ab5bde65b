/**
 * From text to numbers: lines of files, tokens, vocabularies.
 *
 * <p>Start at {@link io.carousel.text.Tokenizer} and {@link io.carousel.text.Vocabulary}. Uses {@code data} for files; knows
 * nothing of networks. A model keeps its tokenizer and its vocabulary as JSON, so both are values.
 */
@NullMarked
package io.carousel.text;

import org.jspecify.annotations.NullMarked;
