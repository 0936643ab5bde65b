package io.carousel.cli.classify;

import io.carousel.cli.command.ModelFacts;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.report.Chart;
import io.carousel.cli.report.Chart.Axis;
import io.carousel.cli.report.Chart.Bars;
import io.carousel.cli.report.Chart.Line;
import io.carousel.cli.report.Chart.Role;
import io.carousel.cli.report.Chart.Scale;
import io.carousel.cli.report.Chart.Unit;
import io.carousel.cli.report.Chart.View;
import io.carousel.cli.report.HtmlReport;
import io.carousel.cli.report.ReportData;
import io.carousel.cli.report.ReportData.Cell;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Facts;
import io.carousel.cli.report.ReportData.Figure;
import io.carousel.cli.report.ReportData.Matrix;
import io.carousel.cli.report.ReportData.Part;
import io.carousel.cli.report.ReportData.Row;
import io.carousel.cli.report.ReportData.Section;
import io.carousel.cli.report.ReportData.Table;
import io.carousel.cli.report.ReportData.Verdict;
import io.carousel.cli.report.TrainingCourse;
import io.carousel.cli.report.Words;
import io.carousel.eval.Calibration;
import io.carousel.eval.ConfusionMatrix;
import io.carousel.task.TrainingStage;
import io.carousel.task.classify.Classification;
import io.carousel.task.classify.ClassifyEncoding;
import io.carousel.task.classify.ClassifyEncoding.ValidationScores;
import io.carousel.task.classify.ClassifyEvaluation;
import io.carousel.task.classify.ClassifyEvaluation.LabelScores;
import io.carousel.task.classify.ClassifySpec;
import io.carousel.task.classify.Example;
import io.carousel.task.classify.ExampleInput;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.classify.Explanation;
import io.carousel.task.classify.SequenceClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The pages about a classification: what it takes for what, how sure it is, what moved it, the training, the provenance. */
final class ClassifyPages {
    private static final int MOST_ROWS = 500;
    private static final int MOST_MISTAKES = 20;
    private static final int MOST_NAMES = 100;
    private static final int MOST_TEXT = 160;
    /** How many the evaluation has; those without predictions are not told. */
    private static final int BINS = 10;

    private final SequenceClassifier classifier;
    private final ExampleSet set;
    private final List<Section> sections = new ArrayList<>();

    private ClassifyPages(SequenceClassifier classifier, ExampleSet set) {
        this.classifier = classifier;
        this.set = set;
    }

    static void write(Path file, ReportData page) throws IOException {
        Outputs.write(file, HtmlReport.of(page));
    }

    /**
     * The content of a page.
     *
     * @param evaluation null where there was none
     * @param found what examples were taken for, to be listed
     * @param explanations of the first of them
     */
    static ReportData story(
            SequenceClassifier classifier,
            ExampleSet set,
            @Nullable ClassifyEvaluation evaluation,
            List<Classification> found,
            List<Explanation> explanations) {
        return new ClassifyPages(classifier, set).page(evaluation, found, explanations);
    }

    private ReportData page(
            @Nullable ClassifyEvaluation evaluation, List<Classification> found, List<Explanation> explanations) {
        if (!explanations.isEmpty()) {
            sections.add(ExplanationParts.section(classifier, set, found, explanations));
        }
        if (!found.isEmpty()) {
            sections.add(findings(found));
        }
        if (evaluation != null) {
            sections.add(confusion(evaluation));
            sections.add(honesty(evaluation));
            mistakes(evaluation);
        }
        List<TrainingStage> stages = classifier.encoding().stages();
        if (!stages.isEmpty()) {
            sections.add(TrainingCourse.section(
                    stages.stream().map(ModelFacts::losses).toList()));
        }
        sections.add(provenance());
        return new ReportData(
                "Classification",
                set.source(),
                Words.count(set.size(), "example") + "; " + choices(classifier),
                evaluation != null ? verdict(evaluation) : found.isEmpty() ? validated() : null,
                "",
                List.of(),
                sections,
                ModelFacts.footer(classifier.model().provenance()));
    }

    /** What was decided, in a line. */
    static String choices(SequenceClassifier classifier) {
        ClassifySpec chosen = classifier.encoding().chosen();
        String input = classifier.encoding().vocabulary() == null
                ? Words.count(classifier.encoding().features().size(), "feature")
                : "vocabulary " + classifier.encoding().vocabulary().size();
        return String.format(
                Locale.ROOT,
                "%s, %s of %s with %d units%s, pooling %s, temperature %.2f",
                input,
                Words.count(chosen.members(), "network"),
                chosen.cell(),
                chosen.hidden(),
                chosen.layers() > 1 ? " in " + chosen.layers() + " layers" : "",
                String.valueOf(chosen.pooling()).toLowerCase(Locale.ROOT),
                classifier.encoding().temperature());
    }

