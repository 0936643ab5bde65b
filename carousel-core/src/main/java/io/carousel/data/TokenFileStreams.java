package io.carousel.data;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A part of a {@link TokenFile} in parallel pieces, of each of which the page at work is in memory.
 *
 * <p>A page is a value, so threads that read one stream at the same time at worst read it twice.
 */
final class TokenFileStreams extends TokenStreams {
    private static final int PAGE = 1 << 12;

    private final TokenFile file;
    private final long from;
    private final AtomicReferenceArray<Page> pages;

    private record Page(long first, int[] tokens) {}

    TokenFileStreams(TokenFile file, long from, long to, int count) {
        super(tokens(file, from, to), count);
        this.file = file;
        this.from = from;
        pages = new AtomicReferenceArray<>(count);
    }

    private static long tokens(TokenFile file, long from, long to) {
        if (from < 0 || to > file.size() || from > to) {
            throw new IllegalArgumentException(
                    "part of a text must lie in its " + file.size() + " tokens, got " + from + " to before " + to);
        }
        return to - from;
    }

    @Override
    int token(int stream, int timeStep) {
        long place = from + (long) stream * length(stream) + timeStep;
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
