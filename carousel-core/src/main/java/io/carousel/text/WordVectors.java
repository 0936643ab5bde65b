package io.carousel.text;

import io.carousel.data.DataException;
import io.carousel.data.InputFile;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Pretrained vectors of words in a file, plain or compressed with gzip, read from start to end so that only what is wanted
 * takes memory.
 *
 * <pre>{@code
 * word2vec text, fastText .vec   a line "W E", then W lines of a word and E numbers
 * GloVe                          lines of a word and E numbers
 * word2vec binary                a line "W E", then W times a word, a space and E 32-bit numbers, little end first
 * }</pre>
 *
 * <p>A file whose name ends in {@code .bin} or {@code .bin.gz} is binary, every other one is text. In a line of text the last
 * E fields are the numbers, so that a word with spaces, as GloVe has a few, is one word. Binary words that are no UTF-8 are
 * passed over: they are in no vocabulary. Where a word stands twice, the first counts.
 */
public final class WordVectors {
    /** The most numbers of a vector. */
    public static final int MOST_NUMBERS = 1 << 14;

    private static final int LONGEST_WORD = 1 << 12;

    private final Path path;
    private final String name;
    private final boolean binary;

    private WordVectors(Path path, boolean binary) {
        this.path = path;
        this.name = String.valueOf(path.getFileName());
        this.binary = binary;
    }

    /** The vectors in a file, which is not opened yet. */
    public static WordVectors of(Path path) {
        String lower = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return new WordVectors(path, lower.endsWith(".bin") || lower.endsWith(".bin.gz"));
    }

    /** The file's name, without its folder. */
    public String name() {
        return name;
    }

    /** Is told of each word in the order of the file. */
    public interface Sink {
        /** Whether the vector of that word is wanted; the others are not read. */
        boolean wants(String word);

        /** Takes a vector that was wanted. */
        void take(String word, float[] vector);
    }

    /**
     * What is known of a file that was read.
     *
     * @param words how many it has
     * @param size E
     * @param sha256 of the file
     */
    public record Summary(long words, int size, String sha256) {}

    /**
     * Reads the file.
     *
     * @throws DataException when it is no such file, is damaged or cut, has a number that is not finite, or vectors of
     *     different sizes among those that are wanted
     */
    public Summary read(Sink sink) {
        return binary ? readBinary(sink) : new TextReading(sink).read();
    }

    // ---------------------------------------------------------------- text

    private final class TextReading {
        private final Sink sink;
        private long announced = -1;
        private long words;
        private int size;

        TextReading(Sink sink) {
            this.sink = sink;
        }

        Summary read() {
            String sha256 = TextLines.read(path, this::line);
            if (words == 0) {
                throw new DataException(name + " must have at least one vector, got none; name a file of vectors");
            }
            if (announced >= 0 && announced != words) {
                throw new DataException(name + " must have " + announced + " vectors as its first line says, got "
                        + words + "; get a whole copy of it");
            }
            return new Summary(words, size, sha256);
        }

        private void line(String text, long number) {
            int end = text.length();
            while (end > 0 && isSpace(text.charAt(end - 1))) {
                end--;
            }
            if (number == 1 && header(text.substring(0, end))) {
                return;
            }
            if (size == 0) {
                size = fields(text, end) - 1;
                requireSize(size, number);
            }
            int cut = wordEnd(text, end, number);
            words++;
            String word = text.substring(0, cut);
            if (sink.wants(word)) {
                sink.take(word, numbers(text, cut, end, number));
            }
        }

        private boolean header(String line) {
            String[] parts = line.split("[ \t]+", -1);
            if (parts.length != 2 || !isWhole(parts[0]) || !isWhole(parts[1])) {
                return false;
            }
            announced = Long.parseLong(parts[0]);
            size = (int) Long.parseLong(parts[1]);
            requireSize(size, 1);
            return true;
        }

        /** Where the word ends: before the last E fields, found from the end. */
        private int wordEnd(String text, int end, long number) {
            int at = end;
            for (int i = 0; i < size; i++) {
                while (at > 0 && !isSpace(text.charAt(at - 1))) {
                    at--;
                }
                if (at <= 1) {
                    throw new DataException("line " + number + " of " + name + " must have a word and " + size
                            + " numbers, got " + fields(text, end)
                            + " fields; name a binary file .bin, or get a whole copy of it");
                }
                at--; // the space
            }
            while (at > 1 && isSpace(text.charAt(at - 1))) {
                at--;
            }
            return at;
        }

