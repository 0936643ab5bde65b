package io.carousel.cli.classify;

import io.carousel.cli.report.Chart;
import io.carousel.cli.report.Chart.Axis;
import io.carousel.cli.report.Chart.Bars;
import io.carousel.cli.report.Chart.Heat;
import io.carousel.cli.report.Chart.Layer;
import io.carousel.cli.report.Chart.Line;
import io.carousel.cli.report.Chart.Role;
import io.carousel.cli.report.Chart.Scale;
import io.carousel.cli.report.Chart.Unit;
import io.carousel.cli.report.Chart.View;
import io.carousel.cli.report.ReportData.Mark;
import io.carousel.cli.report.ReportData.MarkedText;
import io.carousel.cli.report.ReportData.Part;
import io.carousel.cli.report.ReportData.Section;
import io.carousel.task.classify.Classification;
import io.carousel.task.classify.Example;
import io.carousel.task.classify.ExampleInput;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.classify.Explanation;
import io.carousel.task.classify.SequenceClassifier;
import io.carousel.text.ByteTokenizer;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What moved decisions, drawn: words on colours, or time steps under the numbers that were read. */
final class ExplanationParts {
    /** Sequences of numbers that are drawn: each takes two charts. */
    private static final int MOST_CHARTED = 20;

    private ExplanationParts() {}

    static Section section(
            SequenceClassifier classifier, ExampleSet set, List<Classification> found, List<Explanation> explanations) {
        List<Part> parts = new ArrayList<>();
        Tokenizer tokenizer = classifier.encoding().chosen().tokenizer();
        boolean words = !(tokenizer instanceof CharacterTokenizer || tokenizer instanceof ByteTokenizer);
        for (int i = 0; i < explanations.size(); i++) {
            Explanation explanation = explanations.get(i);
            Classification one = found.get(i);
            String title = explanation.id() + ": " + explanation.label() + ", probability "
                    + ClassifyTables.share(ClassifyTables.probability(classifier, one, explanation.label()));
            if (!explanation.tokens().isEmpty()) {
                parts.add(marked(explanation, title, words));
            } else if (i < MOST_CHARTED) {
                charts(parts, explanation, title, set.examples().get(i));
            }
        }
        String more = classifier.encoding().vocabulary() == null && explanations.size() > MOST_CHARTED
                ? " Drawn are the first " + MOST_CHARTED + " of " + explanations.size() + "."
                : "";
        return new Section(
                "What moved the decisions",
                "By integrated gradients: how much each "
                        + (classifier.encoding().vocabulary() == null ? "time step" : words ? "word" : "symbol")
                        + " moved the score, from that of an example that says nothing to that of this one." + more,
                parts);
    }

    private static String note(Explanation explanation) {
        return String.format(
                Locale.ROOT,
                "The weights add up to %+.2f: the score is %.2f, and %.2f when nothing is said.%s%s",
                explanation.weights().stream().mapToDouble(Double::doubleValue).sum(),
                explanation.score(),
                explanation.baseline(),
                explanation.against().isEmpty() ? "" : " The next label is " + explanation.against() + ".",
                explanation.complete() ? "" : " They do so only roughly.");
    }

    private static double largest(List<Double> weights) {
        double largest = 0;
        for (double weight : weights) {
            largest = Math.max(largest, Math.abs(weight));
        }
        return largest == 0 ? 1 : largest;
    }

    private static MarkedText marked(Explanation explanation, String title, boolean words) {
        double largest = largest(explanation.weights());
        List<Mark> marks = new ArrayList<>();
        for (int t = 0; t < explanation.tokens().size(); t++) {
            double weight = explanation.weights().get(t);
            marks.add(new Mark(
                    explanation.tokens().get(t), weight / largest, String.format(Locale.ROOT, "%+.3f", weight)));
        }
        return new MarkedText(
                title,
                note(explanation),
                "speaks against " + explanation.label(),
                "speaks for " + explanation.label(),
                words,
                marks);
    }

    private static void charts(List<Part> parts, Explanation explanation, String title, Example example) {
        if (!(example.input() instanceof ExampleInput.Numbers numbers)) {
            return;
        }
        double[] steps = new double[numbers.steps()];
        Arrays.setAll(steps, t -> t + 1);
        List<Layer> lines = new ArrayList<>();
        for (int f = 0; f < numbers.features(); f++) {
            double[] values = new double[steps.length];
            for (int t = 0; t < values.length; t++) {
                values[t] = numbers.values()[t * numbers.features() + f];
            }
            lines.add(new Line(explanation.features().get(f), f == 0 ? Role.ACTUAL : Role.BASELINE, values, f < 8));
        }
        Axis axis = new Axis("Time step", Unit.NUMBER, true);
        parts.add(new Chart(
                title, note(explanation), axis, "", 240, false, Scale.LINEAR, List.of(View.all(steps, lines))));
        double[] weights =
                explanation.weights().stream().mapToDouble(Double::doubleValue).toArray();
        parts.add(new Chart(
                "What speaks for " + explanation.label() + ", and, below zero, against it",
                note(explanation),
                axis,
                "",
                180,
                false,
                Scale.LINEAR,
                List.of(View.all(steps, List.of(new Bars("Weight", Role.MODEL, 0.8, weights))))));
        if (numbers.features() > 1) {
            parts.add(heat(explanation, axis, steps));
        }
    }

    /** A row for each feature. */
    private static Chart heat(Explanation explanation, Axis axis, double[] steps) {
        float[][] values = new float[steps.length][];
        double range = 0;
        for (int t = 0; t < values.length; t++) {
            List<Double> row = explanation.parts().get(t);
            values[t] = new float[row.size()];
            for (int f = 0; f < values[t].length; f++) {
                values[t][f] = row.get(f).floatValue();
                range = Math.max(range, Math.abs(values[t][f]));
            }
        }
        int features = explanation.features().size();
        return new Chart(
                "The same by feature",
                "Rows from top to bottom: " + String.join(", ", explanation.features()) + ".",
                axis,
                "Feature",
                Math.max(150, Math.min(360, 54 + 14 * features)),
                false,
                Scale.LINEAR,
                List.of(View.all(
                        steps, List.of(new Heat("Weight", range == 0 ? -1 : -range, range == 0 ? 1 : range, values)))));
    }
}
