package io.carousel.task.translate;

import io.carousel.data.CsvTable;
import io.carousel.data.DataException;
import io.carousel.data.InputFile;
import io.carousel.data.Sha256;
import io.carousel.data.Texts;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.text.TextLines;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads pairs of a source and its target from a file or from two, plain or compressed with gzip, in UTF-8 unless another encoding
 * is named.
 *
 * <pre>{@code
 * PairSet pairs = PairReader.builder().mostWords(9).build().read(Path.of("fra.txt"));
 * }</pre>
 *
 * <p>White space around a side does not belong to it. Pairs with an empty side, those that are there twice and those that are too
 * long are left out, and a note of the set says how many. What is wrong is a {@link DataException} with the file, the line and the
 * remedy. Immutable and safe for any number of threads.
 */
public final class PairReader {
    private static final Pattern VARIANT = Pattern.compile("(.+)\\([0-9]+\\)");
    private static final Pattern COMMENT = Pattern.compile("\\s#.*");
    private static final Pattern COLUMN_NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

    private final Builder options;

    private PairReader(Builder options) {
        this.options = options;
    }

    /** A reader with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The format by which a file is read: the one that was chosen, or that of its name. */
    public PairFormat format(Path path) {
        PairFormat chosen = options.format;
        return chosen == null ? PairFormat.of(path) : chosen;
    }

    /**
     * Reads a file.
     *
     * @throws DataException when it cannot be read, something in it is wrong, or no pair is left
     */
    public PairSet read(Path path) {
        PairCollector pairs = new PairCollector(name(path), options.mostWords, options.mostCharacters);
        String sha256 =
                switch (format(path)) {
                    case TSV -> readTsv(path, pairs);
                    case CSV -> readCsv(path, pairs);
                    case JSON_LINES -> readJsonLines(path, pairs);
                    case DICTIONARY -> readDictionary(path, pairs);
                };
        return pairs.set(sha256);
    }

    /**
     * Reads two files of which the n-th lines are a pair.
     *
     * @throws DataException when one cannot be read, they do not have as many lines, or no pair is left
     */
    public PairSet read(Path sources, Path targets) {
        List<String> lines = new ArrayList<>();
        String sourceSha256 = TextLines.read(sources, options.encoding, (line, number) -> lines.add(line));
        PairCollector pairs =
                new PairCollector(name(sources) + " and " + name(targets), options.mostWords, options.mostCharacters);
        long[] count = {0};
        String targetSha256 = TextLines.read(targets, options.encoding, (line, number) -> {
            count[0] = number;
            if (number <= lines.size()) {
                pairs.add(lines.get((int) number - 1), line, number);
            }
        });
        if (count[0] != lines.size()) {
            throw new DataException(name(sources) + " and " + name(targets) + " must have as many lines, got "
                    + lines.size() + " and " + count[0] + "; give the files that belong together");
        }
        return pairs.set(new Sha256().add(sourceSha256).add(targetSha256).hex());
    }

    private static String name(Path path) {
        return new InputFile(path, "file").name();
    }

    // ---------------------------------------------------------------- formats

    private String readTsv(Path path, PairCollector pairs) {
        String file = pairs.file();
        int[] columns = {column(options.source, 0), column(options.target, 1)};
        boolean[] header = {columns[0] < 0 || columns[1] < 0};
        return TextLines.read(path, options.encoding, (line, number) -> {
            if (line.isBlank()) {
                return;
            }
            List<String> fields = Arrays.asList(line.split("\t", -1));
            if (header[0]) {
                header[0] = false;
                List<String> names = fields.stream().map(String::strip).toList();
                columns[0] = columns[0] < 0 ? CsvTable.column(names, named(options.source), file) : columns[0];
                columns[1] = columns[1] < 0 ? CsvTable.column(names, named(options.target), file) : columns[1];
                return;
            }
            int needed = 1 + Math.max(columns[0], columns[1]);
            if (fields.size() < needed) {
                throw new DataException("line " + number + " of " + file + " must have at least " + needed
                        + " columns with a tab between, got " + fields.size() + ": " + Texts.shown(line)
                        + "; name the format of the file, or correct the line");
            }
            pairs.add(fields.get(columns[0]), fields.get(columns[1]), number);
        });
    }

    /** Where the column of that name or number stands; -1 when a header must tell. */
    private static int column(@Nullable String name, int usual) {
        if (name == null) {
            return usual;
        }
        return COLUMN_NUMBER.matcher(name).matches() ? Integer.parseInt(name) - 1 : -1;
    }

    private static String named(@Nullable String column) {
        return column == null ? "" : column;
    }

