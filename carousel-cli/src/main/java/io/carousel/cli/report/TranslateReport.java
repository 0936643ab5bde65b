package io.carousel.cli.report;

import io.carousel.cli.report.Chart.Axis;
import io.carousel.cli.report.Chart.Line;
import io.carousel.cli.report.Chart.Role;
import io.carousel.cli.report.Chart.Scale;
import io.carousel.cli.report.Chart.Unit;
import io.carousel.cli.report.Chart.View;
import io.carousel.cli.report.ReportData.Cell;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Facts;
import io.carousel.cli.report.ReportData.Figure;
import io.carousel.cli.report.ReportData.Part;
import io.carousel.cli.report.ReportData.Row;
import io.carousel.cli.report.ReportData.Section;
import io.carousel.cli.report.ReportData.Table;
import io.carousel.cli.report.ReportData.Verdict;
import io.carousel.cli.report.ReportData.Weights;
import io.carousel.cli.report.TranslateStory.LengthScore;
import io.carousel.cli.report.TranslateStory.Score;
import io.carousel.cli.report.TranslateStory.Scores;
import io.carousel.cli.report.TranslateStory.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The page about translations: the scores, by length too, the sentences with what was attended to, the training, the provenance. */
public final class TranslateReport {
    private static final int MOST_SENTENCES = 20;
    private static final int MOST_MATRICES = 12;

    /** Attention of longer sentences is not drawn: a page of so many cells helps nobody. */
    private static final int MOST_TOKENS = 80;

    private final TranslateStory story;

    private TranslateReport(TranslateStory story) {
        this.story = story;
    }

    /** The content of the page. */
    public static ReportData of(TranslateStory story) {
        return new TranslateReport(story).page();
    }

    private ReportData page() {
        List<Section> sections = new ArrayList<>();
        Scores scores = story.scores();
        if (scores != null) {
            sections.add(scores(scores));
            if (scores.byLength().size() > 1) {
                sections.add(byLength(scores.byLength()));
            }
        }
        if (!story.sentences().isEmpty()) {
            sections.add(sentences());
            List<Part> matrices = matrices();
            if (!matrices.isEmpty()) {
                sections.add(new Section(
                        "What was read for what",
                        "Each row is a token that was written, each column one that was read. The deeper the colour, the larger "
                                + "the share of the attention, in percent; where nothing stands, it is below half of one.",
                        matrices));
            }
        }
        if (!story.trainings().isEmpty()) {
            sections.add(TrainingCourse.section(story.trainings()));
        }
        if (!story.provenance().isEmpty()) {
            sections.add(new Section(
                    "Provenance",
                    "Where the pairs and the model come from, and what it takes to make the same model again.",
                    List.copyOf(story.provenance())));
        }
        return new ReportData(
                "Translation report",
                story.source(),
                story.all() == 0 ? "A translator" : "Translations of " + Words.count(story.all(), "source"),
                scores == null ? null : verdict(scores),
                "Sentence",
                List.of(),
                sections,
                story.footer());
    }

    // ---------------------------------------------------------------- scores

    private static Verdict verdict(Scores scores) {
        Score network = scores.rows().get(0);
        return new Verdict(
                scores.wins(),
                scores.verdict(),
                List.of(
                        new Figure("BLEU", number(network.bleu()), "of " + Words.count(network.sources(), "source")),
                        new Figure("chrF", number(network.chrf()), "of characters"),
                        new Figure("Right", percent(network.exact()) + " %", "in every token"),
                        new Figure("Token errors", percent(network.tokenErrors()) + " %", "of the wanted tokens"),
                        new Figure("Perplexity", number(scores.perplexity()), "of a target token")));
    }

    private static Section scores(Scores scores) {
        List<Row> rows = new ArrayList<>();
        scores.rows().forEach(score -> rows.add(row(rows.isEmpty(), score.name(), score)));
        List<Part> parts = new ArrayList<>();
        parts.add(new Table(
                "Scores " + scores.which(),
                List.of("", "BLEU", "chrF", "Right", "Token errors", "Word errors"),
                rows,
                List.of(
                        new Fact(
                                "BLEU, chrF",
                                "n-grams shared with the references, of tokens and of characters; 100 is all"),
                        new Fact("Right", "percent of the translations that are a reference, token by token"),
                        new Fact(
                                "Token errors",
                                "tokens to change, to add and to remove, in percent of the wanted ones"),
                        new Fact("Word errors", "the same of what stands between spaces"))));
        List<Fact> facts = new ArrayList<>();
        scores.signatures().forEach(signature -> facts.add(new Fact("Counted as", signature)));
        scores.notes().forEach(note -> facts.add(new Fact("Note", note)));
        parts.add(new Facts("How", facts));
        return new Section("The scores", "Beside the network stand two ways to translate without one.", parts);
    }

