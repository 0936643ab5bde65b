package io.carousel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The tokens of which BLEU counts n-grams: those of mteval-v13a, the scorer of the WMT evaluations, as sacreBLEU cuts them.
 *
 * <p>Punctuation stands alone, except an apostrophe, a point or a comma between digits, and a hyphen that follows no digit.
 *
 * <p>Source: NIST, {@code mteval-v13a.pl}, 2009; Post, <i>A Call for Clarity in Reporting BLEU Scores</i>, 2018.
 */
final class WmtTokens {
    private static final Pattern PUNCTUATION = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
    private static final Pattern AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern HYPHEN_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

    private WmtTokens() {}

    static List<String> of(String text) {
        // the order of the replacements is that of the script: "&amp;lt;" becomes "<"
        String line = stripEnd(text)
                .replace("<skipped>", "")
                .replace("-\n", "")
                .replace("\n", " ")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        line = PUNCTUATION.matcher(" " + line + " ").replaceAll(" $1 ");
        line = AFTER_NO_DIGIT.matcher(line).replaceAll("$1 $2 ");
        line = BEFORE_NO_DIGIT.matcher(line).replaceAll(" $1 $2");
        return words(HYPHEN_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 "));
    }

    /** What stands between white space. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at == text.length() || isSpace(text.charAt(at))) {
                if (at > from) {
                    words.add(text.substring(from, at));
                }
                from = at + 1;
            }
        }
        return words;
    }

    private static String stripEnd(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** White space as Python knows it, with no-break spaces and the control character of a next line. */
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }
}
