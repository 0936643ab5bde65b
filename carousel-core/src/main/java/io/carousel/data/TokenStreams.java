package io.carousel.data;

/**
 * A text of numbered tokens in parallel pieces of the same length, each a stream whose target is the token that comes next.
 *
 * <p>What is left over at the end of the text, fewer tokens than there are streams, is not used. Immutable, as long as
 * nobody writes the array.
 */
public final class TokenStreams implements Streams {
    /** Whole numbers are exact in a float up to here. */
    private static final int MOST = 1 << 24;

    private final int[] tokens;
    private final int count;
    private final int length;

    private TokenStreams(int[] tokens, int count) {
        this.tokens = tokens;
        this.count = count;
        length = (tokens.length - 1) / count;
    }

    /**
     * A text in {@code count} pieces.
     *
     * @throws IllegalArgumentException when there are too few tokens for a time step of each, or one is no number from 0 to
     *     before 2^24
     */
    public static TokenStreams of(int[] tokens, int count) {
        if (count < 1 || tokens.length <= count) {
            throw new IllegalArgumentException(
                    "tokens must be more than the streams, of which there is at least one, got " + tokens.length
                            + " tokens for " + count + " streams; use a longer text or fewer streams");
        }
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] < 0 || tokens[i] >= MOST) {
                throw new IllegalArgumentException("token " + i + " must be from 0 to before 2^24, got " + tokens[i]);
            }
        }
        return new TokenStreams(tokens, count);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int length(int stream) {
        return length;
    }

    @Override
    public int features() {
        return 1;
    }

    @Override
    public int targets() {
        return 1;
    }

    @Override
    public boolean starts(int stream, int timeStep) {
        return timeStep == 0;
    }

    @Override
    public void input(int stream, int timeStep, float[] x, int offset) {
        x[offset] = tokens[stream * length + timeStep];
    }

    @Override
    public boolean target(int stream, int timeStep, float[] y, int offset) {
        y[offset] = tokens[stream * length + timeStep + 1];
        return true;
    }
}
