package io.carousel.cli.report;

import io.carousel.cli.report.LanguageStory.Token;
import io.carousel.cli.report.ReportData.Cell;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Figure;
import io.carousel.cli.report.ReportData.Mark;
import io.carousel.cli.report.ReportData.MarkedText;
import io.carousel.cli.report.ReportData.Part;
import io.carousel.cli.report.ReportData.Row;
import io.carousel.cli.report.ReportData.Section;
import io.carousel.cli.report.ReportData.Table;
import io.carousel.cli.report.ReportData.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The page about a language model: how well it foresees, where it is surprised, what it writes. */
public final class LanguageReport {
    private final LanguageStory story;

    private LanguageReport(LanguageStory story) {
        this.story = story;
    }

    /** The content of the page. */
    public static ReportData of(LanguageStory story) {
        return new LanguageReport(story).page();
    }

    private ReportData page() {
        List<Section> sections = new ArrayList<>();
        if (!story.rows().isEmpty()) {
            sections.add(scores());
        }
        if (!story.passage().isEmpty()) {
            sections.add(passage());
        }
        sections.add(new Section(
                "Samples",
                "Written without a prompt. A low temperature prefers what is likely; 1 draws as the model says.",
                List.of(story.samples())));
        if (!story.trainings().isEmpty()) {
            sections.add(TrainingCourse.section(story.trainings()));
        }
        List<Part> facts = new ArrayList<>(story.facts());
        sections.add(new Section("Provenance", "What was chosen, and where text and model come from.", facts));
        return new ReportData(
                "Language model",
                story.title(),
                story.subtitle(),
                story.verdict().isBlank() ? null : new Verdict(story.good(), story.verdict(), figures()),
                "",
                List.of(),
                sections,
                story.footer());
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        LanguageStory.Row network = story.rows().get(0);
        String note = story.rows().size() > 1
                ? "pairs of tokens " + Words.number(story.rows().get(1).perplexity())
                : "among so many equally likely tokens it wavers";
        figures.add(new Figure("Perplexity", Words.number(network.perplexity()), note));
        figures.add(new Figure(
                "Bits per token",
                String.format(Locale.ROOT, "%.3f", network.bitsPerToken()),
                String.format(Locale.ROOT, "%.2f would be knowing nothing", story.mostBits())));
        if (!Double.isNaN(network.bitsPerCharacter())) {
            figures.add(new Figure(
                    "Bits per character",
                    String.format(Locale.ROOT, "%.3f", network.bitsPerCharacter()),
                    "comparable between vocabularies"));
        }
        return figures;
    }

    private Section scores() {
        boolean characters = !Double.isNaN(story.rows().get(0).bitsPerCharacter());
        double best = story.rows().stream()
                .mapToDouble(LanguageStory.Row::bitsPerToken)
                .min()
                .orElse(Double.NaN);
        List<String> columns = new ArrayList<>(List.of("Method", "Perplexity", "Bits per token"));
        if (characters) {
            columns.add("Bits per character");
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < story.rows().size(); i++) {
            LanguageStory.Row row = story.rows().get(i);
            boolean isBest = row.bitsPerToken() == best;
            List<Cell> cells = new ArrayList<>(List.of(
                    new Cell(row.name(), false),
                    new Cell(Words.number(row.perplexity()), isBest),
                    new Cell(String.format(Locale.ROOT, "%.3f", row.bitsPerToken()), isBest)));
            if (characters) {
                cells.add(new Cell(String.format(Locale.ROOT, "%.3f", row.bitsPerCharacter()), isBest));
            }
            rows.add(new Row(i == 0, cells));
        }
        List<Fact> legend = new ArrayList<>();
        legend.add(
                new Fact("Perplexity", "among how many equally likely tokens one would waver as much; less is better"));
        if (story.rows().size() > 1) {
            legend.add(
                    new Fact(
                            "Pairs of tokens",
                            "what the token before says of the next: interpolated Kneser-Ney, counted on the text that was learnt"));
            legend.add(new Fact("Frequencies", "how often each token is there, one added to each count"));
        }
        return new Section(
                "How well it foresees",
                "Every token of a text that was not learnt from, each foreseen from all before it.",
                List.of(new Table("On the text that was kept back", columns, rows, legend)));
    }

    private Section passage() {
        List<Mark> marks = new ArrayList<>();
        for (Token token : story.passage()) {
            double weight = Math.max(0, Math.min(1, token.bits() / story.mostBits()));
            String tip = String.format(Locale.ROOT, "%.1f bits, 1 in %s", token.bits(), oneIn(token.bits()))
                    + (token.known() ? "" : ", not in the vocabulary");
            marks.add(new Mark(token.text(), weight, tip));
        }
        MarkedText text = new MarkedText(
                "The beginning of the text that was kept back",
                "The deeper the colour, the less the model expected what came.",
                "",
                String.format(Locale.ROOT, "as surprising as to who knows nothing: %.1f bits", story.mostBits()),
                story.words(),
                marks);
        return new Section(
                "Where it is surprised",
                "Surprise is the negative logarithm of the probability that the model gave to a token.",
                List.of(text));
    }

    private static String oneIn(double bits) {
        return Words.number(StrictMath.pow(2, Math.min(bits, 60)));
    }
}
