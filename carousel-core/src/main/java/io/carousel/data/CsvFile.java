package io.carousel.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
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

    private final Path path;
    private final String name;
    private final @Nullable Character separator;
    private final boolean ragged;

    CsvFile(Path path, @Nullable Character separator) {
        this(path, separator, false);
    }

    /** A file whose rows need not be as long as the header, if {@code ragged}. */
    CsvFile(Path path, @Nullable Character separator, boolean ragged) {
        this.ragged = ragged;
        this.path = path;
        this.name = path.getFileName() == null
                ? path.toString()
                : path.getFileName().toString();
        this.separator = separator;
    }

    /** Sends all records to {@code sink} and returns the SHA-256 of the file. */
    String read(Sink sink) {
        MessageDigest digest = sha256();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(path))) {
            // FastCSV closes what it reads; bytes after the last record still have to be counted
            DigestInputStream counted = new DigestInputStream(raw, digest) {
                @Override
                public void close() {}
            };
            readRecords(text(counted), sink);
            counted.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (CharacterCodingException e) {
            throw notUtf8(e);
        } catch (ZipException e) {
            throw new DataException(name + " is damaged: " + e.getMessage() + "; get a whole copy of it", e);
        } catch (EOFException e) {
            throw new DataException(name + " ends too early, its compressed data is cut; get a whole copy of it", e);
        } catch (NoSuchFileException e) {
            throw new DataException(path + " does not exist; check the name and the folder", e);
        } catch (AccessDeniedException e) {
            throw new DataException(path + " must be readable, but access is denied; check its permissions", e);
        } catch (IOException e) {
            throw new DataException(
                    path + (Files.isDirectory(path) ? " is a folder" : " cannot be read: " + e.getMessage())
                            + "; name a CSV file",
                    e);
        }
    }

    private void readRecords(Reader reader, Sink sink) throws IOException {
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

    /** Characters of the file; skips a UTF-8 byte order mark and refuses UTF-16. */
    private Reader text(InputStream bytes) throws IOException {
        return new InputStreamReader(plain(bytes), strictUtf8());
    }

    private InputStream plain(InputStream bytes) throws IOException {
        PushbackInputStream head = new PushbackInputStream(bytes, 3);
        byte[] magic = head.readNBytes(2);
        head.unread(magic);
        boolean gzip = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
        PushbackInputStream plain = gzip ? new PushbackInputStream(new GZIPInputStream(head, 1 << 16), 3) : head;
        byte[] mark = plain.readNBytes(3);
        if (mark.length >= 2 && ((mark[0] == -1 && mark[1] == -2) || (mark[0] == -2 && mark[1] == -1))) {
            throw new DataException(name + " must be UTF-8, got UTF-16; save it as UTF-8");
        }
        if (!(mark.length == 3 && mark[0] == (byte) 0xef && mark[1] == (byte) 0xbb && mark[2] == (byte) 0xbf)) {
            plain.unread(mark);
        }
        return new BufferedInputStream(plain, 1 << 16);
    }

    private static CharsetDecoder strictUtf8() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
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

    /** Reads once more, only to find the line of the byte that is not UTF-8. */
    private DataException notUtf8(CharacterCodingException cause) {
        long line = 1;
        try (InputStream bytes = plain(new BufferedInputStream(Files.newInputStream(path)))) {
            CharsetDecoder decoder = strictUtf8();
            ByteBuffer in = ByteBuffer.allocate(1 << 13);
            CharBuffer out = CharBuffer.allocate(1 << 13);
            boolean end = false;
            while (!end) {
                int count = bytes.read(in.array(), in.position(), in.remaining());
                end = count < 0;
                in.limit(in.position() + Math.max(count, 0)).rewind();
                CoderResult result = decoder.decode(in, out, end);
                out.flip();
                line += out.chars().filter(c -> c == '\n').count();
                out.clear();
                if (result.isError()) {
                    String wrong = String.format("0x%02X", in.get(in.position()) & 0xff);
                    return new DataException(
                            "line " + line + " of " + name + " must be UTF-8, got the byte " + wrong
                                    + "; save the file as UTF-8",
                            cause);
                }
                in.compact();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new DataException(name + " must be UTF-8; save the file as UTF-8", cause);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    String name() {
        return name;
    }
}
