package io.carousel.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Learns the symbols of a {@link BpeTokenizer}: counts words, then merges the pair of symbols that stand side by side most
 * often into a new symbol, again and again.
 *
 * <p>The same text gives the same symbols: of pairs that are equally frequent, the one of the earlier symbols is merged. Memory
 * is bounded: when more than {@value #MOST} different words are held, those seen least often are forgotten, as {@link
 * VocabularyBuilder} does. An update touches only the words that have the merged pair.
 */
public final class BpeLearner {
    /** The most different words that are held. */
    public static final int MOST = 1 << 19;

    /** The share of all characters that get a symbol of their own, the frequent ones first; SentencePiece's default. */
    public static final double COVERAGE = 0.9995;

    private final boolean lowerCase;
    private final Map<String, long[]> counts = new HashMap<>();

    /** A learner of texts in small letters, or as they are. */
    public BpeLearner(boolean lowerCase) {
        this.lowerCase = lowerCase;
    }

    /** Counts the words of a text, such as a line. */
    public void add(String text) {
        BpeWords.of(Tokenizer.normalized(text, lowerCase), word -> {
            long[] count = counts.get(word);
            if (count == null) {
                if (counts.size() == MOST) {
                    forgetRare();
                }
                count = new long[1];
                counts.put(word, count);
            }
            count[0]++;
        });
    }

    private void forgetRare() {
        for (long least = 1; counts.size() > MOST / 2; least++) {
            long limit = least;
            counts.values().removeIf(each -> each[0] <= limit);
        }
    }

    /**
     * The tokenizer that was learned.
     *
     * @param mostSymbols V at most, with the 256 bytes; fewer when no pair is left that was seen twice
     * @throws IllegalArgumentException when no text was added, or there is no room for merged pairs
     */
    public BpeTokenizer learn(int mostSymbols) {
        return learn(mostSymbols, () -> {});
    }

    /**
     * The same, which takes a while for a large text.
     *
     * @param beforeMerge is run before each merge; what it throws ends the learning
     */
    public BpeTokenizer learn(int mostSymbols, Runnable beforeMerge) {
        if (mostSymbols < 2 * ByteSymbols.ALL.size() || mostSymbols > BpeMerges.MOST) {
            throw new IllegalArgumentException("symbols of a tokenizer must be from 512, of which 256 are bytes, to "
                    + BpeMerges.MOST + ", got " + mostSymbols);
        }
        if (counts.isEmpty()) {
            throw new IllegalArgumentException("text to learn symbols from must not be empty; add a text first");
        }
        List<String> alphabet = alphabet((mostSymbols - ByteSymbols.ALL.size()) / 2);
        return new BpeTokenizer(
                lowerCase, new Merging(alphabet, counts).learn(mostSymbols - ByteSymbols.ALL.size(), beforeMerge));
    }

    /** The most frequent characters, those of the same count in ascending order. */
    private List<String> alphabet(int most) {
        Map<Integer, long[]> seen = new HashMap<>();
        long[] total = new long[1];
        counts.forEach((word, count) -> word.codePoints().forEach(point -> {
            boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            if (point != ByteSymbols.SPACE && !half) {
                seen.computeIfAbsent(point == ' ' ? ByteSymbols.SPACE : point, key -> new long[1])[0] += count[0];
                total[0] += count[0];
            }
        }));
        List<Integer> points = new ArrayList<>(seen.keySet());
        points.sort(Comparator.comparingLong((Integer point) -> -seen.getOrDefault(point, total)[0])
                .thenComparingInt(point -> point));
        List<String> alphabet = new ArrayList<>();
        long covered = 0;
        for (int point : points) {
            if (alphabet.size() == most || covered >= COVERAGE * total[0]) {
                break;
            }
            // a character that is white space would be lost between the two symbols of a merge
            if (!Character.isWhitespace(point)) {
                alphabet.add(Character.toString(point));
            }
            covered += seen.getOrDefault(point, total)[0];
        }
        return alphabet;
    }

    /** A pair of symbols, how often it is there, and in which words. */
    private static final class Pair {
        private final long key;
        private long count;
        private long before;
        private int[] words = new int[4];
        private int size;

        Pair(long key) {
            this.key = key;
        }

        void in(int word) {
            if (size > 0 && words[size - 1] == word) {
                return;
            }
            if (size == words.length) {
                words = Arrays.copyOf(words, 2 * size);
            }
            words[size++] = word;
        }
    }

    /** What was known of a pair when it was put into the queue. */
    private record Entry(Pair pair, long count) {}

