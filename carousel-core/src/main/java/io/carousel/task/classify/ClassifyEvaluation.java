package io.carousel.task.classify;

import io.carousel.data.DataException;
import io.carousel.data.Texts;
import io.carousel.kernel.Kernels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/**
 * How well examples with known labels were classified.
 *
 * @param labels those of the model, and after them others that the examples have
 * @param examples how many
 * @param accuracy the share of those whose labels are all right
 * @param trivialAccuracy the same for whoever always says what is most frequent in training
 * @param logLoss the mean negative logarithm of the probability of what is right; labels that training did not have are
 *     left out
 * @param predictions one for each example
 * @param notes what one should know, one sentence each
 */
public record ClassifyEvaluation(
        List<String> labels,
        int examples,
        double accuracy,
        double trivialAccuracy,
        double logLoss,
        List<Classification> predictions,
        List<String> notes) {
    public ClassifyEvaluation {
        labels = List.copyOf(labels);
        predictions = List.copyOf(predictions);
        notes = List.copyOf(notes);
    }

    static ClassifyEvaluation of(SequenceClassifier classifier, ExampleSet set) {
        boolean several = classifier.encoding().chosen().several();
        LabelSet known = new LabelSet(classifier.labels());
        List<Classification> predictions = classifier.predict(set, Kernels.best());
        TreeMap<String, Integer> unseen = new TreeMap<>();
        String frequent = mostFrequent(classifier.encoding());
        long right = 0;
        long trivial = 0;
        double logLoss = 0;
        int counted = 0;
        for (int i = 0; i < set.size(); i++) {
            Example example = set.examples().get(i);
            if (!several && example.labels().size() != 1) {
                throw new DataException("example " + Texts.shown(example.id())
                        + ExampleSet.place(example, set.source(), "") + " must have one label, got "
                        + example.labels().size() + "; give it, or predict");
            }
            Classification found = predictions.get(i);
            right += new HashSet<>(found.labels()).equals(new HashSet<>(example.labels())) ? 1 : 0;
            trivial += several
                    ? (example.labels().isEmpty() ? 1 : 0)
                    : example.labels().contains(frequent) ? 1 : 0;
            int[] numbers = example.labels().stream().mapToInt(known::number).toArray();
            boolean all = true;
            for (int k = 0; k < numbers.length; k++) {
                if (numbers[k] < 0) {
                    unseen.merge(example.labels().get(k), 1, Integer::sum);
                    all = false;
                }
            }
            if (all) {
                double[] p = found.probabilities().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray();
                logLoss += Probabilities.logLoss(p, several, numbers);
                counted++;
            }
        }
        List<String> labels = new ArrayList<>(classifier.labels());
        labels.addAll(unseen.keySet());
        List<String> notes = new ArrayList<>(set.notes());
        unseen.forEach((label, count) -> notes.add("label " + Texts.shown(label) + " was not in training: "
                + (count == 1 ? "its one example counts" : "its " + count + " examples count") + " as wrong"));
        return new ClassifyEvaluation(
                labels,
                set.size(),
                right / (double) set.size(),
                trivial / (double) set.size(),
                counted == 0 ? 0 : logLoss / counted,
                predictions,
                notes);
    }

    private static String mostFrequent(ClassifyEncoding encoding) {
        int best = 0;
        for (int c = 1; c < encoding.labels().size(); c++) {
            if (encoding.counts().get(c) > encoding.counts().get(best)) {
                best = c;
            }
        }
        return encoding.labels().get(best);
    }
}
