package io.carousel.text;

import io.carousel.data.DataException;
import io.carousel.data.InputFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
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
        InputFile file = new InputFile(path, "text file");
        return file.readText(text -> read(new BufferedReader(text, 1 << 16), file.name(), sink));
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
