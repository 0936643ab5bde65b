/**
 * Sequences of symbols made of others: translations, pronunciations, spellings.
 *
 * <p>Start at {@link io.carousel.task.translate.Translator}, which goes through the five steps define, compile, fit, evaluate and
 * predict. Pairs of a source and its target come from files by a {@link io.carousel.task.translate.PairReader}; how tokens become
 * numbers is a {@link io.carousel.task.translate.TextSide}; what is written is the {@link io.carousel.task.translate.TranslateEncoding} in a model file. Encoders, bridges and attention are in
 * {@code layer}, the objective in {@code train}, scores in {@code eval}.
 */
@NullMarked
package io.carousel.task.translate;

import org.jspecify.annotations.NullMarked;
