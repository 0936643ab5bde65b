package io.carousel.cli.generate;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.TextTable;
import io.carousel.cli.report.Words;
import io.carousel.model.Json;
import io.carousel.task.TrainingStage;
import io.carousel.task.language.LanguageData;
import io.carousel.task.language.LanguageEvaluation;
import io.carousel.task.language.LanguageFit;
import io.carousel.task.language.LanguageModel;
import io.carousel.text.TextLines;
import io.carousel.text.Tokenizer;
import io.carousel.text.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How well a text is foreseen that was not learnt from, by the network and by counts of tokens.
 *
 * @param source what was read, for people
 * @param passage its beginning, to be shown
 */
record HeldOut(String source, List<Score> scores, String passage) {
    private static final double LOG_2 = StrictMath.log(2);
    private static final int PART = 1 << 16;
    private static final int PASSAGE = 1500;

    HeldOut {
        scores = List.copyOf(scores);
    }

    /**
     * One way of foreseeing.
     *
     * @param bitsPerCharacter NaN where characters were not counted
     */
    record Score(String name, long tokens, double natsPerToken, double bitsPerCharacter) {
        double perplexity() {
            return StrictMath.exp(natsPerToken);
        }

        double bitsPerToken() {
            return natsPerToken / LOG_2;
        }
    }

    /** The network's. */
    Score network() {
        return scores.get(0);
    }

    /** The best of the others; null when there are none. */
    @Nullable
    Score bestBaseline() {
        Score best = null;
        for (Score each : scores.subList(1, scores.size())) {
            best = best == null || each.natsPerToken < best.natsPerToken ? each : best;
        }
        return best;
    }

    /** What a fit kept back; null when no epoch was validated. */
    static @Nullable HeldOut of(LanguageFit fit, LanguageData data) {
        Path validation = data.validation();
        if (validation != null) {
            return ofText(fit.model(), validation, count(fit.model(), data.training()));
        }
        TrainingStage stage = fit.stages().get(0);
        Double loss = stage.bestEpoch() == 0
                ? null
                : stage.epochs().get(stage.bestEpoch() - 1).validationLoss();
        return loss == null ? null : ofShare(fit.model(), data.training(), loss);
    }

    /** A text beside counts of the one that was learnt from; null for no counts. */
    static HeldOut ofText(LanguageModel model, Path text, @Nullable PairCounts counts) {
        double[] nats = new double[2];
        int[] previous = {model.vocabulary().number(model.lineEnd())};
        LanguageEvaluation evaluation = counts == null
                ? model.evaluate(text)
                : model.evaluate(text, token -> {
                    int number = model.vocabulary().number(token.symbol());
                    nats[0] += counts.unigram(number);
                    nats[1] += counts.bigram(previous[0], number);
                    previous[0] = number;
                });
        List<Score> scores = new ArrayList<>();
        long tokens = evaluation.tokens();
        scores.add(new Score("Network", tokens, evaluation.natsPerToken(), evaluation.bitsPerCharacter()));
        if (counts != null) {
            double perCharacter = 1 / LOG_2 / evaluation.characters();
            scores.add(new Score("Pairs of tokens", tokens, nats[1] / tokens, nats[1] * perCharacter));
            scores.add(new Score("Frequencies", tokens, nats[0] / tokens, nats[0] * perCharacter));
        }
        return new HeldOut(evaluation.source(), scores, beginning(text));
    }

    /** The last part of a text, of which the network's loss is known. */
    private static HeldOut ofShare(LanguageModel model, Path text, double loss) {
        long cut = model.encoding().tokens();
        int lineEnd = model.vocabulary().number(model.lineEnd());
        PairCounts counts = new PairCounts(model.vocabulary().size(), lineEnd);
        double[] nats = new double[2];
        long[] place = new long[1];
        int[] previous = {lineEnd};
        StringBuilder passage = new StringBuilder();
        read(model, text, passage, () -> place[0] >= cut, token -> {
            if (place[0]++ < cut) {
                counts.add(token);
            } else {
                nats[0] += counts.unigram(token);
                nats[1] += counts.bigram(previous[0], token);
            }
            previous[0] = token;
        });
        long tokens = place[0] - cut;
        return new HeldOut(
                "the last " + Words.count(tokens, "token") + " of "
                        + model.model().provenance().dataFile(),
                List.of(
                        new Score("Network", tokens, loss, Double.NaN),
                        new Score("Pairs of tokens", tokens, nats[1] / tokens, Double.NaN),
                        new Score("Frequencies", tokens, nats[0] / tokens, Double.NaN)),
                passage.toString());
    }

