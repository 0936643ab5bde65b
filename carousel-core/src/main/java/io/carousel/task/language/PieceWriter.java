package io.carousel.task.language;

import io.carousel.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** Turns tokens into text one by one: what each adds to the line that it goes on with. */
final class PieceWriter {
    /** Tokens before, on which the spaces and the bytes of the next may depend. */
    private static final int CONTEXT = 16;

    /** The bytes of a character in UTF-8 without its last. */
    private static final int MOST_HELD = 3;

    private static final char REPLACEMENT = '\uFFFD';

    private final TextCode code;
    private final Tokenizer tokenizer;
    private final List<String> line = new ArrayList<>();
    private String written = "";
    private int held;
    /** Whether the prompt ends with a space that its tokens have lost. */
    private boolean spaced;

    /** A writer that goes on after a prompt. */
    PieceWriter(TextCode code, String prompt) {
        this.code = code;
        tokenizer = code.tokenizer();
        for (String token : code.open(prompt)) {
            if (token.equals(code.vocabulary().symbol(code.lineEnd()))) {
                line.clear();
            } else {
                line.add(token);
            }
        }
        trim();
        spaced = prompt.endsWith(" ") && !written.endsWith(" ");
    }

    /** The text that a token adds. */
    String write(int token) {
        if (token == code.lineEnd()) {
            String rest = finish();
            line.clear();
            written = "";
            spaced = false;
            return rest + "\n";
        }
        line.add(code.vocabulary().symbol(token));
        String piece = added();
        if (!piece.isEmpty() && piece.charAt(piece.length() - 1) == REPLACEMENT && held < MOST_HELD) {
            held++;
            return "";
        }
        return take(piece);
    }

    /** What was held back, when nothing comes any more. */
    String finish() {
        return held == 0 ? "" : take(added());
    }

    private String added() {
        String all = tokenizer.text(line);
        return all.startsWith(written) ? all.substring(written.length()) : all;
    }

    private String take(String piece) {
        held = 0;
        trim();
        String text = spaced && piece.startsWith(" ") ? piece.substring(1) : piece;
        spaced = spaced && piece.isEmpty();
        return text;
    }

    private void trim() {
        if (line.size() > CONTEXT) {
            line.subList(0, line.size() - CONTEXT / 2).clear();
        }
        written = tokenizer.text(line);
    }
}
