package io.carousel.task.classify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How a file holds examples. */
public enum ExampleFormat {
    /** CSV with a header, a text and a label column; {@code .csv}. */
    CSV,
    /** The same separated by tabs, fields taken as they stand, without quotes; {@code .tsv}. */
    TSV,
    /** An object a line with a text and a label, or a list of labels; {@code .jsonl}, {@code .ndjson}, {@code .json}. */
    JSON_LINES,
    /** A label, white space and a text a line; any other name. */
    LINES,
    /** A folder of text files, each named by a label, with a text a line. */
    FOLDER,
    /** CSV with a header, a row for each time step, and a column that tells the sequences apart; {@code .csv} with a key. */
    SERIES_CSV,
    /** The time series archive's rows of numbers, the label first; {@code .tsv} that begins with a number. */
    UCR,
    /** The format of sktime and aeon with a header of {@code @} lines; {@code .ts}. */
    TS,
    /** IDX images, read row by row or pixel by pixel; a name with {@code idx} and {@code ubyte}. */
    IDX,
    /** Rows of numbers, an empty line between sequences. */
    BLOCKS;

    /**
     * The format that a file's name, and for {@code .tsv} its first line, tells.
     *
     * @param keyed whether a column that tells sequences apart was named
     */
    static ExampleFormat of(Path path, boolean keyed) {
        if (Files.isDirectory(path)) {
            return FOLDER;
        }
        Path file = path.getFileName();
        String name = (file == null ? path : file).toString().toLowerCase(Locale.ROOT);
        if (name.contains("idx") && name.contains("ubyte")) {
            return IDX;
        }
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (keyed) {
            return SERIES_CSV;
        }
        if (plain.endsWith(".csv")) {
            return CSV;
        }
        if (plain.endsWith(".tsv")) {
            return UcrExamples.looksLike(path) ? UCR : TSV;
        }
        if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson") || plain.endsWith(".json")) {
            return JSON_LINES;
        }
        return plain.endsWith(".ts") ? TS : LINES;
    }
}
