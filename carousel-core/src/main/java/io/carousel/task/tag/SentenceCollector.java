package io.carousel.task.tag;

import io.carousel.data.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the lines of a file to sentences; equal texts are kept once. */
final class SentenceCollector {
    private final String source;
    private final List<Sentence> sentences = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> kept = new HashMap<>();
    private final Map<List<String>, List<String>> keptFeatures = new HashMap<>();
    private List<String> words = new ArrayList<>();
    private List<List<String>> features = new ArrayList<>();
    private List<String> tags = new ArrayList<>();
    private long start;

    SentenceCollector(String source) {
        this.source = source;
    }

    /** Adds a word; an empty tag where it is not known. */
    void add(long line, String word, List<String> values, String tag) {
        if (words.isEmpty()) {
            start = line;
        }
        if (words.size() == SentenceFormat.MOST_WORDS) {
            throw new DataException("sentence at line " + start + " of " + source + " must have at most "
                    + SentenceFormat.MOST_WORDS + " words, got more; end sentences with a blank line");
        }
        words.add(once(word));
        features.add(values.isEmpty() ? List.of() : keptFeatures.computeIfAbsent(values, List::copyOf));
        if (!tag.isEmpty()) {
            tags.add(once(tag));
        }
    }

    private String once(String text) {
        String before = kept.putIfAbsent(text, text);
        return before == null ? text : before;
    }

    /** Ends the sentence, if there is one. */
    void end() {
        if (!words.isEmpty()) {
            sentences.add(new Sentence(words, features, tags, start));
            words = new ArrayList<>();
            features = new ArrayList<>();
            tags = new ArrayList<>();
        }
    }

    /** Whether the sentence has no word yet. */
    boolean between() {
        return words.isEmpty();
    }

    void note(String note) {
        notes.add(note);
    }

    SentenceSet set(SentenceFormat format, String sha256) {
        end();
        if (sentences.isEmpty()) {
            throw new DataException(
                    source + " must have at least one sentence, got none; name a file with a word a line");
        }
        return new SentenceSet(sentences, format, source, sha256, notes);
    }
}
