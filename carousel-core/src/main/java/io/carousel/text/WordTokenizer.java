package io.carousel.text;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.List;

/**
 * Words, numbers and single symbols.
 *
 * <p>A word is a run of letters, digits, marks and underscores. An apostrophe or a hyphen between two of them belongs to it
 * ({@code don't}, {@code well-kept}), as does a point or a comma between two digits ({@code 3.14}). White space separates;
 * every other character is a token of its own. Languages that write without spaces need another tokenizer.
 *
 * @param lowerCase whether capitals become small letters
 */
@JsonTypeName("words")
public record WordTokenizer(boolean lowerCase) implements Tokenizer {
    @Override
    public List<String> tokens(String text) {
        int[] points = Tokenizer.normalized(text, lowerCase).codePoints().toArray();
        List<String> tokens = new ArrayList<>();
        for (int from = 0; from < points.length; ) {
            int to = from + 1;
            if (isWord(points[from])) {
                while (to < points.length && (isWord(points[to]) || joins(points, to))) {
                    to++;
                }
            }
            if (!isSpace(points[from])) {
                tokens.add(new String(points, from, to - from));
            }
            from = to;
        }
        return tokens;
    }

    private static boolean isSpace(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point);
    }

    private static boolean isWord(int point) {
        int type = Character.getType(point);
        return Character.isLetterOrDigit(point)
                || point == '_'
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /** Whether a symbol after a word goes on with it, because of what stands on both sides. */
    private static boolean joins(int[] points, int at) {
        if (at + 1 == points.length) {
            return false;
        }
        int before = points[at - 1];
        int after = points[at + 1];
        return switch (points[at]) {
            case '\'', '\u2019', '-' -> isWord(before) && isWord(after);
            case '.', ',' -> Character.isDigit(before) && Character.isDigit(after);
            default -> false;
        };
    }

    /** One space between tokens, none before closing and after opening punctuation. */
    @Override
    public String text(List<String> tokens) {
        StringBuilder text = new StringBuilder();
        boolean opened = true;
        for (String token : tokens) {
            if (!opened && !isOneOf(token, ".,;:!?)]}%\u2026")) {
                text.append(' ');
            }
            text.append(token);
            opened = isOneOf(token, "([{");
        }
        return text.toString();
    }

    private static boolean isOneOf(String token, String symbols) {
        return token.length() == 1 && symbols.indexOf(token.charAt(0)) >= 0;
    }
}
