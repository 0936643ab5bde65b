package io.carousel.cli.classify;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.carousel.cli.command.Console;
import io.carousel.cli.command.TextTable;
import io.carousel.cli.report.Words;
import io.carousel.eval.ConfusionMatrix;
import io.carousel.task.classify.Classification;
import io.carousel.task.classify.ClassifyEvaluation;
import io.carousel.task.classify.ClassifyEvaluation.LabelScores;
import io.carousel.task.classify.Explanation;
import io.carousel.task.classify.SequenceClassifier;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Prints evaluations, predictions and explanations for people, and predictions as CSV. */
final class ClassifyTables {
    /** A confusion matrix of more labels would not fit a terminal. */
    private static final int MOST_SHOWN = 12;

    private static final int MOST_WORDS = 6;

    private ClassifyTables() {}

    /** The scores of each label, what was taken for what, and a sentence. */
    static void evaluation(Console console, ClassifyEvaluation evaluation) {
        TextTable table = new TextTable(
                List.of(Words.count(evaluation.examples(), "example"), "Examples", "Precision", "Recall", "F1", "AUC"));
        for (LabelScores label : evaluation.each()) {
            table.row(
                    false,
                    List.of(
                            label.label(),
                            Long.toString(label.counts().support()),
                            share(label.counts().precision()),
                            share(label.counts().recall()),
                            share(label.counts().f1()),
                            label.area() == null ? "–" : share(label.area())));
        }
        table.print(console);
        ConfusionMatrix confusion = evaluation.confusion();
        if (confusion != null && confusion.labels().size() <= MOST_SHOWN) {
            List<String> headings = new ArrayList<>(List.of("Actual \\ predicted"));
            headings.addAll(confusion.labels());
            TextTable matrix = new TextTable(headings);
            for (int k = 0; k < confusion.labels().size(); k++) {
                List<String> cells = new ArrayList<>(List.of(confusion.labels().get(k)));
                confusion.counts().get(k).forEach(count -> cells.add(count.toString()));
                matrix.row(false, cells);
            }
            console.out().println();
            matrix.print(console);
        }
        console.out().println();
        console.out().println(verdict(evaluation));
    }

    /** How many were right, in words. */
    static String verdict(ClassifyEvaluation evaluation) {
        Double trivial = evaluation.trivialAccuracy();
        String right = evaluation.several() ? "All labels were right of " : "Right were ";
        return right + percent(evaluation.accuracy()) + " of " + Words.count(evaluation.examples(), "example")
                + (trivial == null ? "" : "; always naming the most frequent label gives " + percent(trivial)) + ".";
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String share(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** The label to explain when none is asked for. */
    static String mostProbable(SequenceClassifier classifier, Classification found) {
        int best = 0;
        for (int k = 1; k < found.probabilities().size(); k++) {
            best = found.probabilities().get(k) > found.probabilities().get(best) ? k : best;
        }
        return classifier.encoding().chosen().several() || found.labels().isEmpty()
                ? classifier.labels().get(best)
                : found.labels().get(0);
    }

    static double probability(SequenceClassifier classifier, Classification found, String label) {
        return found.probabilities().get(classifier.labels().indexOf(label));
    }

    /** A line for each example: what it was taken for, and how probable that is. */
    static void predictions(Console console, SequenceClassifier classifier, List<Classification> found) {
        boolean several = classifier.encoding().chosen().several();
        TextTable table = new TextTable(List.of("Example", several ? "Labels" : "Label", "Probability"));
        for (Classification one : found) {
            List<String> probabilities = one.labels().stream()
                    .map(label -> share(probability(classifier, one, label)))
                    .toList();
            table.row(
                    false,
                    List.of(
                            one.id(),
                            one.labels().isEmpty() ? "none" : String.join(", ", one.labels()),
                            one.labels().isEmpty() ? "" : String.join(", ", probabilities)));
        }
        table.print(console);
    }

    /** A CSV file: the id, what was found, and the probability of each label. */
    static String csv(SequenceClassifier classifier, List<Classification> found) throws IOException {
        StringWriter text = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().build(text)) {
            List<String> headings = new ArrayList<>(List.of("id", "label"));
            classifier.labels().forEach(label -> headings.add("p " + label));
            writer.writeRecord(headings);
            for (Classification one : found) {
                List<String> cells = new ArrayList<>(List.of(one.id(), String.join("|", one.labels())));
                one.probabilities().forEach(p -> cells.add(String.format(Locale.ROOT, "%.6f", p)));
                writer.writeRecord(cells);
            }
        }
        return text.toString();
    }

    /** The words or time steps with the largest weights, in their order. */
    static void explanation(Console console, Explanation explanation) {
        List<Double> weights = explanation.weights();
        List<Integer> largest = IntStream.range(0, weights.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer t) -> -Math.abs(weights.get(t))))
                .limit(MOST_WORDS)
                .sorted()
                .toList();
        StringBuilder line = new StringBuilder();
        for (int t : largest) {
            line.append("  ")
                    .append(
                            explanation.tokens().isEmpty()
                                    ? "step " + (t + 1)
                                    : explanation.tokens().get(t))
                    .append(String.format(Locale.ROOT, " %+.2f", weights.get(t)));
        }
        String against = explanation.against().isEmpty() ? "" : ", and not " + explanation.against();
        console.out().println();
        console.out()
                .println(Console.plain(explanation.id() + " is " + explanation.label() + against + ", because of:"));
        console.out().println(Console.plain(line.toString()));
    }
}
