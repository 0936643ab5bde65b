package io.carousel.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads series from a CSV file with a header, plain or compressed with gzip, in UTF-8.
 *
 * <pre>{@code
 * SeriesSet set = CsvSeriesReader.builder().time("Month").columns("Passengers").build().read(file);
 * }</pre>
 *
 * <p>Without {@link Builder#time}, the first column is the time if it is neither asked for as a number nor the key, and
 * if its cells are time stamps: {@code 1949-01}, {@code 1949-Q1}, {@code 1981-01-01}, {@code 2016-07-01 00:00:00},
 * {@code 2016-07-01T00:00Z}, {@code 01/31/2020} where the column tells the day from the month, years, or whole numbers
 * that ascend evenly. Otherwise rows are numbered. Comma, semicolon and tab are told apart by the header.
 *
 * <p>Empty cells, {@code NA}, {@code N/A}, {@code NaN}, {@code null} and {@code none} are missing. A missing cell and a gap in
 * the time index are errors unless a {@link Fill} is asked for. Immutable and safe for any number of threads.
 */
public final class CsvSeriesReader implements SeriesReader {
    private final Builder options;

    private CsvSeriesReader(Builder options) {
        this.options = options.copy();
    }

    /** A reader of every column. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public SeriesSet read(Path file) {
        CsvFile csv = new CsvFile(file, options.separator);
        CsvColumns columns = new CsvColumns(csv.name(), options);
        String sha256 = csv.read(columns);
        return new SeriesAssembler(csv.name(), options, columns).assemble(sha256);
    }

    /** The options; each has a default that suits a file of one series. */
    public static final class Builder {
        @Nullable
        String time;

        @Nullable
        String key;

        List<String> columns = List.of();
        List<String> openEnd = List.of();
        Fill fill = Fill.NONE;
        boolean keepGaps;

        @Nullable
        Character separator;

        long maxCells = 100_000_000L;

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.time = time;
            copy.key = key;
            copy.columns = columns;
            copy.openEnd = openEnd;
            copy.fill = fill;
            copy.keepGaps = keepGaps;
            copy.separator = separator;
            copy.maxCells = maxCells;
            return copy;
        }

        /** The column of the time stamps; null to look at the first column. */
        public Builder time(@Nullable String column) {
            this.time = column;
            return this;
        }

        /** The column whose values tell several series apart; null for one series. Their rows may be mixed. */
        public Builder key(@Nullable String column) {
            this.key = column;
            return this;
        }

        /** The columns to read, as numbers; none for all but time and key. */
        public Builder columns(String... columns) {
            return columns(List.of(columns));
        }

        /** The columns to read, as numbers; none for all but time and key. */
        public Builder columns(List<String> columns) {
            this.columns = new ArrayList<>(new java.util.LinkedHashSet<>(columns));
            return this;
        }

        /**
         * Columns that may be missing from some row on to the end of a series: they stay NaN there. So a file can hold
         * inputs known in the future beside a target that is not.
         */
        public Builder openEnd(String... columns) {
            this.openEnd = List.of(columns);
            return this;
        }

        /** What to put where a cell, or a row of the time index, is missing; default {@link Fill#NONE}. */
        public Builder fill(Fill fill) {
            this.fill = fill;
            return this;
        }

        /** Takes rows as they follow each other, whatever their distance in time; default false. */
        public Builder keepGaps(boolean keep) {
            this.keepGaps = keep;
            return this;
        }

        /** The separator; null to tell comma, semicolon and tab apart by the header. */
        public Builder separator(@Nullable Character separator) {
            this.separator = separator;
            return this;
        }

        /** How many numbers may be read at most, so that a file cannot take unbounded memory; default 100 million. */
        public Builder maxCells(long cells) {
            this.maxCells = cells;
            return this;
        }

        /** The reader. */
        public CsvSeriesReader build() {
            return new CsvSeriesReader(this);
        }
    }
}
