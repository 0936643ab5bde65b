package io.carousel.task.tag;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sentences and where they came from.
 *
 * @param sentences in the order of the file
 * @param format by which they were read; null where they are from no file
 * @param source the file's name without its folder, or what else to call them
 * @param sha256 of the file; empty where there is none
 * @param notes what one should know, one sentence each
 */
public record SentenceSet(
        List<Sentence> sentences, @Nullable SentenceFormat format, String source, String sha256, List<String> notes) {
    public SentenceSet {
        sentences = List.copyOf(sentences);
        notes = List.copyOf(notes);
    }

    /** Sentences from no file. */
    public static SentenceSet of(List<Sentence> sentences) {
        return new SentenceSet(sentences, null, "sentences", "", List.of());
    }

    /** The number of words over all sentences. */
    public long words() {
        return sentences.stream().mapToLong(sentence -> sentence.words().size()).sum();
    }
}