    private static Row row(boolean ours, String name, Score score) {
        return new Row(
                ours,
                List.of(
                        new Cell(name, false),
                        new Cell(number(score.bleu()), false),
                        new Cell(number(score.chrf()), false),
                        new Cell(percent(score.exact()), false),
                        new Cell(percent(score.tokenErrors()), false),
                        new Cell(percent(score.wordErrors()), false)));
    }

    private static Section byLength(List<LengthScore> lengths) {
        double[] middles = lengths.stream()
                .mapToDouble(each -> (each.from() + each.to()) / 2.0)
                .toArray();
        double[] bleu =
                lengths.stream().mapToDouble(each -> each.score().bleu()).toArray();
        double[] right =
                lengths.stream().mapToDouble(each -> 100 * each.score().exact()).toArray();
        List<Row> rows = new ArrayList<>();
        for (LengthScore each : lengths) {
            String name = each.from() == each.to() ? "" + each.from() : each.from() + " to " + each.to();
            rows.add(row(false, name + " (" + Words.count(each.score().sources(), "source") + ")", each.score()));
        }
        return new Section(
                "By length",
                "A decoder that has one fixed vector of the source falls off as sources grow; attention is there to prevent it.",
                List.of(
                        new Chart(
                                "BLEU and right translations by the length of the source",
                                "The scores of groups of sources of about the same length.",
                                new Axis("Tokens of the source", Unit.NUMBER),
                                "BLEU, and percent that are right",
                                280,
                                false,
                                Scale.LINEAR,
                                List.of(View.all(
                                        middles,
                                        List.of(
                                                new Line("BLEU", Role.MODEL, bleu, true),
                                                new Line("Right", Role.SECOND, right, true))))),
                        new Table(
                                "Scores by the number of source tokens",
                                List.of("Tokens", "BLEU", "chrF", "Right", "Token errors", "Word errors"),
                                rows,
                                List.of())));
    }

    // ---------------------------------------------------------------- sentences

    private Section sentences() {
        List<Row> rows = new ArrayList<>();
        boolean known =
                story.sentences().stream().anyMatch(each -> !each.wanted().isEmpty());
        List<Sentence> shown = story.sentences()
                .subList(0, Math.min(MOST_SENTENCES, story.sentences().size()));
        for (Sentence sentence : shown) {
            List<Cell> cells = new ArrayList<>();
            cells.add(new Cell(sentence.text(), false));
            cells.add(new Cell(sentence.given(), known && sentence.right()));
            if (known) {
                cells.add(new Cell(String.join(" / ", sentence.wanted()), false));
            }
            cells.add(new Cell(String.join(" / ", sentence.others()), false));
            cells.add(new Cell(String.format(Locale.ROOT, "%.4f", sentence.logProbability()), false));
            rows.add(new Row(false, cells));
        }
        List<String> columns = known
                ? List.of("Source", "Translation", "Wanted", "Next best", "log p")
                : List.of("Source", "Translation", "Next best", "log p");
        return new Section(
                "The sentences",
                story.all() > shown.size() ? "Shown are " + shown.size() + " of " + story.all() + "." : "",
                List.of(new Table("Sources and translations", columns, rows, List.of())));
    }

    private List<Part> matrices() {
        List<Part> matrices = new ArrayList<>();
        for (Sentence sentence : story.sentences()) {
            boolean drawn = !sentence.attention().isEmpty()
                    && sentence.read().size() <= MOST_TOKENS
                    && sentence.written().size() <= MOST_TOKENS;
            if (drawn && matrices.size() < MOST_MATRICES) {
                matrices.add(new Weights(
                        sentence.text() + " → " + sentence.given(),
                        "Written",
                        "Read",
                        sentence.written(),
                        sentence.read(),
                        sentence.attention()));
            }
        }
        return matrices;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }
}
