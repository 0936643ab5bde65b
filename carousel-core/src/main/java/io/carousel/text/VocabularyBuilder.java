package io.carousel.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts tokens, and makes a vocabulary of the frequent ones.
 *
 * <p>Memory is bounded: when more than {@value #MOST} different tokens are held, those that were seen least often are
 * forgotten, first those seen once, then twice, and so on until half of them are gone. So in a text of more different tokens
 * than that a rare one may be missed; counts of the others are exact unless they were forgotten before.
 */
public final class VocabularyBuilder {
    /** The most different tokens that are held. */
    public static final int MOST = 1 << 21;

    private final Map<String, Seen> seen = new HashMap<>();
    private final List<String> specials = new ArrayList<>(List.of(Vocabulary.UNKNOWN));
    private long order;
    private long total;

    /** How often a token was seen, and which new token it was. */
    private static final class Seen {
        private final long order;
        private long count;

        Seen(long order) {
            this.order = order;
        }
    }

    /** Symbols that are in the vocabulary however often they are seen, after {@value Vocabulary#UNKNOWN}, in this order. */
    public VocabularyBuilder specials(String... symbols) {
        specials.addAll(List.of(symbols));
        return this;
    }

    /** Counts tokens. */
    public void add(List<String> tokens) {
        for (String token : tokens) {
            Seen found = seen.get(token);
            if (found == null) {
                if (seen.size() == MOST) {
                    forgetRare();
                }
                found = new Seen(order++);
                seen.put(token, found);
            }
            found.count++;
            total++;
        }
    }

    private void forgetRare() {
        for (long least = 1; seen.size() > MOST / 2; least++) {
            long limit = least;
            seen.values().removeIf(each -> each.count <= limit);
        }
    }

    /** How many tokens were counted. */
    public long total() {
        return total;
    }

    /** How many different tokens were seen and not forgotten. */
    public int different() {
        return seen.size();
    }

    /**
     * The most frequent tokens, in the order of their counts, those of the same count in the order of their first appearance.
     *
     * @param leastCount tokens seen less often are left out
     * @param mostSymbols V at most, special symbols included
     * @throws IllegalArgumentException when there is no room for the special symbols
     */
    public Vocabulary build(long leastCount, int mostSymbols) {
        if (mostSymbols < specials.size()) {
            throw new IllegalArgumentException("symbols of a vocabulary must be at least the " + specials.size()
                    + " special ones, got " + mostSymbols);
        }
        List<String> symbols = new ArrayList<>(specials);
        Set<String> given = new HashSet<>(specials);
        seen.entrySet().stream()
                .filter(each -> each.getValue().count >= leastCount && !given.contains(each.getKey()))
                .sorted(Comparator.comparingLong((Map.Entry<String, Seen> each) -> -each.getValue().count)
                        .thenComparingLong(each -> each.getValue().order))
                .limit(mostSymbols - (long) specials.size())
                .map(Map.Entry::getKey)
                .forEach(symbols::add);
        return Vocabulary.of(symbols);
    }
}
