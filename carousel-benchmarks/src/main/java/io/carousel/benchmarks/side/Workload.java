package io.carousel.benchmarks.side;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be measured, as one line of words: {@code train lstm B=32 F=256 H=256 T=64}.
 *
 * @param kind what is done, such as {@code train}
 * @param subject of what, such as the cell
 * @param sizes by their symbols in the notation
 */
public record Workload(String kind, String subject, Map<String, Integer> sizes) {
    public Workload {
        sizes = new TreeMap<>(sizes);
    }

    /** Reads what {@link #toString} writes. */
    public static Workload parse(String text) {
        String[] words = text.trim().split(" +", -1);
        Map<String, Integer> sizes = new TreeMap<>();
        for (int i = 2; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("size must read NAME=NUMBER, got " + words[i]);
            }
            sizes.put(words[i].substring(0, equals), Integer.valueOf(words[i].substring(equals + 1)));
        }
        if (words.length < 2) {
            throw new IllegalArgumentException("workload must read KIND SUBJECT NAME=NUMBER…, got " + text);
        }
        return new Workload(words[0], words[1], sizes);
    }

    /** The size with that symbol. */
    public int size(String symbol) {
        Integer size = sizes.get(symbol);
        if (size == null) {
            throw new IllegalArgumentException("workload must have a size " + symbol + ", got " + this);
        }
        return size;
    }

    /** The number of gates whose products the cell computes. */
    public int gates() {
        return subject.equals("gru") ? 3 : 4;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind).append(' ').append(subject);
        sizes.forEach(
                (symbol, size) -> text.append(' ').append(symbol).append('=').append(size));
        return text.toString();
    }
}
