package io.carousel.task.tag;

import io.carousel.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The column files of the CoNLL tasks: a word a line with its columns, a blank line after each sentence.
 *
 * <pre>{@code
 * Confidence NN B-NP
 * in         IN B-PP
 *
 * -DOCSTART- -X- O          a line with this word is left out, and ends a sentence
 * }</pre>
 *
 * <p>In a file whose first line with words has a tab, columns are cut at tabs, in every other at runs of spaces. All lines
 * with words have as many columns as the first.
 *
 * @param word the column of the words, from 1
 * @param tag the column of the tags, from 1; 0 for the last
 * @param features columns that are read beside the word, from 1
 * @param comment lines that start with this text before the first word of a sentence are left out; empty for none, since
 *     {@code #} is a word, too
 */
public record ColumnFormat(int word, int tag, List<Integer> features, String comment) implements SentenceFormat {
    private static final String DOCUMENT = "-DOCSTART-";
    private static final int MOST_COLUMNS = 1 << 12;

    public ColumnFormat {
        features = List.copyOf(features);
        requireColumn("word", word, 1);
        requireColumn("tag", tag, 0);
        for (int feature : features) {
            requireColumn("feature", feature, 1);
            if (feature == word || feature == tag) {
                throw new IllegalArgumentException(
                        "feature column must be another than those of word and tag, got " + feature + "; leave it out");
            }
        }
        if (word == tag) {
            throw new IllegalArgumentException("tag column must be another than the word's, got " + tag);
        }
        if (!comment.strip().equals(comment)) {
            throw new IllegalArgumentException("comment must have no spaces around it, got \"" + comment + "\"");
        }
    }

    /** Words in the first column, tags in the last, nothing else is read, no comments. */
    public ColumnFormat() {
        this(1, 0, List.of(), "");
    }

    private static void requireColumn(String what, int column, int least) {
        if (column < least || column > MOST_COLUMNS) {
            throw new IllegalArgumentException(
                    what + " column must be from " + least + " to " + MOST_COLUMNS + ", got " + column);
        }
    }

    /** The same with other columns beside the word. */
    public ColumnFormat withFeatures(List<Integer> columns) {
        return new ColumnFormat(word, tag, columns, comment);
    }

    @Override
    public int featureColumns() {
        return features.size();
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
        private final ColumnFormat format;
        private char separator;
        private int columns;
        private long firstLine;

        Reading(ColumnFormat format, Path file, boolean tagged) {
            super(format, file, tagged);
            this.format = format;
        }

        @Override
        void line(String text, long number) {
            if (text.isBlank()) {
                sentences.end();
                return;
            }
            boolean comment = !format.comment.isEmpty() && text.startsWith(format.comment);
            if (comment && sentences.between()) {
                return;
            }
            if (columns == 0) {
                separator = text.indexOf('\t') >= 0 ? '\t' : ' ';
            }
            List<String> fields = fields(text, number);
            if (format.word <= fields.size() && fields.get(format.word - 1).equals(DOCUMENT)) {
                sentences.end();
                return;
            }
            requireColumns(fields.size(), number);
            List<String> values = new ArrayList<>();
            for (int column : format.features) {
                values.add(value(fields, column, "feature", number));
            }
            int tag = format.tag == 0 ? columns : format.tag;
            sentences.add(
                    number,
                    value(fields, format.word, "word", number),
                    values,
                    tagged ? value(fields, tag, "tag", number) : "");
        }

        private List<String> fields(String text, long number) {
            List<String> fields = new ArrayList<>();
            int from = 0;
            for (int at = 0; at <= text.length(); at++) {
                if (at == text.length() || text.charAt(at) == separator) {
                    String field = text.substring(from, at).strip();
                    if (separator == '\t' || !field.isEmpty()) {
                        fields.add(field);
                    }
                    from = at + 1;
                    if (fields.size() > MOST_COLUMNS) {
                        throw new DataException("line " + number + " of " + name + " must have at most " + MOST_COLUMNS
                                + " columns, got more; write a word a line");
                    }
                }
            }
            return fields;
        }

        private void requireColumns(int count, long number) {
            if (columns == 0) {
                columns = count;
                firstLine = number;
                int most = Math.max(format.word, tagged ? Math.max(format.tag, 1) : 1);
                for (int feature : format.features) {
                    most = Math.max(most, feature);
                }
                if (count < most || (tagged && format.tag == 0 && count == format.word)) {
                    throw new DataException("line " + number + " of " + name + " has " + count + " columns, needed are "
                            + (count < most ? "at least " + most : "a word and a tag")
                            + "; name the columns of the file");
                }
            } else if (count != columns) {
                throw new DataException("line " + number + " of " + name + " has " + count + " columns, line "
                        + firstLine + " has " + columns
                        + "; mend it, end sentences with a blank line, or say how comments start");
            }
        }

        private String value(List<String> fields, int column, String what, long number) {
            String value = fields.get(column - 1);
            if (value.isEmpty()) {
                throw new DataException(what + " in column " + column + " of line " + number + " of " + name
                        + " must not be empty; fill it in");
            }
            return value;
        }
    }
}
