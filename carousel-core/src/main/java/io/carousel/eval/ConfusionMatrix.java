package io.carousel.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How often each class was taken for each.
 *
 * <p>Macro averages count all classes alike that occur in what is or in what was predicted; a class that never occurs is in none
 * of them. The micro average of precision, recall and F1 of a choice of one class is its accuracy.
 *
 * @param labels the names of the classes
 * @param counts by the actual class, then by the predicted one
 */
public record ConfusionMatrix(List<String> labels, List<List<Long>> counts) {
    public ConfusionMatrix {
        labels = List.copyOf(labels);
        counts = counts.stream().map(List::copyOf).toList();
        int size = labels.size();
        if (counts.size() != size || counts.stream().anyMatch(row -> row.size() != size)) {
            throw new IllegalArgumentException("confusion matrix must have " + size + " rows of " + size
                    + " counts, got " + counts.stream().map(List::size).toList());
        }
        if (counts.stream().flatMap(List::stream).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("counts of a confusion matrix must not be negative, got " + counts);
        }
    }

    /**
     * Counts predictions.
     *
     * @param actual the number of the class of each example
     * @param predicted the number of the class that it was taken for
     */
    public static ConfusionMatrix of(List<String> labels, int[] actual, int[] predicted) {
        if (actual.length != predicted.length) {
            throw new IllegalArgumentException(
                    "predictions must be one for each of " + actual.length + " examples, got " + predicted.length);
        }
        Long[][] counts = new Long[labels.size()][labels.size()];
        for (Long[] row : counts) {
            Arrays.fill(row, 0L);
        }
        for (int i = 0; i < actual.length; i++) {
            requireClass(actual[i], labels.size(), i);
            requireClass(predicted[i], labels.size(), i);
            counts[actual[i]][predicted[i]]++;
        }
        return new ConfusionMatrix(labels, Arrays.stream(counts).map(List::of).toList());
    }

    private static void requireClass(int number, int classes, int example) {
        if (number < 0 || number >= classes) {
            throw new IllegalArgumentException(
                    "class of example " + example + " must be from 0 to " + (classes - 1) + ", got " + number);
        }
    }

    /** How many examples there are. */
    public long examples() {
        return counts.stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
    }

    /** The share of examples that were taken for what they are; NaN without examples. */
    public double accuracy() {
        long right = 0;
        for (int k = 0; k < labels.size(); k++) {
            right += counts.get(k).get(k);
        }
        return examples() == 0 ? Double.NaN : (double) right / examples();
    }

    /** One class against all others. */
    public BinaryCounts of(int label) {
        long hits = counts.get(label).get(label);
        long actual = counts.get(label).stream().mapToLong(Long::longValue).sum();
        long predicted = counts.stream().mapToLong(row -> row.get(label)).sum();
        return new BinaryCounts(hits, predicted - hits, actual - hits, examples() - predicted - actual + hits);
    }

    /** Each class against all others, in their order. */
    public List<BinaryCounts> each() {
        List<BinaryCounts> each = new ArrayList<>();
        for (int k = 0; k < labels.size(); k++) {
            each.add(of(k));
        }
        return each;
    }

    /** The mean precision of the classes that occur. */
    public double macroPrecision() {
        return macro(each(), BinaryCounts::precision);
    }

    /** The mean recall of the classes that occur. */
    public double macroRecall() {
        return macro(each(), BinaryCounts::recall);
    }

    /** The mean F1 of the classes that occur. */
    public double macroF1() {
        return macro(each(), BinaryCounts::f1);
    }

    /** The mean F1, each class as often as it has examples. */
    public double weightedF1() {
        double sum = 0;
        for (BinaryCounts counted : each()) {
            sum += counted.support() * counted.f1();
        }
        return sum / examples();
    }

    /** The mean of a measure over the labels that occur; NaN when none does. */
    public static double macro(List<BinaryCounts> labels, ToDoubleFunction<BinaryCounts> measure) {
        double sum = 0;
        int occurring = 0;
        for (BinaryCounts counted : labels) {
            if (counted.occurs()) {
                sum += measure.applyAsDouble(counted);
                occurring++;
            }
        }
        return occurring == 0 ? Double.NaN : sum / occurring;
    }

    /** All labels as one: the counts of micro averages where an example may have several labels. */
    public static BinaryCounts micro(List<BinaryCounts> labels) {
        return labels.stream().reduce(BinaryCounts.NONE, BinaryCounts::plus);
    }
}
