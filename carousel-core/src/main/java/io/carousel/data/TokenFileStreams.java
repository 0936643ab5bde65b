package io.carousel.data;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A part of a {@link TokenFile} in parallel pieces, of each of which the page at work is in memory.
 *
 * <p>A page is a value, so threads that read one stream at the same time at worst read it twice.
 */
final class TokenFileStreams implements Streams {
    private static final int PAGE = 1 << 12;

    private final TokenFile file;
    private final long from;
    private final int length;
    private final AtomicReferenceArray<Page> pages;

    private record Page(long first, int[] tokens) {}

    TokenFileStreams(TokenFile file, long from, long to, int count) {
        if (from < 0 || to > file.size() || from > to) {
            throw new IllegalArgumentException(
                    "part of a text must lie in its " + file.size() + " tokens, got " + from + " to before " + to);
        }
        long tokens = to - from;
        if (count < 1 || tokens <= count) {
            throw new IllegalArgumentException(
                    "tokens must be more than the streams, of which there is at least one, got " + tokens
                            + " tokens for " + count + " streams; use a longer text or fewer streams");
        }
        long each = (tokens - 1) / count;
        if (each > Integer.MAX_VALUE - PAGE) {
            throw new IllegalArgumentException("time steps of a stream must be fewer than 2^31, got " + each
                    + "; cut the text into more streams, by larger batches");
        }
        this.file = file;
        this.from = from;
        length = (int) each;
        pages = new AtomicReferenceArray<>(count);
    }

    @Override
    public int count() {
        return pages.length();
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
        x[offset] = token(stream, timeStep);
    }

    @Override
    public boolean target(int stream, int timeStep, float[] y, int offset) {
        y[offset] = token(stream, timeStep + 1L);
        return true;
    }

    private int token(int stream, long timeStep) {
        long place = from + (long) stream * length + timeStep;
        Page page = pages.get(stream);
        if (page == null || place < page.first || place >= page.first + page.tokens.length) {
            long first = place / PAGE * PAGE;
            int[] tokens = new int[(int) Math.min(PAGE, file.size() - first)];
            file.read(first, tokens.length, tokens);
            page = new Page(first, tokens);
            pages.set(stream, page);
        }
        return page.tokens[(int) (place - page.first)];
    }
}
