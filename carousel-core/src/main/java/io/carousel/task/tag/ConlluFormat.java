package io.carousel.task.tag;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.carousel.data.DataException;
import java.nio.file.Path;
import java.util.List;

/**
 * CoNLL-U, the format of Universal Dependencies: ten columns cut at tabs, comments that start with {@code #}, a blank line
 * after each sentence.
 *
 * <p>Lines of a range of words, as {@code 2-3} for {@code don't}, and of a word that is not in the text, as {@code 8.1}, are
 * left out: the words of a sentence are those that have a whole number, which ascends by one. A tag that is {@code _} is not
 * known, and an error where tags are read.
 *
 * @param tag which column is the tag
 */
public record ConlluFormat(Tag tag) implements SentenceFormat {
    private static final int COLUMNS = 10;

    /** A column of tags. */
    public enum Tag {
        /** The universal part of speech, column 4. */
        @JsonProperty("upos")
        UPOS(4),
        /** The language's own part of speech, column 5. */
        @JsonProperty("xpos")
        XPOS(5);

        private final int column;

        Tag(int column) {
            this.column = column;
        }
    }

    @Override
    public int featureColumns() {
        return 0;
    }

    @Override
    public SentenceSet read(Path file) {
        return new Reading(this, file, true).read();
    }

    @Override
    public SentenceSet readWords(Path file) {
        return new Reading(this, file, false).read();
    }

    private static final class Reading extends SentenceReading {
        private final ConlluFormat format;
        private int words;

        Reading(ConlluFormat format, Path file, boolean tagged) {
            super(format, file, tagged);
            this.format = format;
        }

        @Override
        void line(String text, long number) {
            if (text.isBlank()) {
                sentences.end();
                words = 0;
                return;
            }
            if (text.startsWith("#")) {
                return;
            }
            String[] fields = text.split("\t", -1);
            if (fields.length != COLUMNS) {
                throw new DataException("line " + number + " of " + name + " has " + fields.length
                        + " columns, CoNLL-U has " + COLUMNS
                        + " with tabs between them; read files of other columns as columns");
            }
            String id = fields[0];
            if (id.matches("[0-9]{1,9}-[0-9]{1,9}|[0-9]{1,9}\\.[0-9]{1,9}")) {
                return;
            }
            if (!id.equals(Integer.toString(words + 1))) {
                throw new DataException("number of the word in line " + number + " of " + name + " must be "
                        + (words + 1) + ", got " + (id.length() > 40 ? id.substring(0, 40) + "…" : id)
                        + "; end sentences with a blank line");
            }
            words++;
            String tag = fields[format.tag.column - 1].strip();
            if (tagged && (tag.isEmpty() || tag.equals("_"))) {
                throw new DataException(format.tag + " in line " + number + " of " + name
                        + " must be given, got none; read a file that has it");
            }
            String word = fields[1].strip();
            if (word.isEmpty()) {
                throw new DataException("word in line " + number + " of " + name + " must not be empty; fill it in");
            }
            sentences.add(number, word, List.of(), tagged ? tag : "");
        }
    }
}
