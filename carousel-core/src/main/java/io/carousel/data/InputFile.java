package io.carousel.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
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
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file that is read once from start to end, plain or compressed with gzip, and the SHA-256 of its bytes.
 *
 * <p>Text is UTF-8, with or without a byte order mark. Whatever is wrong is a {@link DataException} that names the file, the
 * line where there is one, and the remedy.
 */
public final class InputFile {
    private final Path path;
    private final String name;
    private final String kind;

    /**
     * A file, which is not opened yet.
     *
     * @param kind what the file should be, as errors say it, such as {@code CSV file}
     */
    public InputFile(Path path, String kind) {
        this.path = path;
        this.name = path.getFileName() == null
                ? path.toString()
                : path.getFileName().toString();
        this.kind = kind;
    }

    /** Reads characters. */
    @FunctionalInterface
    public interface TextReading {
        void read(Reader text) throws IOException;
    }

    /** Reads bytes. */
    @FunctionalInterface
    public interface ByteReading {
        void read(InputStream bytes) throws IOException;
    }

    /** The file's name, without its folder. */
    public String name() {
        return name;
    }

    /**
     * Reads the characters of the file, and returns the SHA-256 of all its bytes, also of those that were not read.
     *
     * @throws DataException when it cannot be read, is damaged, or is no UTF-8
     */
    public String readText(TextReading reading) {
        return readBytes(bytes -> {
            try {
                reading.read(new InputStreamReader(withoutMark(bytes, name), strictUtf8()));
            } catch (CharacterCodingException e) {
                throw notUtf8(e);
            }
        });
    }

    /**
     * {@link #readText(TextReading)} of a file in another encoding than UTF-8, which is only named and never guessed.
     *
     * @throws DataException when it cannot be read, is damaged, or has bytes that are no text in that encoding
     */
    public String readText(Charset encoding, TextReading reading) {
        if (encoding.equals(StandardCharsets.UTF_8)) {
            return readText(reading);
        }
        return readBytes(bytes -> {
            try {
                reading.read(new InputStreamReader(bytes, strict(encoding)));
            } catch (CharacterCodingException e) {
                throw new DataException(
                        name + " must be text in " + encoding.name()
                                + ", got bytes that are none; name another encoding",
                        e);
            }
        });
    }

    /**
     * Reads the bytes of the file, decompressed, and returns the SHA-256 of those in the file.
     *
     * @throws DataException when it cannot be read or is damaged
     */
    public String readBytes(ByteReading reading) {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(path))) {
            // who reads may close what it reads; bytes after that still have to be counted
            DigestInputStream counted = new DigestInputStream(raw, digest) {
                @Override
                public void close() {}
            };
            reading.read(decompressed(counted));
            counted.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
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
                            + "; name a " + kind,
                    e);
        }
    }

    /**
     * The characters of bytes that come from elsewhere, each as soon as it is there.
     *
     * @param name as errors say it
     */
    static Reader text(InputStream bytes, String name) throws IOException {
        return new InputStreamReader(withoutMark(bytes, name), strictUtf8());
    }

    private static InputStream decompressed(InputStream bytes) throws IOException {
        PushbackInputStream head = new PushbackInputStream(bytes, 2);
        byte[] magic = head.readNBytes(2);
        head.unread(magic);
        boolean gzip = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
        return new BufferedInputStream(gzip ? new GZIPInputStream(head, 1 << 16) : head, 1 << 16);
    }

    /** Skips a UTF-8 byte order mark and refuses UTF-16. */
    private static InputStream withoutMark(InputStream bytes, String name) throws IOException {
        PushbackInputStream plain = new PushbackInputStream(bytes, 3);
        byte[] mark = plain.readNBytes(3);
        if (mark.length >= 2 && ((mark[0] == -1 && mark[1] == -2) || (mark[0] == -2 && mark[1] == -1))) {
            throw new DataException(name + " must be UTF-8, got UTF-16; save it as UTF-8");
        }
        if (!(mark.length == 3 && mark[0] == (byte) 0xef && mark[1] == (byte) 0xbb && mark[2] == (byte) 0xbf)) {
            plain.unread(mark);
        }
        return plain;
    }

    private static CharsetDecoder strictUtf8() {
        return strict(StandardCharsets.UTF_8);
    }

    private static CharsetDecoder strict(Charset encoding) {
        return encoding.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Reads once more, only to find the line of the byte that is not UTF-8. */
    private DataException notUtf8(CharacterCodingException cause) {
        long line = 1;
        try (InputStream file = Files.newInputStream(path);
                InputStream bytes = new BufferedInputStream(withoutMark(decompressed(file), name), 1 << 16)) {
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
}
