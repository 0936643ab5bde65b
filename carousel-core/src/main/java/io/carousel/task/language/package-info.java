/**
 * Models of a language: how likely a text is, and what may come next.
 *
 * <p>Start at {@link io.carousel.task.language.LanguageModel}, which goes through the five steps define, compile, fit, evaluate
 * and predict. What is written is the {@link io.carousel.task.language.LanguageEncoding} in a model file. Tokenizers and
 * vocabularies are in {@code text}, the file of token numbers that a training reads in {@code data}.
 */
@NullMarked
package io.carousel.task.language;

import org.jspecify.annotations.NullMarked;
