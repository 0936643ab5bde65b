package io.carousel.task.tag;

import io.carousel.text.TagScheme;
import java.util.List;

/**
 * The scheme in which tags of sentences are written.
 *
 * <p>Tags that all are {@code O} or a prefix {@code B}, {@code I}, {@code E} or {@code S} with a hyphen and a type, but keep to no
 * scheme everywhere, as after a slip of whoever tagged them, are read as conlleval reads them, and written as IOB2.
 *
 * @param scheme of the tags that are given back
 * @param sound whether all tags keep to it
 * @param notes what one should know
 */
record WrittenTags(TagScheme scheme, boolean sound, List<String> notes) {
    static WrittenTags of(List<Sentence> sentences) {
        TagScheme found =
                TagScheme.detect(sentences.stream().map(Sentence::tags).toList());
        boolean spans = found == TagScheme.NONE
                && sentences.stream()
                        .flatMap(sentence -> sentence.tags().stream())
                        .allMatch(WrittenTags::isOfSpans)
                && sentences.stream()
                        .flatMap(sentence -> sentence.tags().stream())
                        .anyMatch(tag -> !tag.equals(TagScheme.OUTSIDE));
        if (!spans) {
            return new WrittenTags(found, true, List.of());
        }
        Sentence first = sentences.stream()
                .filter(sentence -> !isSound(sentence))
                .findFirst()
                .orElse(sentences.get(0));
        return new WrittenTags(
                TagScheme.IOB2,
                false,
                List.of("the tags keep neither to IOB1 nor to IOB2 nor to BIOES, IOB2 first in the sentence at line "
                        + first.line() + "; they were read as conlleval reads them, and IOB2 is given"));
    }

    private static boolean isOfSpans(String tag) {
        return tag.equals(TagScheme.OUTSIDE)
                || (tag.length() > 2 && "BIES".indexOf(tag.charAt(0)) >= 0 && tag.charAt(1) == '-');
    }

    private static boolean isSound(Sentence sentence) {
        return sentence.tags().stream().allMatch(TagScheme.IOB2::isTag)
                && TagScheme.IOB2.firstViolation(sentence.tags()) < 0;
    }
}
