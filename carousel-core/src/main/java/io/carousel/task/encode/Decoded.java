package io.carousel.task.encode;

import java.util.List;

/**
 * What a decoder made of a vector.
 *
 * @param id of the example that the vector is of, or its number, from 1
 * @param part what it is
 * @param features F of numbers; 0 for texts
 * @param values {@code [T, F]}, in the units of the examples, or scaled where each sequence has scales of its own and is not known;
 *     none for texts
 * @param tokens of a text, without its end; none for numbers
 * @param text of the tokens; empty for numbers
 * @param ended whether the end of a text was reached, and not only the most tokens; true for numbers
 */
public record Decoded(
        String id, Part part, int features, float[] values, List<String> tokens, String text, boolean ended) {
    public Decoded {
        tokens = List.copyOf(tokens);
    }
}
