/**
 * The commands of {@code carousel tag}: tags for the words of sentences.
 *
 * <p>Start at {@link io.carousel.cli.tag.TagCommand}. What options and files of all tasks share is in {@code command}, pages are
 * in {@code report}; the tagger itself is in {@code io.carousel.task.tag} of the library.
 */
@NullMarked
package io.carousel.cli.tag;

import org.jspecify.annotations.NullMarked;
