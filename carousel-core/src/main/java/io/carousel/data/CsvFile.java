package io.carousel.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file, plain or compressed with gzip, and the SHA-256 of its bytes, in one pass.
 *
 * <p>A field may have {@value #MAX_FIELD} characters and a record {@value #MAX_RECORD}, so that a damaged or hostile file
 * cannot take unbounded memory.
 */
final class CsvFile {
    static final int MAX_FIELD = 64 * 1024;
    static final int MAX_RECORD = 4 * 1024 * 1024;
    static final int MAX_FIELDS = 16 * 1024;

    /** Takes the header (line 1), then each record. */
    interface Sink {
        void header(List<String> names, long line);

        void row(CsvRecord row, long line);
    }

    private final @Nullable InputFile file;
    private final String name;
    private final @Nullable Character separator;
    private final boolean ragged;
    private final Charset encoding;

    CsvFile(Path path, @Nullable Character separator) {
        this(path, separator, false);
    }

    /** A file whose rows need not be as long as the header, if {@code ragged}. */
    CsvFile(Path path, @Nullable Character separator, boolean ragged) {
        this(path, separator, ragged, StandardCharsets.UTF_8);
    }

    /** A file in another encoding. */
    CsvFile(Path path, @Nullable Character separator, boolean ragged, Charset encoding) {
        this.encoding = encoding;
        this.ragged = ragged;
        this.file = new InputFile(path, "CSV file");
        this.name = file.name();
        this.separator = separator;
    }

    /** Text from elsewhere, which {@link #read(Reader, Sink)} is given. */
    CsvFile(String name, @Nullable Character separator) {
        this.encoding = StandardCharsets.UTF_8;
        this.ragged = false;
        this.file = null;
        this.name = name;
        this.separator = separator;
    }

    /** Sends all records to {@code sink} and returns the SHA-256 of the file. */
    String read(Sink sink) {
        return Objects.requireNonNull(file, "there is no file").readText(encoding, text -> read(text, sink));
    }

    /** Sends each record to {@code sink} as soon as its line has ended, and returns when the text does. */
    void read(Reader reader, Sink sink) throws IOException {
        BufferedReader text = new BufferedReader(reader, 1 << 16);
        char fieldSeparator = separator == null ? detectSeparator(text) : separator;
        CsvRecordHandler handler = CsvRecordHandler.builder()
                .maxFields(MAX_FIELDS)
                .maxFieldSize(MAX_FIELD)
                .maxRecordSize(MAX_RECORD)
                .build();
        long[] line = {0};
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .fieldSeparator(fieldSeparator)
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(MAX_RECORD)
                .build(handler, text)) {
            forEach(records, sink, line);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new DataException(
                    "line " + (line[0] + 1) + " of " + name + " cannot be read: " + reason.getMessage()
                            + "; check its quotes and separators",
                    e);
        }
    }

    private void forEach(CsvReader<CsvRecord> records, Sink sink, long[] line) {
        int columns = -1;
        long emptyLine = 0;
        for (CsvRecord row : records) {
            line[0] = row.getStartingLineNumber();
            if (row.getFieldCount() == 1 && row.getField(0).isEmpty()) {
                emptyLine = emptyLine == 0 ? line[0] : emptyLine;
                continue;
            }
            if (emptyLine > 0) {
                throw new DataException("line " + emptyLine + " of " + name + " is empty; remove it");
            }
            if (columns < 0) {
                columns = row.getFieldCount();
                sink.header(row.getFields(), line[0]);
            } else if (row.getFieldCount() != columns && !ragged) {
                throw new DataException("line " + line[0] + " of " + name + " has " + row.getFieldCount()
                        + (row.getFieldCount() == 1 ? " column" : " columns") + ", the header has " + columns);
            } else {
                sink.row(row, line[0]);
            }
        }
        if (columns < 0) {
            throw new DataException(name + " is empty; it must have a header with the names of the columns, and rows");
        }
    }

    /** The most frequent of comma, semicolon and tab outside quotes in the first line; a comma if there is none. */
    private static char detectSeparator(BufferedReader text) throws IOException {
        int limit = 1 << 15;
        text.mark(limit + 1);
        int[] counts = new int[3];
        boolean quoted = false;
        for (int i = 0; i < limit; i++) {
            int c = text.read();
            if (c < 0 || (!quoted && (c == '\n' || c == '\r'))) {
                break;
            }
            quoted ^= c == '"';
            int known = quoted ? -1 : ",;\t".indexOf(c);
            if (known >= 0) {
                counts[known]++;
            }
        }
        text.reset();
        return counts[1] > counts[0] && counts[1] >= counts[2] ? ';' : counts[2] > counts[0] ? '\t' : ',';
    }

    String name() {
        return name;
    }
}