    /** Counts the tokens that a model learnt from. */
    static PairCounts count(LanguageModel model, Path text) {
        PairCounts counts =
                new PairCounts(model.vocabulary().size(), model.vocabulary().number(model.lineEnd()));
        read(model, text, new StringBuilder(), () -> false, counts::add);
        return counts;
    }

    private static void read(
            LanguageModel model,
            Path text,
            StringBuilder passage,
            java.util.function.BooleanSupplier wanted,
            IntConsumer sink) {
        Tokenizer tokenizer = model.spec().tokenizer();
        Vocabulary vocabulary = model.vocabulary();
        int lineEnd = vocabulary.number(model.lineEnd());
        TextLines.readParts(text, PART, (part, ended) -> {
            if (wanted.getAsBoolean() && passage.length() < PASSAGE) {
                append(passage, part + (ended ? "\n" : ""));
            }
            for (String token : tokenizer.tokens(part)) {
                sink.accept(vocabulary.number(token));
            }
            if (ended) {
                sink.accept(lineEnd);
            }
        });
    }

    private static String beginning(Path text) {
        StringBuilder passage = new StringBuilder();
        TextLines.readParts(text, PART, (part, ended) -> {
            if (passage.length() < PASSAGE) {
                append(passage, part + (ended ? "\n" : ""));
            }
        });
        return passage.toString();
    }

    private static void append(StringBuilder passage, String text) {
        int end = Math.min(text.length(), PASSAGE);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        passage.append(text, 0, end);
    }

    /** One sentence: does the network know more than counts do? */
    String verdict() {
        Score best = bestBaseline();
        if (best == null) {
            return "The network wavers among " + Words.number(network().perplexity()) + " tokens.";
        }
        boolean better = network().natsPerToken() < best.natsPerToken();
        return "The network " + (better ? "foresees more" : "does not foresee more") + " than "
                + (best.name().startsWith("Pairs") ? "counts of pairs of tokens" : "frequencies of tokens")
                + ": perplexity " + Words.number(network().perplexity()) + " against "
                + Words.number(best.perplexity()) + ".";
    }

    void print(Console console) {
        console.out().println(console.faint("On " + Console.plain(source) + ":"));
        boolean characters = !Double.isNaN(network().bitsPerCharacter());
        List<String> headings = new ArrayList<>(List.of("", "Perplexity", "Bits per token"));
        if (characters) {
            headings.add("Bits per character");
        }
        TextTable table = new TextTable(headings);
        for (Score score : scores) {
            List<String> cells = new ArrayList<>(List.of(
                    score.name(),
                    String.format(Locale.ROOT, "%.2f", score.perplexity()),
                    String.format(Locale.ROOT, "%.3f", score.bitsPerToken())));
            if (characters) {
                cells.add(String.format(Locale.ROOT, "%.3f", score.bitsPerCharacter()));
            }
            table.row(score.equals(network()), cells);
        }
        table.print(console);
        console.out().println(verdict());
    }

    ObjectNode json() {
        ObjectNode object = Json.object();
        object.put("source", source);
        object.put("tokens", network().tokens());
        String[] names = {"network", "bigram", "unigram"};
        for (int i = 0; i < scores.size(); i++) {
            ObjectNode score = object.putObject(names[i]);
            score.put("perplexity", scores.get(i).perplexity());
            score.put("bitsPerToken", scores.get(i).bitsPerToken());
            if (!Double.isNaN(scores.get(i).bitsPerCharacter())) {
                score.put("bitsPerCharacter", scores.get(i).bitsPerCharacter());
            }
        }
        return object;
    }
}
