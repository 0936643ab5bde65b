package io.carousel.task;

import io.carousel.text.Tokenizer;
import io.carousel.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The characters of a word as a {@link CharacterReader} reads them. */
public final class WordCharacters {
    private WordCharacters() {}

    /** The characters that are read: all, or the first and the last of a long word, one more of the first. */
    public static List<String> of(String word, int most) {
        int[] points = Tokenizer.normalized(word, false).codePoints().toArray();
        int skipped = Math.max(0, points.length - most);
        int head = (most + 1) / 2;
        List<String> characters = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            if (skipped == 0 || i < head || i >= head + skipped) {
                characters.add(Character.toString(points[i]));
            }
        }
        return characters;
    }

    /** Writes their numbers to {@code row[from]} to before {@code row[from + most]}, and -1 after the last. */
    public static void write(String word, int most, Vocabulary characters, float[] row, int from) {
        Arrays.fill(row, from, from + most, -1);
        int at = from;
        for (String character : of(word, most)) {
            row[at++] = characters.number(character);
        }
    }
}