    private static Verdict verdict(ClassifyEvaluation evaluation) {
        List<Figure> figures = new ArrayList<>();
        Double trivial = evaluation.trivialAccuracy();
        figures.add(new Figure(
                "Accuracy",
                ClassifyTables.percent(evaluation.accuracy()),
                trivial == null
                        ? "all labels of an example right"
                        : "the most frequent label gives " + ClassifyTables.percent(trivial)));
        figures.add(new Figure("Macro F1", ClassifyTables.share(evaluation.macroF1()), "every label counts alike"));
        if (evaluation.meanArea() != null) {
            figures.add(new Figure(
                    "Mean AUC", ClassifyTables.share(evaluation.meanArea()), "0.5 is chance, 1 a perfect ranking"));
        }
        figures.add(new Figure(
                "Calibration error",
                ClassifyTables.percent(evaluation.calibrationError()),
                "how far probabilities are from what happens"));
        boolean good = trivial == null ? evaluation.microF1() > 0.5 : evaluation.accuracy() > trivial;
        return new Verdict(good, ClassifyTables.verdict(evaluation), figures);
    }

    private @Nullable Verdict validated() {
        ValidationScores scores = classifier.encoding().validation();
        if (scores == null) {
            return null;
        }
        List<Integer> counts = classifier.encoding().counts();
        double frequent = (double) Collections.max(counts)
                / Math.max(1, counts.stream().mapToInt(Integer::intValue).sum());
        String sentence = "Right were " + ClassifyTables.percent(scores.accuracy()) + " of "
                + Words.count(scores.examples(), "example") + " that a network had not learned from.";
        return new Verdict(
                classifier.encoding().chosen().several() || scores.accuracy() > frequent,
                sentence,
                List.of(
                        new Figure(
                                "Accuracy",
                                ClassifyTables.percent(scores.accuracy()),
                                "on examples that chose when to stop"),
                        new Figure(
                                "Log loss",
                                Words.number(scores.logLoss()),
                                "before the temperature " + Words.number(scores.logLossBefore()))));
    }

    private Section confusion(ClassifyEvaluation evaluation) {
        List<Part> parts = new ArrayList<>();
        ConfusionMatrix confusion = evaluation.confusion();
        if (confusion != null && confusion.labels().size() <= MOST_NAMES) {
            parts.add(new Matrix(
                    "Each row is a label, and says what its examples were taken for",
                    "Actual",
                    "Predicted",
                    confusion.labels(),
                    confusion.counts()));
        }
        List<Row> rows = new ArrayList<>();
        for (LabelScores label : evaluation.each()) {
            rows.add(row(
                    label.label(),
                    Long.toString(label.counts().support()),
                    ClassifyTables.share(label.counts().precision()),
                    ClassifyTables.share(label.counts().recall()),
                    ClassifyTables.share(label.counts().f1()),
                    label.area() == null ? "–" : ClassifyTables.share(label.area())));
        }
        parts.add(
                new Table(
                        "Each label against all others",
                        List.of("Label", "Examples", "Precision", "Recall", "F1", "AUC"),
                        rows,
                        List.of(
                                new Fact("Precision", "the share of right ones among those that were given the label"),
                                new Fact("Recall", "the share that was given the label of those that have it"),
                                new Fact("F1", "the harmonic mean of both"),
                                new Fact(
                                        "AUC",
                                        "how likely an example with the label is given a higher probability of it than one without"))));
        return new Section(
                "What was taken for what",
                "Blue and framed is what was right; orange is what was taken for something else, the stronger, the larger its "
                        + "part of the row.",
                parts);
    }

    private static Section honesty(ClassifyEvaluation evaluation) {
        List<Calibration.Bin> bins = evaluation.bins();
        double[] x = new double[BINS];
        double[] accuracy = new double[BINS];
        double[] confidence = new double[BINS];
        Arrays.setAll(x, b -> (b + 0.5) / BINS);
        Arrays.fill(accuracy, Double.NaN);
        Arrays.fill(confidence, Double.NaN);
        for (Calibration.Bin bin : bins) {
            int at = Math.min(BINS - 1, (int) Math.round(bin.from() * BINS));
            accuracy[at] = bin.accuracy();
            confidence[at] = bin.confidence();
        }
        Chart chart = new Chart(
                "Probability and what happened",
                "For predictions of about the same probability, the share of them that was right, beside their mean probability.",
                new Axis("Probability of what was predicted", Unit.NUMBER),
                "Share that was right",
                300,
                false,
                Scale.LINEAR,
                List.of(View.all(
                        x,
                        List.of(
                                new Bars("Right", Role.MODEL, 0.8, accuracy),
                                new Line("As many as were promised", Role.SECOND, confidence, true)))));
        List<Row> rows = new ArrayList<>();
        for (Calibration.Bin bin : bins) {
            rows.add(row(
                    ClassifyTables.percent(bin.from()) + " to " + ClassifyTables.percent(bin.to()),
                    Long.toString(bin.predictions()),
                    ClassifyTables.percent(bin.confidence()),
                    ClassifyTables.percent(bin.accuracy())));
        }
        return new Section(
                "How honest the probabilities are",
                "Of the predictions with a probability of 80 %, 80 % should be right: then a bar ends on the line.",
                List.of(
                        chart,
                        new Table(
                                "Predictions by their probability",
                                List.of("Probability", "Predictions", "Promised", "Right"),
                                rows,
                                List.of())));
    }

