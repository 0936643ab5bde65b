package io.carousel.task.classify;

import io.carousel.data.DataException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads examples from a file, plain or compressed with gzip, in UTF-8 unless another encoding is named.
 *
 * <pre>{@code
 * ExampleSet set = ExampleReader.builder().text("sentence").label("mood").build().read(file);
 * }</pre>
 *
 * <p>What is wrong is a {@link DataException} with the file, the line and the remedy: an example without a label, one with an
 * id that was there before, a number that is none. Immutable and safe for any number of threads.
 */
public final class ExampleReader {
    private final Options options;

    private ExampleReader(Options options) {
        this.options = options;
    }

    /**
     * What to read.
     *
     * @param format null: as the name of the file tells
     * @param id the column of the ids; null: numbered from 1
     * @param text the column of the texts
     * @param label the column of the labels
     * @param key the column that tells sequences of numbers apart; null for none
     * @param features the columns of numbers; empty for all the others
     * @param labelSeparator what stands between several labels of one example; null where there is one
     * @param labelled whether examples must have labels; if not, they may
     * @param labelFile a file of labels, one a line, or IDX, in the order of the examples; null for none
     * @param labelCounts of blocks: how many examples in a row have the labels 1, 2, 3 and so on; empty for none
     * @param encoding of text
     * @param pixels of IDX: whether a time step is a pixel and not a row
     */
    record Options(
            @Nullable ExampleFormat format,
            @Nullable String id,
            String text,
            String label,
            @Nullable String key,
            List<String> features,
            @Nullable String labelSeparator,
            boolean labelled,
            @Nullable Path labelFile,
            List<Integer> labelCounts,
            Charset encoding,
            boolean pixels) {}

    /** A reader with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a file, or a folder.
     *
     * @throws DataException when it cannot be read, or something in it is wrong
     */
    public ExampleSet read(Path path) {
        ExampleFormat chosen = options.format();
        ExampleFormat format = chosen == null ? ExampleFormat.of(path, options.key() != null) : chosen;
        ExampleSet set =
                switch (format) {
                    case CSV -> TextTableExamples.csv(path, options);
                    case TSV -> TextTableExamples.tsv(path, options);
                    case JSON_LINES -> JsonLinesExamples.read(path, options);
                    case LINES -> LineExamples.lines(path, options);
                    case FOLDER -> LineExamples.folder(path, options);
                    case SERIES_CSV -> SeriesTableExamples.read(path, options);
                    case UCR -> UcrExamples.read(path, options);
                    case TS -> TsExamples.read(path, options);
                    case IDX -> IdxExamples.read(path, options);
                    case BLOCKS -> BlockExamples.read(path, options);
                };
        if (set.size() == 0) {
            throw new DataException(set.source() + " must have examples, got none; check the file and its format");
        }
        return set;
    }

    /** The options; each has a default. */
    public static final class Builder {
        private @Nullable ExampleFormat format;
        private @Nullable String id;
        private String text = "text";
        private String label = "label";
        private @Nullable String key;
        private List<String> features = List.of();
        private @Nullable String labelSeparator;
        private boolean labelled = true;
        private @Nullable Path labelFile;
        private List<Integer> labelCounts = List.of();
        private Charset encoding = StandardCharsets.UTF_8;
        private boolean pixels;

        private Builder() {}

        /** The format; null to tell it by the name of the file, which is the default. */
        public Builder format(@Nullable ExampleFormat choice) {
            format = choice;
            return this;
        }

        /** The column of the ids; null, the default, to number the examples from 1. */
        public Builder id(@Nullable String column) {
            id = column;
            return this;
        }

        /** The column of the texts; {@code text} by default. */
        public Builder text(String column) {
            text = column;
            return this;
        }

        /** The column of the labels; {@code label} by default. */
        public Builder label(String column) {
            label = column;
            return this;
        }

        /** The column that tells sequences of numbers apart; null, the default, for none. */
        public Builder key(@Nullable String column) {
            key = column;
            return this;
        }

        /** The columns of numbers; none, the default, for all but key and label. */
        public Builder features(List<String> columns) {
            features = List.copyOf(columns);
            return this;
        }

        /** What stands between several labels of one example, such as {@code |}; null, the default, where there is one. */
        public Builder labelSeparator(@Nullable String separator) {
            if (separator != null && separator.isEmpty()) {
                throw new IllegalArgumentException("label separator must not be empty; give a character, such as |");
            }
            labelSeparator = separator;
            return this;
        }

        /** Whether examples must have labels, which is the default; if not, they may. */
        public Builder labelled(boolean needed) {
            labelled = needed;
            return this;
        }

        /**
         * A file of labels in the order of the examples: one a line, or IDX. Images look for the file of the same name with
         * {@code labels-idx1} in place of {@code images-idx3} when none is given.
         */
        public Builder labelFile(@Nullable Path file) {
            labelFile = file;
            return this;
        }

        /** Of blocks in the order of their labels: how many there are of label 1, of label 2, and so on. */
        public Builder labelCounts(List<Integer> counts) {
            labelCounts = List.copyOf(counts);
            return this;
        }

        /** The encoding of the text in the file; UTF-8 by default. */
        public Builder encoding(Charset choice) {
            encoding = choice;
            return this;
        }

        /** Of images: whether a time step is a pixel and not a row; false by default. */
        public Builder pixels(boolean each) {
            pixels = each;
            return this;
        }

        public ExampleReader build() {
            return new ExampleReader(new Options(
                    format,
                    id,
                    text,
                    label,
                    key,
                    features,
                    labelSeparator,
                    labelled,
                    labelFile,
                    labelCounts,
                    encoding,
                    pixels));
        }
    }
}
