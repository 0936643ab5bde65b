package io.carousel.benchmarks;

import io.carousel.task.FitOptions;
import io.carousel.task.translate.AttentionKind;
import io.carousel.task.translate.TranslateData;
import io.carousel.task.translate.TranslateEvaluation;
import io.carousel.task.translate.TranslateEvaluation.LengthScores;
import io.carousel.task.translate.TranslateFit;
import io.carousel.task.translate.TranslateSpec;
import io.carousel.task.translate.TranslationScores;
import io.carousel.task.translate.Translator;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.util.Locale;

/**
 * Trains a translator on a public set and prints a row for {@code docs/results.md}.
 *
 * <p>Parts: see {@link TranslateProtocol}.
 */
final class TranslateResults {
    private TranslateResults() {}

    static void run(ResultsRun run) throws IOException {
        for (String part : run.parts(TranslateProtocol.PARTS)) {
            run(TranslateProtocol.of(part, run.data()), run);
        }
    }

    private static void run(TranslateProtocol protocol, ResultsRun run) throws IOException {
        TrainingPlan plan = run.plan(protocol.plan());
        FitOptions running = FitOptions.defaults()
                .withThreads(run.threads())
                .withListener(new EpochLines("validation"))
                .withCheckpoints(run.path("--checkpoint"));
        TranslateData data = TranslateData.of(protocol.parts().rest());
        TranslateFit fit = Translator.fit(data, protocol.spec(), plan, running);
        fit.notes().forEach(System.out::println);
        Translator translator = fit.translator();
        run.save(translator::save);
        TranslateEvaluation test = translator.evaluate(protocol.parts().heldOut());
        print("test", test);
        TranslateEvaluation validation = fit.validation() == null ? null : translator.evaluate(fit.validation());
        if (validation != null) {
            print("validation", validation);
        }
        double reached = protocol.figure(test);
        run.row(
                "Translation",
                String.format(
                        Locale.ROOT,
                        "| %s | %s | **%.2f** | %s | %s | %s | %s | %s | %s | %s | %d | %.0f | %s |",
                        protocol.set(),
                        protocol.measure(),
                        reached,
                        beside(protocol, test),
                        validation == null ? "" : String.format(Locale.ROOT, "%.2f", protocol.figure(validation)),
                        protocol.published(),
                        trivial(protocol, test),
                        aim(protocol, reached),
                        network(translator),
                        ResultsRun.inWords(plan, fit.stages().get(0).bestEpoch()),
                        plan.seed(),
                        fit.wallTime().toMillis() / 1e3,
                        run.origin()));
    }

    /** What was to be reached, and whether it was; a network without attention is there to be compared with. */
    private static String aim(TranslateProtocol protocol, double reached) {
        return protocol.spec().attention() == AttentionKind.NONE
                ? "none: shows what attention is for | "
                : String.format(
                        Locale.ROOT,
                        "%s %.0f | %s",
                        protocol.wordErrors() ? "<" : ">",
                        protocol.aim(),
                        ResultsRun.verdict(protocol.met(reached)));
    }

    private static String beside(TranslateProtocol protocol, TranslateEvaluation test) {
        TranslationScores scores = test.network();
        return protocol.wordErrors()
                ? String.format(
                        Locale.ROOT, "phoneme error %.2f", 100 * scores.tokens().rate())
                : String.format(
                        Locale.ROOT,
                        "BLEU of pairs with one reference each %.2f, chrF %.2f; %s",
                        scores.pairBleu().score(),
                        scores.chrf().score(),
                        scores.bleu().signature().replace("|", ", "));
    }

    private static String trivial(TranslateProtocol protocol, TranslateEvaluation test) {
        return protocol.wordErrors()
                ? String.format(
                        Locale.ROOT,
                        "most frequent pronunciation %.2f",
                        100 * test.usual().errorRate())
                : String.format(
                        Locale.ROOT,
                        "source copied %.2f, most frequent target %.2f",
                        test.copied().bleu().score(),
                        test.usual().bleu().score());
    }

    private static void print(String part, TranslateEvaluation evaluation) {
        print(part, evaluation.network());
        System.out.printf(
                Locale.ROOT,
                "  perplexity %.3f, %d unknown source tokens, %d unknown target tokens; %s%n",
                evaluation.perplexity(),
                evaluation.unknownSources(),
                evaluation.unknownTargets(),
                evaluation.verdict());
        for (LengthScores each : evaluation.byLength()) {
            print(String.format(Locale.ROOT, "  %3d to %3d tokens", each.from(), each.to()), each.scores());
        }
    }

    private static void print(String what, TranslationScores scores) {
        System.out.printf(
                Locale.ROOT,
                "%s: %d sources, BLEU %.2f, of pairs %.2f, chrF %.2f, right %.2f %%, token errors %.2f %%, word errors %.2f %%%n",
                what,
                scores.sources(),
                scores.bleu().score(),
                scores.pairBleu().score(),
                scores.chrf().score(),
                100 * scores.accuracy(),
                100 * scores.tokens().rate(),
                100 * scores.words().rate());
    }

    private static String network(Translator translator) {
        TranslateSpec spec = translator.spec();
        return String.format(
                Locale.ROOT,
                "%d x %d %s %s, %s attention, embeddings of %d, %,d and %,d symbols; %,d weights",
                spec.layers(),
                spec.hidden(),
                spec.direction().toString().toLowerCase(Locale.ROOT),
                spec.cell(),
                spec.attention().toString().toLowerCase(Locale.ROOT),
                spec.embedding(),
                translator.encoding().source().vocabulary().size(),
                translator.encoding().target().vocabulary().size(),
                translator.model().network().parameters().size());
    }
}