    /** The mistakes that were surest; none with several labels. */
    private void mistakes(ClassifyEvaluation evaluation) {
        if (evaluation.several()) {
            return;
        }
        record Mistake(Example example, Classification found, double probability) {}
        List<Mistake> mistakes = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            Classification found = evaluation.predictions().get(i);
            Example example = set.examples().get(i);
            if (!found.labels().equals(example.labels())) {
                mistakes.add(new Mistake(
                        example,
                        found,
                        ClassifyTables.probability(
                                classifier, found, found.labels().get(0))));
            }
        }
        if (mistakes.isEmpty()) {
            return;
        }
        mistakes.sort(Comparator.comparingDouble(mistake -> -mistake.probability()));
        List<Row> rows = new ArrayList<>();
        for (Mistake mistake : mistakes.subList(0, Math.min(MOST_MISTAKES, mistakes.size()))) {
            rows.add(row(
                    mistake.example().id(),
                    String.join(", ", mistake.example().labels()),
                    String.join(", ", mistake.found().labels()),
                    ClassifyTables.share(mistake.probability()),
                    text(mistake.example())));
        }
        sections.add(new Section(
                "The surest mistakes",
                Words.count(mistakes.size(), "example") + " of " + set.size()
                        + " were taken for something else. Those with the highest probability show what the model cannot know, "
                        + "and sometimes a label that is wrong.",
                List.of(new Table(
                        "Mistakes, the surest first",
                        List.of("Example", "Actual", "Predicted", "Probability", "Text"),
                        rows,
                        List.of()))));
    }

    private Section findings(List<Classification> found) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_ROWS, found.size()); i++) {
            Classification one = found.get(i);
            String label = ClassifyTables.mostProbable(classifier, one);
            rows.add(row(
                    one.id(),
                    one.labels().isEmpty() ? "none" : String.join(", ", one.labels()),
                    ClassifyTables.share(ClassifyTables.probability(classifier, one, label)),
                    text(set.examples().get(i))));
        }
        String more = found.size() > MOST_ROWS ? " These are the first " + MOST_ROWS + " of " + found.size() + "." : "";
        return new Section(
                "What was found",
                "Each example with what it was taken for, and the probability of the most probable label." + more,
                List.of(new Table("Findings", List.of("Example", "Label", "Probability", "Text"), rows, List.of())));
    }

    /** The beginning of a text, or how long a sequence of numbers is. */
    private static String text(Example example) {
        if (example.input() instanceof ExampleInput.Text text) {
            String all = text.text().strip();
            return all.length() <= MOST_TEXT
                    ? all
                    : all.substring(
                                    0,
                                    all.offsetByCodePoints(0, Math.min(MOST_TEXT, all.codePointCount(0, all.length()))))
                            + "…";
        }
        return example.input() instanceof ExampleInput.Numbers numbers ? Words.count(numbers.steps(), "time step") : "";
    }

    private Section provenance() {
        ClassifyEncoding encoding = classifier.encoding();
        ClassifySpec chosen = encoding.chosen();
        List<Fact> facts = new ArrayList<>();
        for (int k = 0; k < Math.min(MOST_NAMES, encoding.labels().size()); k++) {
            facts.add(new Fact(
                    encoding.labels().get(k), Words.count(encoding.counts().get(k), "training example")));
        }
        List<Fact> choices = new ArrayList<>();
        choices.add(
                new Fact("Reads", encoding.vocabulary() == null ? String.join(", ", encoding.features()) : "texts"));
        choices.add(new Fact(
                "Cell", chosen.cell() + ", " + chosen.hidden() + " units, " + Words.count(chosen.layers(), "layer")));
        choices.add(new Fact("Direction", chosen.direction().name().toLowerCase(Locale.ROOT)));
        choices.add(new Fact("Pooling", String.valueOf(chosen.pooling()).toLowerCase(Locale.ROOT)));
        choices.add(new Fact("Networks", Integer.toString(chosen.members())));
        choices.add(new Fact("Temperature", Words.number(encoding.temperature())));
        encoding.notes().forEach(note -> choices.add(new Fact("Note", note)));
        return new Section(
                "Provenance",
                "Where the examples and the model come from, and what it takes to make the same model again.",
                List.of(
                        new Facts("Choices", choices),
                        new Facts("Labels", facts),
                        ModelFacts.origin(classifier.model().provenance(), set.source(), set.sha256())));
    }

    private static Row row(String... cells) {
        List<Cell> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(new Cell(cell, false));
        }
        return new Row(false, row);
    }
}