        private float[] numbers(String text, int from, int end, long number) {
            float[] vector = new float[size];
            int at = from;
            for (int i = 0; i < size; i++) {
                while (at < end && isSpace(text.charAt(at))) {
                    at++;
                }
                int start = at;
                while (at < end && !isSpace(text.charAt(at))) {
                    at++;
                }
                vector[i] = number(text.substring(start, at), number);
            }
            return vector;
        }

        private float number(String field, long number) {
            float value;
            try {
                value = Float.parseFloat(field);
            } catch (NumberFormatException e) {
                value = Float.NaN;
            }
            return finite(value, "line " + number, field);
        }

        private int fields(String text, int end) {
            int fields = 0;
            for (int at = 0; at < end; at++) {
                boolean starts = at == 0 || isSpace(text.charAt(at - 1));
                fields += starts && !isSpace(text.charAt(at)) ? 1 : 0;
            }
            return fields;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isWhole(String text) {
        return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void requireSize(int size, long line) {
        if (size < 1 || size > MOST_NUMBERS) {
            throw new DataException("line " + line + " of " + name + " must give vectors of 1 to " + MOST_NUMBERS
                    + " numbers, got " + size + "; name a file of word2vec, GloVe or fastText vectors");
        }
    }

    private float finite(float value, String place, String text) {
        if (!Float.isFinite(value)) {
            throw new DataException(place + " of " + name + " must have finite numbers, got " + shorten(text)
                    + "; name a binary file .bin, or get a whole copy of it");
        }
        return value;
    }

    private static String shorten(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    // ---------------------------------------------------------------- binary

    private Summary readBinary(Sink sink) {
        InputFile file = new InputFile(path, "file of word vectors");
        long[] counts = new long[2];
        String sha256 = file.readBytes(bytes -> {
            DataInputStream in = new DataInputStream(bytes);
            String header = header(in);
            String[] parts = header.strip().split(" +", -1);
            if (parts.length != 2 || !isWhole(parts[0]) || !isWhole(parts[1])) {
                throw new DataException("line 1 of " + name
                        + " must be the number of words and the size of their vectors, got " + shorten(header)
                        + "; name a text file other than .bin");
            }
            counts[0] = Long.parseLong(parts[0]);
            counts[1] = Long.parseLong(parts[1]);
            requireSize((int) counts[1], 1);
            byte[] vector = new byte[Float.BYTES * (int) counts[1]];
            for (long word = 1; word <= counts[0]; word++) {
                try {
                    readWord(in, word, vector, sink);
                } catch (EOFException e) {
                    throw new DataException(
                            name + " must have " + counts[0] + " vectors as its first line says, but ends in vector "
                                    + word + "; get a whole copy of it",
                            e);
                }
            }
        });
        return new Summary(counts[0], (int) counts[1], sha256);
    }

    private String header(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n' && text.length() < 64; b = in.read()) {
            text.append((char) b);
        }
        return text.toString();
    }

    private void readWord(DataInputStream in, long number, byte[] vector, Sink sink) throws IOException {
        String word = word(in, number);
        in.readFully(vector);
        if (word == null || !sink.wants(word)) {
            return;
        }
        ByteBuffer numbers = ByteBuffer.wrap(vector).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[vector.length / Float.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.getFloat();
            finite(values[i], "vector " + number, Float.toString(values[i]));
        }
        sink.take(word, values);
    }

    /** The bytes up to a space, without line ends before them; null when they are no UTF-8. */
    private @Nullable String word(DataInputStream in, long number) throws IOException {
        byte[] bytes = new byte[LONGEST_WORD];
        int length = 0;
        for (int b = in.readUnsignedByte(); b != ' '; b = in.readUnsignedByte()) {
            if (length == 0 && b == '\n') {
                continue;
            }
            if (length == LONGEST_WORD) {
                throw new DataException("word " + number + " of " + name + " must have at most " + LONGEST_WORD
                        + " bytes, got more; name a text file other than .bin");
            }
            bytes[length++] = (byte) b;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
