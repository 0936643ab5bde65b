package io.carousel.text;

import io.carousel.data.DataException;
import io.carousel.data.InputFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The lines of a text file, one at a time, so that a file of any size takes the memory of its longest line.
 *
 * <p>UTF-8, plain or compressed with gzip; a line ends with LF, CR LF or CR, which does not belong to it.
 */
public final class TextLines {
    /** The most characters of a line. */
    public static final int MAX_LINE = 4 << 20;

    private TextLines() {}

    /** Takes the lines of a file in their order. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes a line.
         *
         * @param number from 1
         */
        void line(String text, long number);
    }

    /**
     * Sends all lines to {@code sink} and returns the SHA-256 of the file.
     *
     * @throws DataException when the file cannot be read, is no UTF-8, or has a line of more than {@value #MAX_LINE}
     *     characters
     */
    public static String read(Path path, Sink sink) {
        return read(path, StandardCharsets.UTF_8, sink);
    }

    /** {@link #read(Path, Sink)} of a file in another encoding than UTF-8. */
    public static String read(Path path, Charset encoding, Sink sink) {
        InputFile file = new InputFile(path, "text file");
        return file.readText(encoding, text -> read(new BufferedReader(text, 1 << 16), file.name(), sink));
    }

    /**
     * Sends the lines of a stream in UTF-8, such as standard input, to {@code sink}, each as soon as it has come.
     *
     * @param name of the stream, for errors
     * @throws DataException when it cannot be read, is no UTF-8, or has a line of more than {@value #MAX_LINE} characters
     */
    public static void read(InputStream bytes, String name, Sink sink) {
        CharsetDecoder strict = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            read(new BufferedReader(new InputStreamReader(bytes, strict), 1 << 13), name, sink);
        } catch (CharacterCodingException e) {
            throw new DataException(name + " must be UTF-8, got bytes that are none; convert it", e);
        } catch (IOException e) {
            throw new DataException(name + " cannot be read: " + e.getMessage() + "; give it again", e);
        }
    }

    /** Takes the parts of lines in their order. */
    @FunctionalInterface
    public interface PartSink {
        /**
         * Takes a part of a line.
         *
         * @param ended whether the line ends with it
         */
        void part(String text, boolean ended);
    }

    /**
     * Sends all lines to {@code sink}, long ones in parts, so that a file whose lines are of any length takes little memory;
     * returns the SHA-256 of the file.
     *
     * <p>A line of more than {@code most} characters is cut before the last white space of those, which so begins the next part;
     * where there is none, between two characters.
     *
     * @throws DataException when the file cannot be read, or is no UTF-8
     */
    public static String readParts(Path path, int most, PartSink sink) {
        if (most < 2) {
            throw new IllegalArgumentException("characters of a part must be at least 2, got " + most);
        }
        return new InputFile(path, "text file")
                .readText(text -> readParts(new BufferedReader(text, 1 << 16), most, sink));
    }

    private static void readParts(Reader text, int most, PartSink sink) throws IOException {
        StringBuilder line = new StringBuilder();
        boolean begun = false;
        boolean afterReturn = false;
        for (int c = text.read(); c >= 0; c = text.read()) {
            if (c == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = c == '\r';
            begun = c != '\n' && c != '\r';
            if (!begun) {
                sink.part(line.toString(), true);
                line.setLength(0);
                continue;
            }
            line.append((char) c);
            if (line.length() > most) {
                int cut = cut(line, most);
                sink.part(line.substring(0, cut), false);
                line.delete(0, cut);
            }
        }
        if (begun) {
            sink.part(line.toString(), true);
        }
    }

    private static int cut(StringBuilder line, int most) {
        for (int at = most; at > 0; at--) {
            if (Character.isWhitespace(line.charAt(at))) {
                return at;
            }
        }
        return Character.isLowSurrogate(line.charAt(most)) && Character.isHighSurrogate(line.charAt(most - 1))
                ? most - 1
                : most;
    }

    private static void read(Reader text, String name, Sink sink) throws IOException {
        StringBuilder line = new StringBuilder();
        long number = 1;
        boolean afterReturn = false;
        for (int c = text.read(); c >= 0; c = text.read()) {
            if (c == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = c == '\r';
            if (c == '\n' || c == '\r') {
                sink.line(line.toString(), number++);
                line.setLength(0);
            } else if (line.length() == MAX_LINE) {
                throw new DataException("line " + number + " of " + name + " must have at most " + MAX_LINE
                        + " characters, got more; break it into lines");
            } else {
                line.append((char) c);
            }
        }
        if (line.length() > 0) {
            sink.line(line.toString(), number);
        }
    }
}
