package io.carousel.task.translate;

import java.nio.file.Path;
import java.util.Locale;

/** How a file holds pairs. */
public enum PairFormat {
    /** A source, a tab and a target a line, without quotes; a header if columns are named; any name but the others. */
    TSV,
    /** CSV with a header; {@code .csv}. */
    CSV,
    /** An object a line with a text for each side; {@code .jsonl}, {@code .ndjson}, {@code .json}. */
    JSON_LINES,
    /** The CMU pronouncing dictionary: a word and its phonemes a line, {@code word(2)} for a variant; {@code .dict}. */
    DICTIONARY;

    /** The format that a file's name tells. */
    static PairFormat of(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (plain.endsWith(".csv")) {
            return CSV;
        }
        if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson") || plain.endsWith(".json")) {
            return JSON_LINES;
        }
        return plain.endsWith(".dict") ? DICTIONARY : TSV;
    }
}
