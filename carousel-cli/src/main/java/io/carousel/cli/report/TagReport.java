package io.carousel.cli.report;

import io.carousel.cli.report.ReportData.Cell;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Figure;
import io.carousel.cli.report.ReportData.Mark;
import io.carousel.cli.report.ReportData.MarkedText;
import io.carousel.cli.report.ReportData.Matrix;
import io.carousel.cli.report.ReportData.Part;
import io.carousel.cli.report.ReportData.Row;
import io.carousel.cli.report.ReportData.Section;
import io.carousel.cli.report.ReportData.Table;
import io.carousel.cli.report.ReportData.Verdict;
import io.carousel.cli.report.TagStory.Other;
import io.carousel.cli.report.TagStory.Scores;
import io.carousel.cli.report.TagStory.SpanMark;
import io.carousel.cli.report.TagStory.TaggedSentence;
import io.carousel.cli.report.TagStory.TypeScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The page about tagged sentences: the sentences, the scores, the confusions, the mistakes, the training, the provenance. */
public final class TagReport {
    private static final int MOST_SENTENCES = 30;
    private static final int FEW_SENTENCES = 10;
    private static final int MOST_MISTAKES = 20;
    private static final int MOST_TAGS = 40;
    /** A wrong word is always seen, however unsure the network was. */
    private static final double LEAST_COLOUR = 0.25;

    private final TagStory story;

    private TagReport(TagStory story) {
        this.story = story;
    }

    /** The content of the page. */
    public static ReportData of(TagStory story) {
        return new TagReport(story).page();
    }

    private ReportData page() {
        List<Section> sections = new ArrayList<>();
        boolean compared = wantedKnown();
        if (!compared && !story.sentences().isEmpty()) {
            sections.add(sentences(MOST_SENTENCES));
        }
        Scores scores = story.scores();
        if (scores != null && !scores.types().isEmpty()) {
            sections.add(new Section(
                    "The scores",
                    "A span is right when its first word, its last word and its type are.",
                    List.of(types(scores))));
        }
        if (compared) {
            sections.add(confusions());
            sections.add(mistakes());
            sections.add(sentences(FEW_SENTENCES));
        }
        if (!story.trainings().isEmpty()) {
            sections.add(TrainingCourse.section(story.trainings(), errors()));
        }
        if (!story.provenance().isEmpty()) {
            sections.add(new Section(
                    "Provenance",
                    "Where the sentences and the model come from, and what it takes to make the same model again.",
                    List.copyOf(story.provenance())));
        }
        return new ReportData(
                "Tagging report",
                story.source(),
                subtitle(),
                scores == null ? null : verdict(scores),
                "Sentence",
                List.of(),
                sections,
                story.footer());
    }

    private String subtitle() {
        String what = story.spans() ? "Spans of words" : "Tags of words";
        return story.all() == 0 ? what : what + " in " + Words.count(story.all(), "sentence");
    }

    private String errors() {
        return story.spans()
                ? "Missing and wrong spans for each that is wanted"
                : "Share of the words with a wrong tag";
    }

    private boolean wantedKnown() {
        return story.sentences().stream()
                .anyMatch(sentence -> !sentence.wanted().isEmpty());
    }

    // ---------------------------------------------------------------- scores

