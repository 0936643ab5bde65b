package io.carousel.task.classify;

import io.carousel.data.DataException;
import io.carousel.data.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The labels of a training in their order: whole numbers by size, other names by their characters. */
final class LabelSet {
    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();

    LabelSet(List<String> names) {
        this.names = List.copyOf(names);
        for (int i = 0; i < names.size(); i++) {
            numbers.put(names.get(i), i);
        }
    }

    /**
     * The labels of a set.
     *
     * @throws DataException when there are too few to learn anything, or too many
     */
    static LabelSet of(ExampleSet set, boolean several) {
        TreeSet<String> different = new TreeSet<>();
        for (Example example : set.examples()) {
            if (!several && example.labels().size() != 1) {
                throw new DataException("example " + Texts.shown(example.id())
                        + ExampleSet.place(example, set.source(), "") + " must have one label, got "
                        + example.labels().size()
                        + (example.labels().isEmpty() ? "; leave it out" : "; say that there may be several"));
            }
            different.addAll(example.labels());
        }
        if (different.size() < (several ? 1 : 2)) {
            throw new DataException("training examples of " + set.source() + " must have at least "
                    + (several ? "one label, got none" : "two different labels, got only " + different)
                    + "; there is nothing to tell apart");
        }
        if (different.size() > ClassifyEncoding.MOST_LABELS) {
            throw new DataException("training examples of " + set.source() + " must have at most "
                    + ClassifyEncoding.MOST_LABELS + " different labels, got " + different.size()
                    + "; check which column is the label");
        }
        List<String> names = new ArrayList<>(different);
        if (names.stream().allMatch(name -> name.matches("-?[0-9]{1,18}"))) {
            names.sort(Comparator.<String>comparingLong(Long::parseLong).thenComparing(Comparator.naturalOrder()));
        }
        return new LabelSet(names);
    }

    List<String> names() {
        return names;
    }

    int size() {
        return names.size();
    }

    /** The number of a label, or -1. */
    int number(String label) {
        return numbers.getOrDefault(label, -1);
    }

    /** The numbers of the labels of each example; -1 for those that are not known here. */
    int[][] numbers(List<Example> examples) {
        return examples.stream()
                .map(example -> example.labels().stream().mapToInt(this::number).toArray())
                .toArray(int[][]::new);
    }

    /** How many examples have each label. */
    int[] counts(int[][] labels) {
        int[] counts = new int[names.size()];
        for (int[] own : labels) {
            for (int label : own) {
                if (label >= 0) {
                    counts[label]++;
                }
            }
        }
        return counts;
    }
}
