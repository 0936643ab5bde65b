package io.carousel.task.translate;

import io.carousel.data.Sha256;
import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pairs and where they came from. A source may be there several times with different targets, each of which is right.
 *
 * @param pairs in the order of the file
 * @param name the file's name without its folder, or what else to call them
 * @param sha256 of the file, or of the pairs
 * @param notes what one should know of the reading, one sentence each
 */
public record PairSet(List<TextPair> pairs, String name, String sha256, List<String> notes) {
    public PairSet {
        pairs = List.copyOf(pairs);
        notes = List.copyOf(notes);
    }

    /** Pairs from no file. */
    public static PairSet of(List<TextPair> pairs) {
        return new PairSet(pairs, "pairs", digest(pairs), List.of());
    }

    private static String digest(List<TextPair> pairs) {
        Sha256 digest = new Sha256();
        pairs.forEach(pair -> digest.add(pair.source()).add(pair.target()));
        return digest.hex();
    }

    /** The digest of the pairs as they are, so that another part of a file is other data. */
    String contentSha256() {
        return digest(pairs);
    }

    /** How many pairs there are. */
    public int size() {
        return pairs.size();
    }

    /** Each source with its targets, both in the order of their first appearance. */
    public Map<String, List<String>> bySource() {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        for (TextPair pair : pairs) {
            all.computeIfAbsent(pair.source(), any -> new LinkedHashSet<>()).add(pair.target());
        }
        Map<String, List<String>> lists = new LinkedHashMap<>();
        all.forEach((source, targets) -> lists.put(source, List.copyOf(targets)));
        return lists;
    }

    /**
     * Pairs cut in two, no source of which is in both.
     *
     * @param rest what is left to learn from
     * @param heldOut what is held back
     */
    public record Parts(PairSet rest, PairSet heldOut) {}

    /**
     * Holds out a share of the sources, with all their targets, drawn at random.
     *
     * @param share of the different sources, in [0, 1); at least one is left
     * @param seed decides which
     */
    public Parts holdOut(double share, long seed) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("share of the sources to hold out must be in [0, 1), got " + share);
        }
        List<String> sources = List.copyOf(bySource().keySet());
        int[] order = new int[sources.size()];
        Arrays.setAll(order, i -> i);
        Rng.of(seed).stream("held out").shuffle(order);
        long count = Math.min(Math.max(0, sources.size() - 1), Math.round(sources.size() * share));
        Set<String> held = new HashSet<>();
        Arrays.stream(order).limit(count).forEach(i -> held.add(sources.get(i)));
        List<TextPair> rest = new ArrayList<>();
        List<TextPair> out = new ArrayList<>();
        pairs.forEach(pair -> (held.contains(pair.source()) ? out : rest).add(pair));
        return new Parts(with(rest), with(out));
    }

    /** The same set with some of its pairs. */
    PairSet with(List<TextPair> some) {
        return new PairSet(some, name, sha256, notes);
    }
}
