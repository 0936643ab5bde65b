package io.carousel.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a CSV file that has one series in each row, its name first, as the M4 competition writes them.
 *
 * <p>The rows may have any lengths; missing cells at the end of a row are its end, and anywhere else an error. Each series has
 * one column, {@value #COLUMN}, and row numbers for time. Immutable and safe for any number of threads.
 */
public final class RowSeriesReader implements SeriesReader {
    /** The name of the column of each series. */
    public static final String COLUMN = "value";

    /** The most numbers that are read, so that a file, which may be compressed, cannot take unbounded memory. */
    private static final long MAX_CELLS = 100_000_000L;

    private final long maxCells;

    /** A reader of files of up to 100 million numbers. */
    public RowSeriesReader() {
        this(MAX_CELLS);
    }

    RowSeriesReader(long maxCells) {
        this.maxCells = maxCells;
    }

    @Override
    public SeriesSet read(Path file) {
        CsvFile csv = new CsvFile(file, null, true);
        List<Series> list = new ArrayList<>();
        Map<String, Long> lines = new HashMap<>();
        String sha256 = csv.read(new CsvFile.Sink() {
            @Override
            public void header(List<String> names, long line) {
                if (names.size() < 2) {
                    throw new DataException(
                            csv.name() + " must have a name and then values in each row, got one column;"
                                    + " read it as columns, or separate the values by commas");
                }
            }

            private long cells;

            @Override
            public void row(CsvRecord row, long line) {
                cells += row.getFieldCount();
                if (cells > maxCells) {
                    throw new DataException(csv.name() + " must have at most " + maxCells + " cells, got more on line "
                            + line + "; split the file");
                }
                Series series = series(csv.name(), row, line);
                Long before = lines.put(series.name(), line);
                if (before != null) {
                    throw new DataException(
                            "line " + line + " of " + csv.name() + " must name a series of its own, got "
                                    + series.name() + " as on line " + before + "; rename one of them");
                }
                list.add(series);
            }
        });
        if (list.isEmpty()) {
            throw new DataException(csv.name() + " has a header and no rows; it must have at least one row");
        }
        return new SeriesSet(csv.name(), sha256, list, List.of());
    }

    private static Series series(String file, CsvRecord row, long line) {
        String name = row.getField(0).strip();
        int end = row.getFieldCount();
        while (end > 1 && CsvColumns.isMissing(row.getField(end - 1).strip())) {
            end--;
        }
        if (name.isEmpty() || end == 1) {
            throw new DataException("line " + line + " of " + file + " must have a name and at least one value, got "
                    + (name.isEmpty() ? "no name" : "no value") + "; complete the row or remove it");
        }
        double[] values = new double[end - 1];
        for (int i = 1; i < end; i++) {
            values[i - 1] = CsvColumns.number(row.getField(i), i + 1, line, file);
            if (Double.isNaN(values[i - 1])) {
                throw new DataException("line " + line + " of " + file + " has no value in column " + (i + 1)
                        + " and values after it; fill it");
            }
        }
        return Series.of(name, TimeIndex.rows(values.length), Map.of(COLUMN, values));
    }
}
