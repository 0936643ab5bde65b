package io.carousel.cli.generate;

import io.carousel.cli.command.ModelFacts;
import io.carousel.cli.report.ForecastStory.Losses;
import io.carousel.cli.report.LanguageStory;
import io.carousel.cli.report.LanguageStory.Row;
import io.carousel.cli.report.LanguageStory.Token;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Facts;
import io.carousel.cli.report.Words;
import io.carousel.task.TrainingStage;
import io.carousel.task.language.GenerationOptions;
import io.carousel.task.language.LanguageFit;
import io.carousel.task.language.LanguageModel;
import io.carousel.task.language.TokenSurprise;
import io.carousel.text.ByteTokenizer;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.SpaceTokenizer;
import io.carousel.text.Tokenizer;
import io.carousel.text.WordTokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a language model and how it did into the plain content of a report. */
final class LanguageStories {
    private static final int SAMPLE = 400;

    private LanguageStories() {}

    /** The story of a fit. */
    static LanguageStory of(LanguageFit fit, @Nullable HeldOut heldOut) {
        return of(fit.model(), heldOut);
    }

    /** The story of a model and a text. */
    static LanguageStory of(LanguageModel model, @Nullable HeldOut heldOut) {
        List<Losses> trainings = new ArrayList<>();
        for (TrainingStage stage : model.encoding().stages()) {
            if (!stage.epochs().isEmpty()) {
                trainings.add(ModelFacts.losses(stage));
            }
        }
        HeldOut.Score best = heldOut == null ? null : heldOut.bestBaseline();
        return new LanguageStory(
                model.model().provenance().dataFile(),
                "Learnt from " + Words.count(model.encoding().tokens(), "token") + " of "
                        + Words.count(model.vocabulary().size(), "different symbol")
                        + (heldOut == null ? "." : "; judged on " + heldOut.source() + "."),
                heldOut == null ? "" : heldOut.verdict(),
                heldOut != null && best != null && heldOut.network().natsPerToken() < best.natsPerToken(),
                heldOut == null ? List.of() : rows(heldOut),
                heldOut == null ? List.of() : passage(model, heldOut.passage()),
                spaced(model.spec().tokenizer()),
                Math.log(model.vocabulary().size()) / Math.log(2),
                samples(model),
                trainings,
                List.of(choices(model), ModelFacts.origin(model.model().provenance(), "", "")),
                ModelFacts.footer(model.model().provenance()));
    }

    private static List<Row> rows(HeldOut heldOut) {
        List<Row> rows = new ArrayList<>();
        for (HeldOut.Score score : heldOut.scores()) {
            rows.add(new Row(score.name(), score.perplexity(), score.bitsPerToken(), score.bitsPerCharacter()));
        }
        return rows;
    }

    private static boolean spaced(Tokenizer tokenizer) {
        return tokenizer instanceof WordTokenizer || tokenizer instanceof SpaceTokenizer;
    }

    private static List<Token> passage(LanguageModel model, String text) {
        if (text.isBlank()) {
            return List.of();
        }
        List<Token> tokens = new ArrayList<>();
        for (TokenSurprise each : model.score(text).tokens()) {
            String symbol = each.symbol();
            String shown =
                    symbol.equals(model.lineEnd()) ? "⏎" : shown(model.spec().tokenizer(), symbol);
            tokens.add(new Token(shown, each.known(), each.bits()));
        }
        return tokens;
    }

    private static String shown(Tokenizer tokenizer, String symbol) {
        if (tokenizer instanceof CharacterTokenizer || spaced(tokenizer)) {
            return symbol;
        }
        if (tokenizer instanceof ByteTokenizer) {
            int value = Integer.parseInt(symbol, 16);
            return value >= ' ' && value < 0x7f ? Character.toString(value) : symbol;
        }
        return symbol.replace('\u2581', ' ');
    }

    private static Facts samples(LanguageModel model) {
        List<Fact> facts = new ArrayList<>();
        boolean words = spaced(model.spec().tokenizer());
        GenerationOptions options = GenerationOptions.defaults().withLength(words ? SAMPLE / 5 : SAMPLE);
        for (double temperature : new double[] {0.5, 0.8, 1}) {
            String text =
                    model.generate("", options.withTemperature(temperature)).text();
            facts.add(new Fact("Temperature " + temperature, text.replaceAll("\\s*\\n\\s*", " ⏎ ")));
        }
        return new Facts("What it writes", facts);
    }

    private static Facts choices(LanguageModel model) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Tokens", kind(model.spec().tokenizer())));
        facts.add(new Fact("Symbols", Words.count(model.vocabulary().size(), "symbol")));
        facts.add(new Fact(
                "Network",
                Words.count(model.spec().layers(), model.spec().cell() + " layer") + ", "
                        + model.spec().hidden() + " wide"
                        + (model.spec().tied() ? ", output tied to the embedding" : "")));
        for (String note : model.encoding().notes()) {
            facts.add(new Fact("Note", note));
        }
        return new Facts("Choices", facts);
    }

    private static String kind(Tokenizer tokenizer) {
        String name = tokenizer.getClass().getSimpleName();
        return name.substring(0, name.length() - "Tokenizer".length()).toLowerCase(java.util.Locale.ROOT);
    }
}
