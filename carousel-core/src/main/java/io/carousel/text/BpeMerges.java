package io.carousel.text;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Symbols, and which two make a third, in the order in which they were learned.
 *
 * <p>A value, kept in a model as a list: first the single characters, then pairs with a space between, such as {@code t h}.
 * The space of a text is {@code ▁}. Safe for any number of threads.
 */
public final class BpeMerges {
    /** The most entries. */
    public static final int MOST = 1 << 17;

    /** Words whose pieces are remembered. */
    private static final int REMEMBERED = 1 << 14;

    private final List<String> entries;
    private final List<String> symbols = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Long, Integer> ranks = new HashMap<>();
    private final int[] results;
    private final Map<String, List<String>> remembered = new ConcurrentHashMap<>();

    private BpeMerges(List<String> entries) {
        this.entries = entries;
        results = new int[entries.size()];
        boolean pairs = false;
        for (int rank = 0; rank < entries.size(); rank++) {
            String entry = entries.get(rank);
            int space = entry.indexOf(' ');
            pairs |= space >= 0;
            if (pairs) {
                pair(entry, space, rank);
            } else if (entry.isEmpty() || entry.codePointCount(0, entry.length()) != 1) {
                throw refuse("be single characters and then pairs of earlier symbols", entry);
            } else if (numbers.putIfAbsent(entry, symbols.size()) != null) {
                throw refuse("differ", entry);
            } else {
                symbols.add(entry);
            }
        }
    }

    private void pair(String entry, int space, int rank) {
        Integer left = space < 0 ? null : numbers.get(entry.substring(0, space));
        Integer right = numbers.get(entry.substring(space + 1));
        if (left == null || right == null) {
            throw refuse("be single characters and then pairs of earlier symbols", entry);
        }
        String whole = symbols.get(left) + symbols.get(right);
        if (whole.length() > 4 * BpeWords.LONGEST
                || whole.equals(Vocabulary.UNKNOWN)
                || ByteSymbols.value(whole) >= 0) {
            throw refuse("not be a special symbol, or longer than a word", entry);
        }
        if (ranks.putIfAbsent(key(left, right), rank) != null) {
            throw refuse("differ", entry);
        }
        Integer known = numbers.get(whole);
        results[rank] = known == null ? symbols.size() : known;
        if (known == null) {
            numbers.put(whole, symbols.size());
            symbols.add(whole);
        }
    }

    private static IllegalArgumentException refuse(String requirement, String entry) {
        String shown = entry.length() <= 40 ? entry : entry.substring(0, 40) + "…";
        return new IllegalArgumentException("merges must " + requirement + ", got \"" + shown + "\"");
    }

    /**
     * Merges from a list of single characters and then pairs of earlier symbols with a space between.
     *
     * @throws IllegalArgumentException when the list is not such
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static BpeMerges of(List<String> entries) {
        if (entries.size() > MOST) {
            throw new IllegalArgumentException("merges must be at most " + MOST + ", got " + entries.size());
        }
        return new BpeMerges(List.copyOf(entries));
    }

    private static long key(int left, int right) {
        return ((long) left << 32) | right;
    }

    /** Single characters, then pairs. */
    @JsonValue
    public List<String> entries() {
        return entries;
    }

    /** All symbols, the single characters first. */
    List<String> symbols() {
        return symbols;
    }

    /** The pieces of a word, which has at most {@value BpeWords#LONGEST} characters and a space. */
    List<String> pieces(String word) {
        List<String> known = remembered.get(word);
        if (known != null) {
            return known;
        }
        List<String> cut = cut(word);
        if (remembered.size() < REMEMBERED) {
            remembered.put(word, cut);
        }
        return cut;
    }

    private List<String> cut(String word) {
        int[] parts = parts(word);
        int count = parts.length;
        for (int best = best(parts, count); best < Integer.MAX_VALUE; best = best(parts, count)) {
            count = merge(parts, count, best);
        }
        List<String> pieces = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            pieces.add(parts[i] >= 0 ? symbols.get(parts[i]) : ByteSymbols.ALL.get(-1 - parts[i]));
        }
        return List.copyOf(pieces);
    }

    /** The numbers of the characters; those of bytes are negative. */
    private int[] parts(String word) {
        int[] points = word.codePoints().toArray();
        int[] parts = new int[4 * points.length];
        int count = 0;
        for (int point : points) {
            String symbol = Character.toString(point == ' ' ? ByteSymbols.SPACE : point);
            Integer number = point == ByteSymbols.SPACE ? null : numbers.get(symbol);
            if (number != null) {
                parts[count++] = number;
            } else {
                for (byte each : ByteSymbols.utf8(Character.toString(point))) {
                    parts[count++] = -1 - (each & 0xff);
                }
            }
        }
        return Arrays.copyOf(parts, count);
    }

    private int best(int[] parts, int count) {
        int best = Integer.MAX_VALUE;
        for (int i = 1; i < count; i++) {
            if (parts[i - 1] >= 0 && parts[i] >= 0) {
                best = Math.min(best, ranks.getOrDefault(key(parts[i - 1], parts[i]), Integer.MAX_VALUE));
            }
        }
        return best;
    }

    /** Merges every pair of that rank, from left to right, and returns how many parts are left. */
    private int merge(int[] parts, int count, int rank) {
        int to = 0;
        for (int i = 0; i < count; i++) {
            boolean merges = i + 1 < count
                    && parts[i] >= 0
                    && parts[i + 1] >= 0
                    && ranks.getOrDefault(key(parts[i], parts[i + 1]), -1) == rank;
            parts[to++] = merges ? results[rank] : parts[i];
            if (merges) {
                i++;
            }
        }
        return to;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BpeMerges merges && entries.equals(merges.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return symbols.size() + " symbols";
    }
}
