package io.carousel.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A text of numbered tokens in a temporary file, for texts that are larger than memory.
 *
 * <p>The file belongs to the object: it has no name of its own on systems that let open files be removed, such as Linux and
 * macOS, and so is gone however the process ends; elsewhere it is removed when it is closed. A token takes one, two or four
 * bytes, by the size of the vocabulary. Reading is safe for any number of threads.
 */
public final class TokenFile implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final int width;
    private long size;

    private TokenFile(FileChannel channel, int width) {
        this.channel = channel;
        this.width = width;
    }

    /** Takes the tokens of a text in their order. */
    @FunctionalInterface
    public interface Sink {
        /** Takes a token, a number from 0 to before the size of the vocabulary. */
        void token(int number);
    }

    /** Writes the tokens of a text. */
    @FunctionalInterface
    public interface Content {
        /** Sends all tokens to {@code sink}. */
        void writeTo(Sink sink);
    }

    /**
     * Writes a file in the folder for temporary files, and opens it; when the content throws, nothing stays.
     *
     * @param vocabulary the number of different tokens
     * @throws DataException when it cannot be written
     */
    public static TokenFile write(int vocabulary, Content content) {
        TokenFile file = new TokenFile(open(), vocabulary <= 1 << 8 ? 1 : vocabulary <= 1 << 16 ? 2 : 4);
        boolean done = false;
        try {
            Writer writer = file.new Writer(vocabulary);
            content.writeTo(writer);
            writer.flush();
            done = true;
        } finally {
            if (!done) {
                file.close();
            }
        }
        return file;
    }

    private static FileChannel open() {
        try {
            Path path = Files.createTempFile("carousel-", ".tokens");
            return FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static DataException failure(IOException e) {
        return new DataException(
                "the text must fit, as token numbers, in a file of the folder " + System.getProperty("java.io.tmpdir")
                        + ", but it cannot be written: " + e.getMessage()
                        + "; make room there, or name another folder with -Djava.io.tmpdir=FOLDER",
                e);
    }

    /** Gathers tokens into larger writes. */
    private final class Writer implements Sink {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        private final int vocabulary;

        Writer(int vocabulary) {
            this.vocabulary = vocabulary;
        }

        @Override
        public void token(int number) {
            if (number < 0 || number >= vocabulary) {
                throw new IllegalArgumentException(
                        "token " + size + " must be from 0 to " + (vocabulary - 1) + ", got " + number);
            }
            if (buffer.remaining() < width) {
                flush();
            }
            switch (width) {
                case 1 -> buffer.put((byte) number);
                case 2 -> buffer.putShort((short) number);
                default -> buffer.putInt(number);
            }
            size++;
        }

        void flush() {
            buffer.flip();
            try {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                throw failure(e);
            }
            buffer.clear();
        }
    }

    /** The number of tokens. */
    public long size() {
        return size;
    }

    /**
     * Reads tokens.
     *
     * @param from the place of the first, from 0
     * @param count how many; all of them are there
     * @param into {@code [count]} out
     */
    public void read(long from, int count, int[] into) {
        if (from < 0 || count < 0 || from > size - count) {
            throw new IndexOutOfBoundsException(
                    "tokens must lie in the text of " + size + ", got " + count + " from " + from + " on");
        }
        ByteBuffer bytes = ByteBuffer.allocate(count * width);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, from * width + bytes.position()) < 0) {
                    throw new IOException("the file ends too early");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary file of the text cannot be read: " + e.getMessage(), e);
        }
        bytes.flip();
        for (int i = 0; i < count; i++) {
            into[i] = switch (width) {
                case 1 -> bytes.get() & 0xff;
                case 2 -> bytes.getShort() & 0xffff;
                default -> bytes.getInt();
            };
        }
    }

    /**
     * A part of the text in {@code count} pieces of the same length, each a stream whose target is the token that comes next,
     * as {@link TokenStreams} of an array; what a chunk needs is read when it is needed.
     *
     * @param from the place of the first token
     * @param to the place after the last
     * @throws IllegalArgumentException when there are too few tokens for a time step of each
     */
    public Streams streams(long from, long to, int count) {
        return new TokenFileStreams(this, from, to, count);
    }

    /** Removes the file. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary file cannot be removed: " + e.getMessage(), e);
        }
    }
}
