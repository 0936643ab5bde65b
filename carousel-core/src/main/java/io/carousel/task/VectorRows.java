package io.carousel.task;

import io.carousel.data.DataException;
import io.carousel.text.Tokenizer;
import io.carousel.text.Vocabulary;
import io.carousel.text.WordVectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pretrained vectors of a vocabulary, and no others: memory is that of the vocabulary.
 *
 * <p>A word gets the vector of its own form. If the file does not have that, it gets the vector of the first word in the file
 * that is the same in small letters, so that {@code london} finds {@code London}.
 */
public final class VectorRows {
    private final float[] @Nullable [] rows;
    private final int size;
    private final String sha256;
    private int exact;
    private int bySmallLetters;

    private VectorRows(WordVectors file, Vocabulary words) {
        rows = new float[words.size()][];
        boolean[] own = new boolean[words.size()];
        Map<String, List<Integer>> small = new HashMap<>();
        for (int word = 1; word < rows.length; word++) {
            small.computeIfAbsent(Tokenizer.normalized(words.symbol(word), true), any -> new ArrayList<>(1))
                    .add(word);
        }
        WordVectors.Summary summary = file.read(new WordVectors.Sink() {
            @Override
            public boolean wants(String word) {
                int number = number(word);
                return (number > 0 && !own[number]) || !similar(word).isEmpty();
            }

            private int number(String word) {
                return words.number(Tokenizer.normalized(word, false));
            }

            // words without a vector that are the same in small letters
            private List<Integer> similar(String word) {
                List<Integer> found = small.getOrDefault(Tokenizer.normalized(word, true), List.of());
                return found.stream().filter(each -> rows[each] == null).toList();
            }

            @Override
            public void take(String word, float[] vector) {
                for (int each : similar(word)) {
                    rows[each] = vector;
                    bySmallLetters++;
                }
                int number = number(word);
                if (number > 0 && !own[number]) {
                    rows[number] = vector;
                    own[number] = true;
                    bySmallLetters--;
                    exact++;
                }
            }
        });
        size = summary.size();
        sha256 = summary.sha256();
        if (exact + bySmallLetters == 0) {
            throw new DataException(file.name() + " must have a vector for at least one of the " + (words.size() - 1)
                    + " words of the training, got none; name vectors of their language");
        }
    }

    /**
     * Reads those of a vocabulary.
     *
     * @throws DataException when there are none
     */
    public static VectorRows of(WordVectors file, Vocabulary words) {
        return new VectorRows(file, words);
    }

    /** E. */
    public int size() {
        return size;
    }

    /** Of the whole file. */
    public String sha256() {
        return sha256;
    }

    /** Overwrites the rows of a table {@code [V, E]} that have a vector. */
    public void copyTo(float[] table, int offset) {
        for (int word = 0; word < rows.length; word++) {
            float[] row = rows[word];
            if (row != null) {
                System.arraycopy(row, 0, table, offset + word * size, size);
            }
        }
    }

    /** How many words have a vector, in a sentence. */
    public String note(String file) {
        return (exact + bySmallLetters) + " of " + (rows.length - 1) + " words have a vector of " + file
                + (bySmallLetters == 0 ? "" : ", " + bySmallLetters + " of them by their small letters");
    }
}
