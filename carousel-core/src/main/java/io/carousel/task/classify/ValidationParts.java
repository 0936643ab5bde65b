package io.carousel.task.classify;

import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts examples into parts of which each has its share of every label; the validation examples of a member are one of them.
 *
 * <p>An example that is the only one of its label is in no part, so that every member learns from it.
 */
final class ValidationParts {
    private final int[] partOf;
    private final int parts;

    private ValidationParts(int[] partOf, int parts) {
        this.partOf = partOf;
        this.parts = parts;
    }

    /**
     * Cuts by a seed.
     *
     * @param labels of each example
     * @param counts of each label
     * @param share of the examples in a part; 0 for no parts
     */
    static ValidationParts of(int[][] labels, int[] counts, double share, long seed) {
        int parts = share == 0 ? 0 : (int) StrictMath.round(1 / share);
        int[] partOf = new int[labels.length];
        Map<Integer, List<Integer>> byLabel = new TreeMap<>();
        for (int i = 0; i < labels.length; i++) {
            byLabel.computeIfAbsent(rarest(labels[i], counts), label -> new ArrayList<>())
                    .add(i);
        }
        Rng rng = Rng.of(seed).stream("validation");
        int next = 0;
        for (Map.Entry<Integer, List<Integer>> entry : byLabel.entrySet()) {
            int[] own = entry.getValue().stream().mapToInt(Integer::intValue).toArray();
            rng.stream(entry.getKey()).shuffle(own);
            for (int example : own) {
                partOf[example] = parts == 0 || own.length == 1 ? -1 : next++ % parts;
            }
        }
        return new ValidationParts(partOf, parts);
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

    /** The examples that a member learns from, in their order. */
    int[] training(int member) {
        return select(member, false);
    }

    /** The examples that it does not. */
    int[] validation(int member) {
        return select(member, true);
    }

    private int[] select(int member, boolean validation) {
        int part = parts == 0 ? 0 : member % parts;
        return java.util.stream.IntStream.range(0, partOf.length)
                .filter(i -> (partOf[i] == part) == validation)
                .toArray();
    }
}
