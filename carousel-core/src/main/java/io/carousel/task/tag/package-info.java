/**
 * Tags for the words of sentences: parts of speech, chunks, names.
 *
 * <p>Start at {@link io.carousel.task.tag.SequenceTagger}, which goes through the five steps define, compile, fit, evaluate and
 * predict. Sentences come from files by a {@link io.carousel.task.tag.SentenceFormat}; what is written is the {@link
 * io.carousel.task.tag.TagEncoding} in a model file. The chain that ties neighbouring tags together is in {@code layer} and
 * {@code loss}, schemes and spans are in {@code text}, scores in {@code eval}.
 */
@NullMarked
package io.carousel.task.tag;

import org.jspecify.annotations.NullMarked;
