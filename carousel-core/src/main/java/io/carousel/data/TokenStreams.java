package io.carousel.data;

/**
 * A text of numbered tokens in parallel pieces of the same length, each a stream whose target is the token that comes next.
 *
 * <p>What is left over at the end of the text, fewer tokens than there are streams, is not used. Immutable, as long as
 * nobody writes the array.
 */
public abstract sealed class TokenStreams implements Streams permits TokenStreams.OfArray, TokenFileStreams {
    /** Whole numbers are exact in a float up to here. */
    private static final int MOST = 1 << 24;

    private final int count;
    private final int length;

    /**
     * Cuts a text.
     *
     * @param tokens how many it has
     * @param count of the streams
     * @throws IllegalArgumentException when there are too few tokens for a time step of each, or too many for an array
     */
    TokenStreams(long tokens, int count) {
        if (count < 1 || tokens <= count) {
            throw new IllegalArgumentException(
                    "tokens must be more than the streams, of which there is at least one, got " + tokens
                            + " tokens for " + count + " streams; use a longer text or fewer streams");
        }
        long each = (tokens - 1) / count;
        if (each == Integer.MAX_VALUE || each != (int) each) {
            throw new IllegalArgumentException("time steps of a stream must be fewer than 2^31 - 1, got " + each
                    + "; cut the text into more streams, by larger batches");
        }
        this.count = count;
        length = (int) each;
    }

    /**
     * A text in {@code count} pieces.
     *
     * @throws IllegalArgumentException when there are too few tokens for a time step of each, or one is no number from 0 to
     *     before 2^24
     */
    public static TokenStreams of(int[] tokens, int count) {
        TokenStreams streams = new OfArray(tokens, count);
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] < 0 || tokens[i] >= MOST) {
                throw new IllegalArgumentException("token " + i + " must be from 0 to before 2^24, got " + tokens[i]);
            }
        }
        return streams;
    }

    /** The token of a time step, or for {@link #length} that behind the last. */
    abstract int token(int stream, int timeStep);

    @Override
    public final int count() {
        return count;
    }

    @Override
    public final int length(int stream) {
        return length;
    }

    @Override
    public final int features() {
        return 1;
    }

    @Override
    public final int targets() {
        return 1;
    }

    @Override
    public final boolean starts(int stream, int timeStep) {
        return timeStep == 0;
    }

    @Override
    public final void input(int stream, int timeStep, float[] x, int offset) {
        x[offset] = token(stream, timeStep);
    }

    @Override
    public final boolean target(int stream, int timeStep, float[] y, int offset) {
        y[offset] = token(stream, timeStep + 1);
        return true;
    }

    /** A text in memory. */
    static final class OfArray extends TokenStreams {
        private final int[] tokens;

        private OfArray(int[] tokens, int count) {
            super(tokens.length, count);
            this.tokens = tokens;
        }

        @Override
        int token(int stream, int timeStep) {
            return tokens[stream * length(stream) + timeStep];
        }
    }
}
