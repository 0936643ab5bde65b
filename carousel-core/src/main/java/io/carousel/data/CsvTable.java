package io.carousel.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file with a header as text, one at a time, plain or compressed with gzip.
 *
 * <p>A field may have 65,536 characters and a row 4 million, so that a damaged file cannot take unbounded memory.
 */
public final class CsvTable {
    private CsvTable() {}

    /** Takes the header, then each row. */
    public interface Sink {
        /** Takes the names of the columns, each of which is there once. */
        void header(List<String> names);

        /**
         * Takes a row.
         *
         * @param fields one for each column
         * @param line where it starts, from 1
         */
        void row(List<String> fields, long line);
    }

    /**
     * Sends the header and all rows to {@code sink} and returns the SHA-256 of the file.
     *
     * @param separator null to tell comma, semicolon and tab apart by the header
     * @param encoding of the file
     * @throws DataException when the file cannot be read, has no header, a column twice, or a row of another length
     */
    public static String read(Path path, @Nullable Character separator, Charset encoding, Sink sink) {
        CsvFile file = new CsvFile(path, separator, false, encoding);
        return file.read(new CsvFile.Sink() {
            @Override
            public void header(List<String> names, long line) {
                List<String> stripped = names.stream().map(String::strip).toList();
                requireDifferent(stripped, line, file.name());
                sink.header(stripped);
            }

            @Override
            public void row(CsvRecord row, long line) {
                sink.row(row.getFields(), line);
            }
        });
    }

    /**
     * Where a column stands.
     *
     * @throws DataException when there is none of that name
     */
    public static int column(List<String> header, String name, String file) {
        int index = header.indexOf(name);
        if (index < 0) {
            throw new DataException(
                    "there is no column " + Texts.shown(name) + " in " + file + "; it has " + Texts.shown(header));
        }
        return index;
    }

    private static void requireDifferent(List<String> names, long line, String file) {
        Set<String> seen = new LinkedHashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new DataException("line " + line + " of " + file + " must name each column once, got "
                        + Texts.shown(name) + " twice; rename one of them");
            }
        }
    }
}
