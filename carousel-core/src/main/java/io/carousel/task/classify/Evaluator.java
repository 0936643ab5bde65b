package io.carousel.task.classify;

import io.carousel.data.DataException;
import io.carousel.data.Texts;
import io.carousel.eval.AreaUnderCurve;
import io.carousel.eval.BinaryCounts;
import io.carousel.eval.Calibration;
import io.carousel.eval.ConfusionMatrix;
import io.carousel.task.classify.ClassifyEvaluation.LabelScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares what examples are with what they were taken for. */
final class Evaluator {
    private final ClassifyEncoding encoding;
    private final ExampleSet set;
    private final List<Classification> predictions;
    private final boolean several;
    private final LabelSet labels;
    private final int known;
    private final List<String> notes;
    /** By example, then by label: what it is, what it was taken for, and with what probability. */
    private final boolean[][] actual;

    private final boolean[][] predicted;
    private final double[][] probabilities;

    private Evaluator(ClassifyEncoding encoding, ExampleSet set, List<Classification> predictions) {
        this.encoding = encoding;
        this.set = set;
        this.predictions = predictions;
        several = encoding.chosen().several();
        known = encoding.labels().size();
        notes = new ArrayList<>(set.notes());
        labels = withUnseen();
        int size = set.size();
        actual = new boolean[size][];
        predicted = new boolean[size][];
        probabilities = new double[size][labels.size()];
        for (int i = 0; i < size; i++) {
            actual[i] = present(set.examples().get(i).labels());
            predicted[i] = present(predictions.get(i).labels());
            for (int c = 0; c < known; c++) {
                probabilities[i][c] = predictions.get(i).probabilities().get(c);
            }
        }
    }

    static ClassifyEvaluation evaluate(SequenceClassifier classifier, ExampleSet set) {
        ClassifyEncoding encoding = classifier.encoding();
        if (set.size() == 0) {
            throw new DataException(set.source() + " must have examples to evaluate, got none");
        }
        for (Example example : set.examples()) {
            if (!encoding.chosen().several() && example.labels().size() != 1) {
                throw new DataException("example " + Texts.shown(example.id())
                        + ExampleSet.place(example, set.source(), "") + " must have one label, got "
                        + example.labels().size() + "; give it, or predict");
            }
        }
        return new Evaluator(encoding, set, classifier.predict(set)).evaluate();
    }

    /** The labels of the model, and those that training did not have. */
    private LabelSet withUnseen() {
        LabelSet own = new LabelSet(encoding.labels());
        TreeMap<String, Integer> unseen = new TreeMap<>();
        for (Example example : set.examples()) {
            for (String label : example.labels()) {
                if (own.number(label) < 0) {
                    unseen.merge(label, 1, Integer::sum);
                }
            }
        }
        unseen.forEach((label, count) -> notes.add("label " + Texts.shown(label) + " was not in training: "
                + (count == 1 ? "its one example counts" : "its " + count + " examples count") + " as wrong"));
        List<String> all = new ArrayList<>(encoding.labels());
        all.addAll(unseen.keySet());
        return new LabelSet(all);
    }

    private boolean[] present(List<String> names) {
        boolean[] present = new boolean[labels.size()];
        names.forEach(name -> present[labels.number(name)] = true);
        return present;
    }

    private ClassifyEvaluation evaluate() {
        int size = set.size();
        List<Double> confidences = new ArrayList<>();
        List<Boolean> hits = new ArrayList<>();
        int right = 0;
        for (int i = 0; i < size; i++) {
            right += Arrays.equals(actual[i], predicted[i]) ? 1 : 0;
            for (int c = 0; c < labels.size(); c++) {
                if (several || predicted[i][c]) {
                    double p = probabilities[i][c];
                    confidences.add(predicted[i][c] ? p : 1 - p);
                    hits.add(actual[i][c] == predicted[i][c]);
                }
            }
        }
        double[] confidence =
                confidences.stream().mapToDouble(Double::doubleValue).toArray();
        boolean[] hit = new boolean[confidence.length];
        for (int k = 0; k < hit.length; k++) {
            hit[k] = hits.get(k);
        }
        List<LabelScores> each = each();
        List<BinaryCounts> counts = each.stream().map(LabelScores::counts).toList();
        return new ClassifyEvaluation(
                labels.names(),
                several,
                size,
                right / (double) size,
                several ? null : trivialAccuracy(),
                logLoss(),
                Calibration.expectedError(confidence, hit, ClassifyEvaluation.BINS),
                Calibration.bins(confidence, hit, ClassifyEvaluation.BINS).stream()
                        .filter(bin -> bin.predictions() > 0)
                        .toList(),
                finite(ConfusionMatrix.macro(counts, BinaryCounts::f1)),
                finite(ConfusionMatrix.micro(counts).f1()),
                meanArea(each),
                each,
                several ? null : ConfusionMatrix.of(labels.names(), numbers(actual), numbers(predicted)),
                predictions,
                notes);
    }

    /** 0 where a measure is not defined, because nothing occurs and nothing was found. */
    private static double finite(double measure) {
        return Double.isNaN(measure) ? 0 : measure;
    }

    private List<LabelScores> each() {
        List<LabelScores> each = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            boolean[] is = new boolean[actual.length];
            boolean[] found = new boolean[actual.length];
            double[] p = new double[actual.length];
            for (int i = 0; i < is.length; i++) {
                is[i] = actual[i][c];
                found[i] = predicted[i][c];
                p[i] = probabilities[i][c];
            }
            double area = AreaUnderCurve.of(p, is);
            each.add(new LabelScores(
                    labels.names().get(c), BinaryCounts.of(is, found), Double.isNaN(area) ? null : area));
        }
        return each;
    }

    private static @Nullable Double meanArea(List<LabelScores> each) {
        double sum = 0;
        int defined = 0;
        for (LabelScores label : each) {
            Double area = label.area();
            if (area != null) {
                sum += area;
                defined++;
            }
        }
        return defined == 0 ? null : sum / defined;
    }

    private double trivialAccuracy() {
        int frequent = 0;
        for (int c = 1; c < known; c++) {
            if (encoding.counts().get(c) > encoding.counts().get(frequent)) {
                frequent = c;
            }
        }
        int right = 0;
        for (boolean[] own : actual) {
            right += own[frequent] ? 1 : 0;
        }
        return right / (double) actual.length;
    }

    private @Nullable Double logLoss() {
        double sum = 0;
        int counted = 0;
        for (int i = 0; i < actual.length; i++) {
            int[] numbers = set.examples().get(i).labels().stream()
                    .mapToInt(labels::number)
                    .toArray();
            boolean all = true;
            for (int number : numbers) {
                all &= number < known;
            }
            if (all) {
                sum += Probabilities.logLoss(Arrays.copyOf(probabilities[i], known), several, numbers);
                counted++;
            }
        }
        return counted == 0 ? null : sum / counted;
    }

    private static int[] numbers(boolean[][] present) {
        int[] numbers = new int[present.length];
        for (int i = 0; i < numbers.length; i++) {
            while (!present[i][numbers[i]]) {
                numbers[i]++;
            }
        }
        return numbers;
    }
}
