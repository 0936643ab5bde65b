package io.carousel.task.translate;

import io.carousel.data.DataException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What readers of pairs share: the list that they fill, and which pairs are left out of it. */
final class PairCollector {
    private final String file;
    private final int mostWords;
    private final int mostCharacters;
    private final List<TextPair> pairs = new ArrayList<>();
    private final Set<TextPair> seen = new HashSet<>();
    private long empty;
    private long twice;
    private long wordy;
    private long tooLong;

    PairCollector(String file, int mostWords, int mostCharacters) {
        this.file = file;
        this.mostWords = mostWords;
        this.mostCharacters = mostCharacters;
    }

    String file() {
        return file;
    }

    void add(String source, String target, long line) {
        TextPair pair = new TextPair(source.strip(), target.strip(), line);
        if (pair.source().isEmpty() || pair.target().isEmpty()) {
            empty++;
        } else if (characters(pair.source()) > mostCharacters || characters(pair.target()) > mostCharacters) {
            tooLong++;
        } else if (words(pair.source()) > mostWords || words(pair.target()) > mostWords) {
            wordy++;
        } else if (!seen.add(TextPair.of(pair.source(), pair.target()))) {
            twice++;
        } else {
            pairs.add(pair);
        }
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    /** What stands between white space and has a letter or a digit. */
    static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int point = text.codePointAt(at);
            boolean space = Character.isWhitespace(point) || Character.isSpaceChar(point);
            if (!inside && Character.isLetterOrDigit(point)) {
                words++;
                inside = true;
            }
            inside &= !space;
        }
        return words;
    }

    PairSet set(String sha256) {
        List<String> notes = new ArrayList<>();
        note(notes, empty, "with an empty side");
        note(notes, tooLong, "with more than " + mostCharacters + " characters on a side");
        note(notes, wordy, "with more than " + mostWords + " words on a side");
        note(notes, twice, "that had been there before");
        if (pairs.isEmpty()) {
            throw new DataException(file + " must have at least one pair of two texts, got none"
                    + (notes.isEmpty() ? "" : ": " + String.join(", ", notes))
                    + "; check the file, its format and its columns");
        }
        return new PairSet(pairs, file, sha256, notes);
    }

    private static void note(List<String> notes, long count, String what) {
        if (count > 0) {
            notes.add(
                    count + (count == 1 ? " pair " : " pairs ") + what + (count == 1 ? " was" : " were") + " left out");
        }
    }
}
