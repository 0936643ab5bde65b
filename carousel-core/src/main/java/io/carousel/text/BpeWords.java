package io.carousel.text;

import java.util.function.Consumer;

/** Cuts a text into the words that {@link BpeTokenizer} describes; together they are the text. */
final class BpeWords {
    /** The most characters of a word, without the space before it. */
    static final int LONGEST = 64;

    private enum Kind {
        LETTER,
        DIGIT,
        SPACE,
        OTHER
    }

    private BpeWords() {}

    static void of(String text, Consumer<String> sink) {
        int[] points = text.codePoints().toArray();
        int from = 0;
        while (from < points.length) {
            int first = from;
            if (points[from] == ' ' && from + 1 < points.length && kind(points[from + 1]) != Kind.SPACE) {
                first++;
            }
            int to = end(points, first);
            sink.accept(new String(points, from, to - from));
            from = to;
        }
    }

    private static int end(int[] points, int first) {
        Kind kind = kind(points[first]);
        int most = Math.min(points.length, first + LONGEST);
        int to = first + 1;
        while (to < most && (kind(points[to]) == kind || joins(points, to))) {
            to++;
        }
        // the last space of several belongs to the word after it
        boolean wordFollows = kind == Kind.SPACE && to < points.length && kind(points[to]) != Kind.SPACE;
        return wordFollows && points[to - 1] == ' ' && to - 1 > first ? to - 1 : to;
    }

    private static boolean joins(int[] points, int at) {
        return (points[at] == '\'' || points[at] == '\u2019')
                && kind(points[at - 1]) == Kind.LETTER
                && at + 1 < points.length
                && kind(points[at + 1]) == Kind.LETTER;
    }

    private static Kind kind(int point) {
        if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
            return Kind.SPACE;
        }
        if (Character.isDigit(point)) {
            return Kind.DIGIT;
        }
        int type = Character.getType(point);
        boolean mark = type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
        return mark || Character.isLetter(point) ? Kind.LETTER : Kind.OTHER;
    }
}
