package io.carousel.task.translate;

/**
 * A text and what it is to become.
 *
 * @param line of its file, from 1, for errors; 0 for none
 */
public record TextPair(String source, String target, long line) {
    /** A pair that stands in no file. */
    public static TextPair of(String source, String target) {
        return new TextPair(source, target, 0);
    }
}