    private String sourceName() {
        return options.source == null ? "source" : options.source;
    }

    private String targetName() {
        return options.target == null ? "target" : options.target;
    }

    private String readCsv(Path path, PairCollector pairs) {
        int[] columns = new int[2];
        return CsvTable.read(path, null, options.encoding, new CsvTable.Sink() {
            @Override
            public void header(List<String> names) {
                columns[0] = CsvTable.column(names, sourceName(), pairs.file());
                columns[1] = CsvTable.column(names, targetName(), pairs.file());
            }

            @Override
            public void row(List<String> fields, long line) {
                pairs.add(fields.get(columns[0]), fields.get(columns[1]), line);
            }
        });
    }

    private String readJsonLines(Path path, PairCollector pairs) {
        return TextLines.read(path, options.encoding, (line, number) -> {
            if (!line.isBlank()) {
                String place = "line " + number + " of " + pairs.file();
                ObjectNode object;
                try {
                    object = Json.readObject(line, place);
                } catch (FormatException e) {
                    throw new DataException(e.getMessage() + "; write one object a line", e);
                }
                pairs.add(text(object, sourceName(), place), text(object, targetName(), place), number);
            }
        });
    }

    private static String text(ObjectNode object, String property, String place) {
        JsonNode text = object.path(property);
        if (!text.isString()) {
            throw new DataException("property " + property + " on " + place + " must be a text, got "
                    + (text.isMissingNode() ? "none" : text.getNodeType()) + "; name the properties of both sides");
        }
        return text.asString();
    }

    /** Lines such as {@code tomato(2) T AH0 M AA1 T OW2 # a comment}; those that begin with {@code ;;;} say nothing. */
    private String readDictionary(Path path, PairCollector pairs) {
        return TextLines.read(path, options.encoding, (line, number) -> {
            String entry = COMMENT.matcher(line).replaceFirst("").strip();
            if (entry.isEmpty() || entry.startsWith(";;;")) {
                return;
            }
            List<String> fields = new ArrayList<>(Arrays.asList(entry.split("\\s+")));
            String word = fields.remove(0);
            if (fields.isEmpty()) {
                throw new DataException("line " + number + " of " + pairs.file()
                        + " must have a word and its phonemes, got " + Texts.shown(entry) + "; correct the line");
            }
            Matcher variant = VARIANT.matcher(word);
            if (!options.stress) {
                fields.replaceAll(phoneme -> phoneme.replaceFirst("(?<=.)[0-9]$", ""));
            }
            pairs.add(variant.matches() ? variant.group(1) : word, String.join(" ", fields), number);
        });
    }

    /** The options; each has a default. */
    public static final class Builder {
        private @Nullable PairFormat format;
        private @Nullable String source;
        private @Nullable String target;
        private Charset encoding = StandardCharsets.UTF_8;
        private int mostWords = Integer.MAX_VALUE;
        private int mostCharacters = Integer.MAX_VALUE;
        private boolean stress = true;

        private Builder() {}

        /** The format; null to tell it by the name of the file, which is the default. */
        public Builder format(@Nullable PairFormat choice) {
            format = choice;
            return this;
        }

        /**
         * The column or property of the sources; null, the default, for {@code source}, and in TSV for the first. There it may be
         * a number from 1, else the file has a header.
         */
        public Builder source(@Nullable String column) {
            source = column;
            return this;
        }

        /** The same of the targets: {@code target}, and in TSV the second. */
        public Builder target(@Nullable String column) {
            target = column;
            return this;
        }

        /** The encoding of the text in the file; UTF-8 by default. */
        public Builder encoding(Charset choice) {
            encoding = choice;
            return this;
        }

        /** Pairs with more words on a side are left out; a word has a letter or a digit, and white space around it. */
        public Builder mostWords(int count) {
            mostWords = positive("most words", count);
            return this;
        }

        /** Pairs with more characters on a side are left out. */
        public Builder mostCharacters(int count) {
            mostCharacters = positive("most characters", count);
            return this;
        }

        /** Of a dictionary: whether phonemes keep the digit of their stress, which is the default. */
        public Builder stress(boolean kept) {
            stress = kept;
            return this;
        }

        private static int positive(String what, int count) {
            if (count < 1) {
                throw new IllegalArgumentException(what + " of a side must be positive, got " + count);
            }
            return count;
        }

        public PairReader build() {
            Builder copy = new Builder();
            copy.format = format;
            copy.source = source;
            copy.target = target;
            copy.encoding = encoding;
            copy.mostWords = mostWords;
            copy.mostCharacters = mostCharacters;
            copy.stress = stress;
            return new PairReader(copy);
        }
    }
}
