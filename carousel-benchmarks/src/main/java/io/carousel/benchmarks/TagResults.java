package io.carousel.benchmarks;

import io.carousel.task.FitOptions;
import io.carousel.task.tag.SequenceTagger;
import io.carousel.task.tag.TagEvaluation;
import io.carousel.task.tag.TagFit;
import io.carousel.task.tag.TagSpec;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.util.Locale;

/**
 * Trains a tagger on a public set and prints a row for {@code docs/results.md}.
 *
 * <p>Parts: see {@link TagProtocol}.
 */
final class TagResults {
    private TagResults() {}

    static void run(ResultsRun run) throws IOException {
        for (String part : run.parts(TagProtocol.PARTS)) {
            run(TagProtocol.of(part, run.data()), run);
        }
    }

    private static void run(TagProtocol protocol, ResultsRun run) throws IOException {
        TrainingPlan plan = run.plan(protocol.plan());
        FitOptions running =
                FitOptions.defaults().withThreads(run.threads()).withListener(new EpochLines("validation errors"));
        TagFit fit = SequenceTagger.fit(protocol.data(), protocol.spec(), plan, running);
        fit.notes().forEach(System.out::println);
        SequenceTagger tagger = fit.tagger();
        run.save(tagger::save);
        TagEvaluation test = tagger.evaluate(protocol.format().read(protocol.test()));
        test.notes().forEach(System.out::println);
        print("test", test);
        TagEvaluation validation = fit.validation();
        if (validation != null) {
            print("validation", validation);
        }
        double reached = TagProtocol.percent(test);
        run.row(
                "Tagging",
                String.format(
                        Locale.ROOT,
                        "| %s | %s | **%.2f** | %s | %s | most frequent tag of each word %.2f | %.1f | %s | %s | %s | %d | %.0f | %s |",
                        protocol.set(),
                        protocol.measure(),
                        reached,
                        validation == null ? "" : String.format(Locale.ROOT, "%.2f", TagProtocol.percent(validation)),
                        protocol.published(),
                        100 * test.mainOfUsual(),
                        protocol.aim(),
                        ResultsRun.verdict(reached >= protocol.aim()),
                        network(tagger),
                        ResultsRun.inWords(plan, fit.stages().get(0).bestEpoch()),
                        plan.seed(),
                        fit.wallTime().toMillis() / 1e3,
                        run.origin()));
    }

    private static void print(String part, TagEvaluation evaluation) {
        System.out.printf(
                Locale.ROOT,
                "%s: %s %.2f, accuracy %.2f, of %d unknown words %.2f, whole sentences %.2f%n",
                part,
                evaluation.spans() ? "F1" : "accuracy",
                TagProtocol.percent(evaluation),
                100 * evaluation.accuracy(),
                evaluation.unknown().elements(),
                100 * evaluation.unknown().accuracy(),
                100.0 * evaluation.correctSentences() / evaluation.sentences());
        evaluation
                .score()
                .byType()
                .forEach((type, counts) -> System.out.printf(
                        Locale.ROOT,
                        "  %-6s %6d wanted, %6d found, F1 %.2f%n",
                        type,
                        counts.wanted(),
                        counts.predicted(),
                        100 * counts.f1()));
    }

    private static String network(SequenceTagger tagger) {
        TagSpec spec = tagger.spec();
        return String.format(
                Locale.ROOT,
                "%d x %d %s %s, words of %d, %s characters, shapes, suffixes %s, %s; %,d weights",
                spec.layers(),
                spec.hidden(),
                spec.direction().toString().toLowerCase(Locale.ROOT),
                spec.cell(),
                tagger.encoding().wordSize(),
                spec.characters().toString().toLowerCase(Locale.ROOT),
                spec.suffixes(),
                spec.output(),
                tagger.model().network().parameters().size());
    }
}
