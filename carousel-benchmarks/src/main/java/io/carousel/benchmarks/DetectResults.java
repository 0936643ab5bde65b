package io.carousel.benchmarks;

import io.carousel.data.WfdbRecord;
import io.carousel.task.FitOptions;
import io.carousel.task.anomaly.AnomalyDetector;
import io.carousel.task.anomaly.AnomalySpec;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds anomalies in public sets and prints a row for {@code docs/results.md}.
 *
 * <p>Parts: {@code nab}, the standard profile of the Numenta Anomaly Benchmark, and {@code mitdb-100}, the beats of an
 * electrocardiogram.
 */
final class DetectResults {
    private static final List<String> PARTS = List.of("nab", "mitdb-100");
    /** Every third file by name, from the first on: what settings were chosen on. */
    private static final int DEVELOPMENT = 3;

    private static final double NAB_AIM = 56;
    private static final double BEATS_AIM = 0.95;

    private DetectResults() {}

    static void run(ResultsRun run) throws IOException {
        for (String part : run.parts(PARTS)) {
            switch (part) {
                case "nab" -> nab(run);
                case "mitdb-100" -> beats(run);
                default -> throw new IllegalArgumentException("part must be one of " + PARTS + ", got " + part);
            }
        }
    }

    /** Some files of the benchmark, and the scores of their rows. */
    private record Scored(List<NabFile> files, List<double[]> scores) {
        Scored() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(NabFile file, double[] rows) {
            files.add(file);
            scores.add(rows);
        }

        double at(double threshold) {
            double sum = 0;
            for (int i = 0; i < files.size(); i++) {
                sum += NabScorer.sum(files.get(i), scores.get(i), threshold);
            }
            return NabScorer.normalized(files, sum);
        }

        double threshold() {
            return NabScorer.best(files, scores).threshold();
        }
    }

    private static void nab(ResultsRun run) throws IOException {
        AnomalySpec spec = AnomalySpec.builder().build();
        TrainingPlan plan = run.plan(AnomalyDetector.defaultPlan());
        Scored all = new Scored();
        Scored chosenOn = new Scored();
        Scored others = new Scored();
        long start = System.nanoTime();
        try (NabCorpus corpus = new NabCorpus(run.data().resolve("nab").resolve("nab.zip"))) {
            List<NabFile> files = corpus.files();
            for (int i = 0; i < files.size(); i++) {
                NabFile file = files.get(i);
                double[] scores = NabRun.scores(file, spec, plan);
                all.add(file, scores);
                (i % DEVELOPMENT == 0 ? chosenOn : others).add(file, scores);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double threshold = all.threshold();
        for (int i = 0; i < all.files.size(); i++) {
            NabFile file = all.files.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "%-58s %6.2f of %d%n",
                    file.name(),
                    NabScorer.sum(file, all.scores.get(i), threshold),
                    file.windows().size());
        }
        double reached = all.at(threshold);
        run.row(
                "Anomalies",
                String.format(
                        Locale.ROOT,
                        "| nab | standard profile, 41 files, one threshold for all | **%.2f** | %.2f on the %d files that "
                                + "settings were chosen on, %.2f on the other %d; %.2f on those with the threshold of the "
                                + "first | HTM 75.5, random cut forest 56.1, relative entropy 53.4 | windowed Gaussian "
                                + "41.42 | above %.0f | %s | forecast by 1 x %d %s, Gaussian tail of logarithms, quiet "
                                + "3/10 of the probation | %d | %.0f | %s |",
                        reached,
                        chosenOn.at(threshold),
                        chosenOn.files.size(),
                        others.at(threshold),
                        others.files.size(),
                        others.at(chosenOn.threshold()),
                        NAB_AIM,
                        ResultsRun.verdict(reached > NAB_AIM),
                        spec.hidden(),
                        spec.cell(),
                        plan.seed(),
                        seconds,
                        run.origin()));
    }

    private static void beats(ResultsRun run) throws IOException {
        Path folder = run.data().resolve("mitdb-100");
        EcgBeats beats = new EcgBeats(WfdbRecord.read(folder.resolve("100.hea")));
        AnomalySpec spec = EcgBeats.spec();
        TrainingPlan plan = run.plan(AnomalyDetector.defaultPlan());
        long start = System.nanoTime();
        AnomalyDetector detector = beats.fit(spec, plan, FitOptions.defaults().withThreads(run.threads()));
        double reached = beats.area(detector);
        double seconds = (System.nanoTime() - start) / 1e9;
        run.row(
                "Anomalies",
                String.format(
                        Locale.ROOT,
                        "| mitdb-100 | area under the curve, %d abnormal of %d beats after minute 10; learnt from %d normal "
                                + "ones before | **%.3f** |  |  | distance from the mean beat %.3f | at least %.2f | %s | "
                                + "reconstruction of %d x 2 by 1 x %d %s, quantiles | %d | %.0f | %s |",
                        beats.abnormal(),
                        beats.judged(),
                        beats.learnt(),
                        reached,
                        beats.trivialArea(),
                        BEATS_AIM,
                        ResultsRun.verdict(reached >= BEATS_AIM),
                        spec.window(),
                        spec.hidden(),
                        spec.cell(),
                        plan.seed(),
                        seconds,
                        run.origin()));
    }
}