    private Verdict verdict(Scores scores) {
        boolean better = scores.main() > scores.usual();
        String measure = story.spans() ? "F1" : "right words";
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(
                story.spans() ? "F1 of spans" : "Right words",
                percent(scores.main()),
                "usual tag of each word " + percent(scores.usual())));
        if (story.spans()) {
            figures.add(new Figure("Right words", percent(scores.accuracy()), "whose tag is the wanted one"));
        }
        if (scores.unknownWords() > 0) {
            figures.add(new Figure(
                    "Right unknown words",
                    percent(scores.unknownAccuracy()),
                    "of " + Words.count(scores.unknownWords(), "word") + " that training had not seen"));
        }
        figures.add(new Figure(
                "Right sentences",
                Words.count(scores.correctSentences(), "sentence"),
                "of " + scores.sentences() + " " + scores.which()));
        String sentence = "The network " + (better ? "beats" : "does not beat") + " the usual tag of each word: "
                + measure + " " + percent(scores.main()) + " against " + percent(scores.usual()) + ".";
        return new Verdict(better, sentence, figures);
    }

    private static Table types(Scores scores) {
        List<Row> rows = new ArrayList<>();
        for (TypeScore type : scores.types()) {
            rows.add(new Row(
                    type.type().isEmpty(),
                    List.of(
                            new Cell(type.type().isEmpty() ? "All" : type.type(), false),
                            new Cell(percent(type.f1()), false),
                            new Cell(percent(type.precision()), false),
                            new Cell(percent(type.recall()), false),
                            new Cell(Long.toString(type.wanted()), false),
                            new Cell(Long.toString(type.found()), false),
                            new Cell(Long.toString(type.right()), false))));
        }
        return new Table(
                "Spans by type, as conlleval counts them",
                List.of("Type", "F1", "Precision", "Recall", "Wanted", "Found", "Right"),
                rows,
                List.of(
                        new Fact("Precision", "part of the spans found that are right"),
                        new Fact("Recall", "part of the wanted spans that were found"),
                        new Fact("F1", "the harmonic mean of both")));
    }

    private Section confusions() {
        Map<String, Long> often = new TreeMap<>();
        for (TaggedSentence sentence : story.sentences()) {
            sentence.wanted().forEach(tag -> often.merge(tag, 1L, Long::sum));
            sentence.given().forEach(tag -> often.merge(tag, 1L, Long::sum));
        }
        List<String> names = often.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_TAGS)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        long[][] counts = new long[names.size()][names.size()];
        for (TaggedSentence sentence : story.sentences()) {
            for (int t = 0; t < sentence.wanted().size(); t++) {
                int row = names.indexOf(sentence.wanted().get(t));
                int column = names.indexOf(sentence.given().get(t));
                if (row >= 0 && column >= 0) {
                    counts[row][column]++;
                }
            }
        }
        List<List<Long>> rows = new ArrayList<>();
        for (long[] row : counts) {
            rows.add(Arrays.stream(row).boxed().toList());
        }
        return new Section(
                "What is taken for what",
                "Words by the tag they should have and the one they got."
                        + (often.size() > MOST_TAGS
                                ? " Shown are the " + MOST_TAGS + " most frequent of " + often.size() + " tags."
                                : ""),
                List.of(new Matrix("Words by wanted and given tag", "Wanted", "Given", names, rows)));
    }

    private Section mistakes() {
        List<TaggedSentence> wrong = story.sentences().stream()
                .filter(sentence -> !sentence.wanted().isEmpty())
                .filter(sentence -> !sentence.wanted().equals(sentence.given()))
                .sorted(Comparator.comparingDouble(TagReport::surest).reversed())
                .toList();
        List<Part> parts = new ArrayList<>();
        for (TaggedSentence sentence : wrong.subList(0, Math.min(MOST_MISTAKES, wrong.size()))) {
            List<Mark> marks = new ArrayList<>();
            for (int t = 0; t < sentence.words().size(); t++) {
                marks.add(checked(sentence, t));
            }
            long words = IntStream.range(0, sentence.words().size())
                    .filter(t -> !right(sentence, t))
                    .count();
            boolean first = parts.isEmpty();
            parts.add(new MarkedText(
                    Words.count(words, "wrong word"),
                    "",
                    first ? "wrong, the deeper the surer" : "",
                    first ? "right" : "",
                    true,
                    marks));
        }
        String text = wrong.isEmpty()
                ? "Every word has the tag that it should have."
                : Words.count(wrong.size(), "sentence") + " of "
                        + story.sentences().size()
                        + (wrong.size() == 1 ? " has" : " have") + " a mistake; those that the network was surest of "
                        + "stand first" + (wrong.size() > MOST_MISTAKES ? ", " + MOST_MISTAKES + " are shown." : ".");
        return new Section("The mistakes", text, parts);
    }

    private static boolean right(TaggedSentence sentence, int word) {
        return sentence.wanted().get(word).equals(sentence.given().get(word));
    }

    private static double surest(TaggedSentence sentence) {
        return IntStream.range(0, sentence.words().size())
                .filter(word -> !right(sentence, word))
                .mapToDouble(sentence.confidence()::get)
                .max()
                .orElse(0);
    }

    private static Mark checked(TaggedSentence sentence, int t) {
        String word = sentence.words().get(t);
        String given = sentence.given().get(t);
        String wanted = sentence.wanted().get(t);
        double sure = sentence.confidence().get(t);
        if (wanted.equals(given)) {
            return new Mark(word, given.equals("O") ? 0 : LEAST_COLOUR, given + ", " + share(sure));
        }
        return new Mark(
                word + " [" + given + ", wanted " + wanted + "]",
                -Math.min(1, Math.max(LEAST_COLOUR, sure)),
                given + ", " + share(sure) + "; wanted " + wanted);
    }

    // ---------------------------------------------------------------- sentences

    private Section sentences(int most) {
        List<Part> parts = new ArrayList<>();
        int shown = Math.min(most, story.sentences().size());
        for (int i = 0; i < shown; i++) {
            TaggedSentence sentence = story.sentences().get(i);
            parts.add(new MarkedText(
                    "Sentence " + (i + 1),
                    note(sentence),
                    "",
                    i > 0 ? "" : story.spans() ? "a span, the deeper the surer" : "unsure, the deeper the more",
                    true,
                    story.spans() ? spanMarks(sentence) : tagMarks(sentence)));
        }
        return new Section(
                "The sentences",
                (story.spans()
                                ? "What was found stands with its type in brackets. "
                                : "Each word with the tag it got; colour marks doubt. ")
                        + (shown < story.all() ? "The first " + shown + " of " + story.all() + " are shown." : ""),
                parts);
    }

    private static String note(TaggedSentence sentence) {
        StringBuilder note = new StringBuilder("All tags together: " + share(sentence.probability()) + ".");
        for (Other other : sentence.others()) {
            note.append(" Or, with ")
                    .append(share(other.probability()))
                    .append(": ")
                    .append(String.join(" ", other.tags()))
                    .append('.');
        }
        return note.toString();
    }

    private static List<Mark> spanMarks(TaggedSentence sentence) {
        List<Mark> marks = new ArrayList<>();
        int t = 0;
        while (t < sentence.words().size()) {
            SpanMark span = starting(sentence, t);
            double sure = sentence.confidence().get(t);
            if (span == null) {
                marks.add(new Mark(sentence.words().get(t), 0, sentence.given().get(t) + ", " + share(sure)));
                t++;
            } else {
                for (int i = span.from(); i < span.to(); i++) {
                    sure = Math.min(sure, sentence.confidence().get(i));
                }
                String words = String.join(" ", sentence.words().subList(span.from(), span.to()));
                String type = span.type().isEmpty() ? "" : " [" + span.type() + "]";
                marks.add(new Mark(words + type, Math.max(LEAST_COLOUR, Math.min(1, sure)), share(sure)));
                t = span.to();
            }
        }
        return marks;
    }

    private static @Nullable SpanMark starting(TaggedSentence sentence, int word) {
        return sentence.spans().stream()
                .filter(span -> span.from() == word)
                .findFirst()
                .orElse(null);
    }

    private static List<Mark> tagMarks(TaggedSentence sentence) {
        List<Mark> marks = new ArrayList<>();
        for (int t = 0; t < sentence.words().size(); t++) {
            double sure = sentence.confidence().get(t);
            marks.add(new Mark(
                    sentence.words().get(t) + "/" + sentence.given().get(t),
                    Math.max(0, Math.min(1, 1 - sure)),
                    share(sure)));
        }
        return marks;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }

    private static String share(double probability) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * probability);
    }
}
