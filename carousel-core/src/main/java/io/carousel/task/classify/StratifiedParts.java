package io.carousel.task.classify;

import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts examples into parts of which each has its share of every label: for validation, and for
 * cross-validation.
 *
 * <p>An example that is the only one of its label is in no part, so that it is always learned from.
 */
final class StratifiedParts {
    private final int[] partOf;
    private final int parts;

    private StratifiedParts(int[] partOf, int parts) {
        this.partOf = partOf;
        this.parts = parts;
    }

    /**
     * Cuts by a seed.
     *
     * @param labels of each example
     * @param counts of each label
     * @param parts how many; 0 for none
     * @param stream of the random numbers
     */
    static StratifiedParts of(int[][] labels, int[] counts, int parts, long seed, String stream) {
        int[] partOf = new int[labels.length];
        Map<Integer, List<Integer>> byLabel = new TreeMap<>();
        for (int i = 0; i < labels.length; i++) {
            byLabel.computeIfAbsent(rarest(labels[i], counts), label -> new ArrayList<>())
                    .add(i);
        }
        Rng rng = Rng.of(seed).stream(stream);
        int next = 0;
        for (Map.Entry<Integer, List<Integer>> entry : byLabel.entrySet()) {
            int[] own = entry.getValue().stream().mapToInt(Integer::intValue).toArray();
            rng.stream(entry.getKey()).shuffle(own);
            for (int example : own) {
                partOf[example] = parts == 0 || own.length == 1 ? -1 : next++ % parts;
            }
        }
        return new StratifiedParts(partOf, parts);
    }

    /** An example with several labels goes with the rarest of them; -1 without any. */
    private static int rarest(int[] labels, int[] counts) {
        int rarest = -1;
        for (int label : labels) {
            if (rarest < 0 || counts[label] < counts[rarest]) {
                rarest = label;
            }
        }
        return rarest;
    }

    /** The examples that are not in a part, in their order; after the last part comes the first again. */
    int[] without(int part) {
        return select(part, false);
    }

    /** The examples of a part. */
    int[] part(int part) {
        return select(part, true);
    }

    private int[] select(int number, boolean inside) {
        int part = parts == 0 ? 0 : number % parts;
        return java.util.stream.IntStream.range(0, partOf.length)
                .filter(i -> (partOf[i] == part) == inside)
                .toArray();
    }
}
