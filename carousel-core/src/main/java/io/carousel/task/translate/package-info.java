/**
 * Sequences of symbols made of others: translations, pronunciations, spellings.
 *
 * <p>Start at {@link io.carousel.task.translate.Translator}, which goes through the five steps define, compile, fit, evaluate and
 * predict. Pairs of a source and its target come from files by a {@link io.carousel.task.translate.PairReader}; a
 * {@link io.carousel.text.TokenCode} makes numbers of their tokens; the {@link io.carousel.task.translate.TranslateEncoding} is
 * what a model file says beside the network. Encoders, bridges and attention are in {@code layer}, the objective in
 * {@code train}, scores in {@code eval}.
 */
@NullMarked
package io.carousel.task.translate;

import org.jspecify.annotations.NullMarked;
