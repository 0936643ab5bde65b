package io.carousel.layer;

import io.carousel.tensor.Tensor;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The different words among rows that hold the numbers of their characters, each of them once.
 *
 * @param words the characters of each, in the order of their first rows
 * @param places for each row, its word
 */
record CharacterWords(List<int[]> words, int[] places) {
    /** What stands after the last character of a word. */
    static final int NONE = -1;

    /**
     * The words of rows.
     *
     * @param x {@code [N, C]}: the numbers of up to C characters, then {@value #NONE}
     * @throws IllegalArgumentException when a number is none of a character, or stands after {@value #NONE}
     */
    static CharacterWords of(Tensor x, String name, int vocabulary) {
        int columns = x.columns();
        List<int[]> words = new ArrayList<>();
        int[] places = new int[x.rows()];
        Map<IntBuffer, Integer> seen = new HashMap<>();
        int[] buffer = new int[columns];
        for (int row = 0; row < places.length; row++) {
            int length = read(x.data(), x.offset() + row * columns, buffer, name, vocabulary, row);
            Integer place = seen.get(IntBuffer.wrap(buffer, 0, length));
            if (place == null) {
                int[] word = java.util.Arrays.copyOf(buffer, length);
                place = words.size();
                seen.put(IntBuffer.wrap(word), place);
                words.add(word);
            }
            places[row] = place;
        }
        return new CharacterWords(words, places);
    }

    private static int read(float[] x, int offset, int[] into, String name, int vocabulary, int row) {
        int length = 0;
        for (int c = 0; c < into.length; c++) {
            float number = x[offset + c];
            boolean character = number >= 0 && number < vocabulary && number == (int) number;
            if ((number != NONE && !character) || (character && length < c)) {
                throw new IllegalArgumentException("character " + c + " of row " + row
                        + " must be a whole number from 0 to " + (vocabulary - 1) + " for " + name
                        + ", or -1 after the last, got " + number + (character ? " after -1" : "")
                        + "; number characters as in the network's vocabulary");
            }
            if (character) {
                into[length++] = (int) number;
            }
        }
        return length;
    }

    int[] lengths() {
        return words.stream().mapToInt(word -> word.length).toArray();
    }
}