    /** The words as symbols, and the pairs in them. */
    private static final class Merging {
        private final List<String> entries;
        private final List<String> symbols;
        private final Map<String, Integer> numbers = new HashMap<>();
        private final int[][] words;
        private final long[] counts;
        private final Map<Long, Pair> pairs = new HashMap<>();
        private final PriorityQueue<Entry> queue = new PriorityQueue<>(
                Comparator.comparingLong((Entry entry) -> -entry.count).thenComparingLong(entry -> entry.pair.key));

        Merging(List<String> alphabet, Map<String, long[]> wordCounts) {
            entries = new ArrayList<>(alphabet);
            symbols = new ArrayList<>(alphabet);
            for (String symbol : alphabet) {
                numbers.put(symbol, numbers.size());
            }
            words = new int[wordCounts.size()][];
            counts = new long[words.length];
            int i = 0;
            for (Map.Entry<String, long[]> each : wordCounts.entrySet()) {
                words[i] = each.getKey()
                        .codePoints()
                        .map(point -> point == ByteSymbols.SPACE
                                ? -1
                                : numbers.getOrDefault(
                                        Character.toString(point == ' ' ? ByteSymbols.SPACE : point), -1))
                        .toArray();
                counts[i] = each.getValue()[0];
                i++;
            }
        }

        BpeMerges learn(int most, Runnable beforeMerge) {
            List<Pair> touched = new ArrayList<>();
            for (int w = 0; w < words.length; w++) {
                count(w, counts[w], -1, touched);
            }
            push(touched);
            while (symbols.size() < most) {
                beforeMerge.run();
                Pair best = best();
                if (best == null || best.count < 2) {
                    break;
                }
                merge(best);
            }
            return BpeMerges.of(Collections.unmodifiableList(entries));
        }

        /** The most frequent pair, or null when there is none. */
        private @Nullable Pair best() {
            while (!queue.isEmpty()) {
                Entry entry = queue.remove();
                if (entry.count == entry.pair.count) {
                    return entry.pair;
                }
                if (entry.pair.count > 0 && entry.pair.count < entry.count) {
                    entry.pair.before = entry.pair.count;
                    queue.add(new Entry(entry.pair, entry.pair.count));
                }
            }
            return null;
        }

        private void merge(Pair best) {
            int left = (int) (best.key >>> 32);
            int right = (int) best.key;
            String whole = symbols.get(left) + symbols.get(right);
            entries.add(symbols.get(left) + " " + symbols.get(right));
            Integer known = numbers.putIfAbsent(whole, symbols.size());
            int made = known == null ? symbols.size() : known;
            if (known == null) {
                symbols.add(whole);
            }
            List<Pair> touched = new ArrayList<>();
            for (int i = 0; i < best.size; i++) {
                int w = best.words[i];
                int[] merged = merged(words[w], left, right, made);
                if (merged.length < words[w].length) {
                    count(w, -counts[w], -1, touched);
                    words[w] = merged;
                    count(w, counts[w], made, touched);
                }
            }
            best.words = new int[0];
            best.size = 0;
            push(touched);
        }

        private static int[] merged(int[] word, int left, int right, int made) {
            int[] merged = new int[word.length];
            int count = 0;
            for (int i = 0; i < word.length; i++) {
                boolean both = i + 1 < word.length && word[i] == left && word[i + 1] == right;
                merged[count++] = both ? made : word[i];
                if (both) {
                    i++;
                }
            }
            return Arrays.copyOf(merged, count);
        }

        /**
         * Adds to the counts of the pairs of a word.
         *
         * @param made a new symbol, whose pairs alone are told which word they are in; -1 for all pairs of a word that is new
         */
        private void count(int w, long count, int made, List<Pair> touched) {
            int[] word = words[w];
            for (int i = 1; i < word.length; i++) {
                if (word[i - 1] < 0 || word[i] < 0) {
                    continue;
                }
                long key = ((long) word[i - 1] << 32) | word[i];
                Pair pair = pairs.computeIfAbsent(key, Pair::new);
                pair.count += count;
                if (count > 0) {
                    touched.add(pair);
                    if (made < 0 || word[i - 1] == made || word[i] == made) {
                        pair.in(w);
                    }
                }
            }
        }

        /** Queues those pairs that have become more frequent. */
        private void push(List<Pair> touched) {
            for (Pair pair : touched) {
                if (pair.count > pair.before) {
                    queue.add(new Entry(pair, pair.count));
                }
                pair.before = pair.count;
            }
        }
    }
}
