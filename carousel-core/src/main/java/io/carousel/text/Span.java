package io.carousel.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Some elements of a sequence that belong together, such as the words of a name.
 *
 * @param type what they are, such as {@code PER}; empty where tags name no type
 * @param from the first element
 * @param to one after the last
 */
public record Span(String type, int from, int to) {
    public Span {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException(
                    "span must have at least one element from 0 on, got from " + from + " to before " + to);
        }
    }

    /** The number of elements. */
    public int length() {
        return to - from;
    }

    /**
     * The spans that tags mean, in ascending order, read as leniently as the scorer of CoNLL reads them, whatever the scheme.
     *
     * <p>A tag is a prefix, a hyphen and a type, or a prefix alone; {@code O} stands outside of every span. A span starts at
     * {@code B} and {@code S}, after {@code O}, {@code E} and {@code S}, and where the type changes; so an {@code I} that
     * follows nothing starts one, too. It ends before the next starts, before {@code O}, and at {@code E} and {@code S}. Every
     * element that is not {@code O} is in exactly one span.
     *
     * <p>Source: Tjong Kim Sang, Buchholz, <i>Introduction to the CoNLL-2000 Shared Task: Chunking</i>, 2000, and its scorer
     * conlleval.
     */
    public static List<Span> of(List<String> tags) {
        List<Span> spans = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= tags.size(); i++) {
            String tag = i < tags.size() ? tags.get(i) : TagScheme.OUTSIDE;
            String before = i > 0 ? tags.get(i - 1) : TagScheme.OUTSIDE;
            if (from >= 0 && ends(before, tag)) {
                spans.add(new Span(TagScheme.type(before), from, i));
                from = -1;
            }
            if (from < 0 && !TagScheme.isOutside(tag)) {
                from = i;
            }
        }
        return spans;
    }

    /** Whether a span that holds {@code before} does not hold {@code tag}, the next. */
    private static boolean ends(String before, String tag) {
        char left = TagScheme.prefix(before);
        char right = TagScheme.prefix(tag);
        return TagScheme.isOutside(tag)
                || left == 'E'
                || left == 'S'
                || right == 'B'
                || right == 'S'
                || !TagScheme.type(before).equals(TagScheme.type(tag));
    }
}
