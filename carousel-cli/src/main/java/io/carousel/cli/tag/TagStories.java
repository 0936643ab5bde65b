package io.carousel.cli.tag;

import io.carousel.cli.command.ModelFacts;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.report.HtmlReport;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Facts;
import io.carousel.cli.report.TagReport;
import io.carousel.cli.report.TagStory;
import io.carousel.cli.report.TagStory.Other;
import io.carousel.cli.report.TagStory.Scores;
import io.carousel.cli.report.TagStory.SpanMark;
import io.carousel.cli.report.TagStory.TaggedSentence;
import io.carousel.cli.report.TagStory.TypeScore;
import io.carousel.cli.report.Words;
import io.carousel.eval.SpanScore;
import io.carousel.model.Provenance;
import io.carousel.task.tag.SentenceSet;
import io.carousel.task.tag.SequenceTagger;
import io.carousel.task.tag.TagEncoding;
import io.carousel.task.tag.TagEvaluation;
import io.carousel.task.tag.TagPrediction;
import io.carousel.task.tag.TagSpec;
import io.carousel.text.TagScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns a tagger, its evaluation and its tags into the plain content of a report. */
final class TagStories {
    /** Sentences that are looked at for confusions and mistakes; the page says so where there are more. */
    private static final int MOST_SENTENCES = 20_000;

    private static final int MOST_OTHERS = 4;

    private final SequenceTagger tagger;
    private final TagEncoding encoding;

    private TagStories(SequenceTagger tagger) {
        this.tagger = tagger;
        encoding = tagger.encoding();
    }

    /**
     * Writes the page about an evaluation, or about a training alone.
     *
     * @param set sentences whose tags are known; null for none
     * @param evaluation of these
     * @param validated how it did on the sentences that chose the best epoch, for a page without others
     */
    static void write(
            Path file,
            SequenceTagger tagger,
            @Nullable SentenceSet set,
            @Nullable TagEvaluation evaluation,
            @Nullable TagEvaluation validated)
            throws IOException {
        TagStories stories = new TagStories(tagger);
        List<TagPrediction> tagged = set == null
                ? List.of()
                : tagger.predict(
                        set.sentences().subList(0, Math.min(set.sentences().size(), MOST_SENTENCES)), 1);
        @Nullable
        Scores scores = evaluation != null
                ? scores(evaluation, set == null ? "" : "of " + set.source())
                : validated == null ? null : scores(validated, "that chose the best epoch");
        stories.write(file, set, tagged, scores);
    }

    /** Writes the page about sentences that were tagged. */
    static void write(Path file, SequenceTagger tagger, SentenceSet set, List<TagPrediction> tagged)
            throws IOException {
        new TagStories(tagger).write(file, set, tagged, null);
    }

    private void write(Path file, @Nullable SentenceSet set, List<TagPrediction> tagged, @Nullable Scores scores)
            throws IOException {
        Provenance provenance = tagger.model().provenance();
        String source = set == null ? provenance.dataFile() : set.source();
        TagStory story = new TagStory(
                source,
                encoding.scheme() != TagScheme.NONE,
                scores,
                tagged.stream().map(TagStories::sentence).toList(),
                set == null ? 0 : set.sentences().size(),
                encoding.stages().stream().map(ModelFacts::losses).toList(),
                List.of(choices(), ModelFacts.origin(provenance, source, set == null ? "" : set.sha256())),
                ModelFacts.footer(provenance));
        Outputs.write(file, HtmlReport.of(TagReport.of(story)));
    }

    private static Scores scores(TagEvaluation evaluation, String which) {
        List<TypeScore> types = new ArrayList<>();
        if (evaluation.spans()) {
            types.add(type("", evaluation.score().overall()));
            evaluation
                    .score()
                    .byType()
                    .forEach((name, counts) -> types.add(type(name.isEmpty() ? "(none)" : name, counts)));
        }
        return new Scores(
                which,
                evaluation.main(),
                evaluation.mainOfUsual(),
                evaluation.accuracy(),
                evaluation.score().elements(),
                evaluation.unknown().elements(),
                evaluation.unknown().accuracy(),
                evaluation.sentences(),
                evaluation.correctSentences(),
                types,
                evaluation.notes());
    }

    private static TypeScore type(String name, SpanScore.Counts counts) {
        return new TypeScore(
                name,
                counts.f1(),
                counts.precision(),
                counts.recall(),
                counts.wanted(),
                counts.predicted(),
                counts.correct());
    }

    private static TaggedSentence sentence(TagPrediction prediction) {
        return new TaggedSentence(
                prediction.sentence().words(),
                prediction.sentence().tags(),
                prediction.tags(),
                prediction.confidence(),
                prediction.best().spans().stream()
                        .map(span -> new SpanMark(span.type(), span.from(), span.to()))
                        .toList(),
                prediction.taggings().stream()
                        .skip(1)
                        .limit(MOST_OTHERS)
                        .map(other -> new Other(other.tags(), other.probability()))
                        .toList(),
                prediction.best().probability());
    }

    private Facts choices() {
        TagSpec spec = encoding.spec();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Tags", String.join(" ", encoding.tags())));
        facts.add(
                new Fact("Scheme", encoding.scheme() == TagScheme.NONE ? "none, tags stand alone" : scheme(encoding)));
        facts.add(new Fact(
                "Learned from",
                Words.count(encoding.trainingSentences(), "sentence") + "; best epoch chosen on "
                        + encoding.validationSentences() + " others"));
        facts.add(new Fact(
                "Words", Words.count(encoding.words().size(), "word") + ", each a vector of " + encoding.wordSize()));
        facts.add(new Fact(
                "Beside them",
                "characters by " + spec.characters().name().toLowerCase(Locale.ROOT)
                        + (spec.capitals() ? ", shapes" : "")
                        + (spec.suffixes().isEmpty() ? "" : ", suffixes of " + spec.suffixes())));
        facts.add(new Fact(
                "Network",
                Words.count(spec.layers(), spec.cell() + " layer") + ", " + spec.hidden() + " wide, "
                        + spec.direction().name().toLowerCase(Locale.ROOT) + "; "
                        + spec.output().name().toLowerCase(Locale.ROOT)));
        for (String note : encoding.notes()) {
            facts.add(new Fact("Note", note));
        }
        return new Facts("Choices", facts);
    }

    /** The scheme of the tags that are given, and that of the network where it is another. */
    static String scheme(TagEncoding encoding) {
        return encoding.written()
                + (encoding.scheme() == encoding.written() ? "" : ", " + encoding.scheme() + " within the network");
    }
}
