package io.carousel.task.tag;

import java.util.List;

/**
 * Words in their order, with what is known of each.
 *
 * @param words none of them empty
 * @param features for each word, its values of the columns that are read beside it, such as a part of speech; as many for
 *     every word
 * @param tags one for each word; empty where they are not known
 * @param line of the file on which it starts, from 1; 0 where it is from no file
 */
public record Sentence(List<String> words, List<List<String>> features, List<String> tags, long line) {
    public Sentence {
        words = List.copyOf(words);
        features = features.stream().map(List::copyOf).toList();
        tags = List.copyOf(tags);
        if (features.size() != words.size()) {
            throw new IllegalArgumentException("features must be given for each of " + words.size() + " words, got "
                    + features.size() + " lists; give an empty list where there are none");
        }
        if (!tags.isEmpty() && tags.size() != words.size()) {
            throw new IllegalArgumentException(
                    "tags must be one for each of " + words.size() + " words, or none, got " + tags.size());
        }
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).isEmpty() || (!tags.isEmpty() && tags.get(i).isEmpty())) {
                throw new IllegalArgumentException("words and tags must not be empty, got an empty one at word " + i);
            }
            if (features.get(i).size() != features.get(0).size()) {
                throw new IllegalArgumentException("every word must have the same number of features, got "
                        + features.get(i).size() + " at word " + i + " and "
                        + features.get(0).size() + " at word 0");
            }
        }
    }

    /** Words of which nothing else is known, from no file. */
    public static Sentence of(List<String> words) {
        return new Sentence(words, words.stream().map(word -> List.<String>of()).toList(), List.of(), 0);
    }

    /** The same words with other tags. */
    public Sentence withTags(List<String> others) {
        return new Sentence(words, features, others, line);
    }

    /** Whether tags are known. A sentence without words has all its tags. */
    public boolean tagged() {
        return tags.size() == words.size();
    }
}
