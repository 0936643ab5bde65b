package io.carousel.cli.translate;

import io.carousel.cli.command.ModelFacts;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.report.HtmlReport;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Facts;
import io.carousel.cli.report.TranslateReport;
import io.carousel.cli.report.TranslateStory;
import io.carousel.cli.report.TranslateStory.LengthScore;
import io.carousel.cli.report.TranslateStory.Score;
import io.carousel.cli.report.TranslateStory.Scores;
import io.carousel.cli.report.TranslateStory.Sentence;
import io.carousel.cli.report.Words;
import io.carousel.model.Json;
import io.carousel.model.Provenance;
import io.carousel.task.translate.PairSet;
import io.carousel.task.translate.TranslateEncoding;
import io.carousel.task.translate.TranslateEvaluation;
import io.carousel.task.translate.TranslateSpec;
import io.carousel.task.translate.Translation;
import io.carousel.task.translate.Translation.Candidate;
import io.carousel.task.translate.TranslationScores;
import io.carousel.task.translate.Translator;
import io.carousel.text.TokenCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a translator, its evaluation and its translations into the plain content of a report. */
final class TranslateStories {
    /** Sources of an evaluation that are shown. */
    private static final int SHOWN = 20;

    private static final int MOST_OTHERS = 4;

    private final Translator translator;
    private final TranslateEncoding encoding;

    TranslateStories(Translator translator) {
        this.translator = translator;
        encoding = translator.encoding();
    }

    /**
     * Writes the page about an evaluation, or about a training alone.
     *
     * @param pairs whose targets are known; null for none
     * @param evaluation of these
     * @param which pairs they are
     */
    void write(Path file, @Nullable PairSet pairs, @Nullable TranslateEvaluation evaluation, String which)
            throws IOException {
        Map<String, List<String>> bySource = pairs == null ? Map.of() : pairs.bySource();
        List<String> sources = bySource.keySet().stream().limit(SHOWN).toList();
        List<Sentence> sentences = new ArrayList<>();
        for (Translation translation : translator.predict(sources)) {
            sentences.add(sentence(translation, bySource.getOrDefault(translation.source(), List.of())));
        }
        write(
                file,
                pairs == null ? translator.model().provenance().dataFile() : pairs.name(),
                pairs == null ? "" : pairs.sha256(),
                evaluation == null ? null : scores(evaluation, which),
                sentences,
                bySource.size());
    }

    /** Writes the page about sources that were translated. */
    void write(Path file, String source, List<Translation> translations) throws IOException {
        List<Sentence> sentences = translations.stream()
                .map(translation -> sentence(translation, List.of()))
                .toList();
        write(file, source, "", null, sentences, sentences.size());
    }

    private void write(
            Path file, String source, String sha256, @Nullable Scores scores, List<Sentence> sentences, long all)
            throws IOException {
        Provenance provenance = translator.model().provenance();
        TranslateStory story = new TranslateStory(
                source,
                scores,
                sentences,
                all,
                encoding.stages().stream().map(ModelFacts::losses).toList(),
                List.of(choices(), ModelFacts.origin(provenance, source, sha256)),
                ModelFacts.footer(provenance));
        Outputs.write(file, HtmlReport.of(TranslateReport.of(story)));
    }

    private static Scores scores(TranslateEvaluation evaluation, String which) {
        return new Scores(
                which,
                evaluation.wins(),
                evaluation.verdict(),
                List.of(
                        score("Network", evaluation.network()),
                        score("Source copied", evaluation.copied()),
                        score("Most frequent target", evaluation.usual())),
                evaluation.byLength().stream()
                        .map(each -> new LengthScore(each.from(), each.to(), score("Network", each.scores())))
                        .toList(),
                evaluation.perplexity(),
                List.of(
                        "BLEU " + evaluation.network().bleu().signature(),
                        "chrF " + evaluation.network().chrf().signature()),
                evaluation.notes());
    }

    private static Score score(String name, TranslationScores scores) {
        return new Score(
                name,
                scores.sources(),
                scores.bleu().score(),
                scores.chrf().score(),
                scores.accuracy(),
                scores.tokens().rate(),
                scores.words().rate());
    }

    private Sentence sentence(Translation translation, List<String> wanted) {
        Candidate best = translation.candidates().get(0);
        List<String> written = new ArrayList<>(best.tokens());
        if (best.ended()) {
            written.add(TokenCode.END);
        }
        return new Sentence(
                translation.source(),
                wanted,
                best.text(),
                best.logProbability(),
                translation.candidates().stream()
                        .skip(1)
                        .limit(MOST_OTHERS)
                        .map(Candidate::text)
                        .toList(),
                translation.sourceTokens(),
                written,
                translator.attention(translation, best));
    }

    private Facts choices() {
        TranslateSpec spec = encoding.spec();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "Learned from",
                Words.count(encoding.trainingPairs(), "pair") + "; best epoch chosen on " + encoding.validationPairs()
                        + " others"));
        facts.add(new Fact("Sources", side(encoding.source())));
        facts.add(new Fact("Targets", side(encoding.target())));
        facts.add(new Fact(
                "Network",
                Words.count(spec.layers(), spec.cell() + " layer") + " in encoder and decoder, " + spec.hidden()
                        + " wide, read " + spec.direction().name().toLowerCase(Locale.ROOT)));
        facts.add(new Fact(
                "Attention",
                spec.attention().name().toLowerCase(Locale.ROOT)
                        + (spec.heads() > 1 ? " of " + spec.heads() : "")
                        + (spec.window() > 0 ? " within " + spec.window() + " tokens" : "")
                        + (spec.coverage() ? ", with coverage" : "")));
        for (String note : encoding.notes()) {
            facts.add(new Fact("Note", note));
        }
        return new Facts("Choices", facts);
    }

    /** The tokenizer by its name in a model file, and how much it knows. */
    private static String side(TokenCode side) {
        return Json.tree(side.tokenizer()).path("type").asString() + ", "
                + Words.count(side.vocabulary().size(), "symbol");
    }
}
