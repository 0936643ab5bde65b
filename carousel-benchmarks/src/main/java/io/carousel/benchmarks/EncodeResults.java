package io.carousel.benchmarks;

import io.carousel.task.FitOptions;
import io.carousel.task.classify.ClassifyEvaluation;
import io.carousel.task.classify.ClassifySpec;
import io.carousel.task.classify.Example;
import io.carousel.task.classify.ExampleInput;
import io.carousel.task.classify.ExampleReader;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.classify.SequenceClassifier;
import io.carousel.task.encode.Autoencoder;
import io.carousel.task.encode.EncodeEvaluation;
import io.carousel.task.encode.EncodeEvaluation.OtherError;
import io.carousel.task.encode.EncodeEvaluation.PartScore;
import io.carousel.task.encode.EncodeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Compresses small public sets without their labels, and prints how well the same classifier does with the vectors and with the
 * sequences themselves.
 */
final class EncodeResults {
    private static final List<String> PARTS = List.of("ecg200", "italy", "chinatown");

    private EncodeResults() {}

    static void run(ResultsRun run) throws IOException {
        for (String part : run.parts(PARTS)) {
            String name =
                    switch (part) {
                        case "ecg200" -> "ECG200";
                        case "italy" -> "ItalyPowerDemand";
                        case "chinatown" -> "Chinatown";
                        default -> throw new IllegalArgumentException("part must be one of " + PARTS + ", got " + part);
                    };
            run(part, run.data().resolve("ucr-small").resolve(name), run);
        }
    }

    private static void run(String part, Path beginning, ResultsRun run) throws IOException {
        long start = System.nanoTime();
        ExampleReader reader = ExampleReader.builder().build();
        ExampleSet training = reader.read(Path.of(beginning + "_TRAIN.ts"));
        ExampleSet test = reader.read(Path.of(beginning + "_TEST.ts"));
        FitOptions options = FitOptions.defaults().withThreads(run.threads());
        EncodeSpec spec = EncodeSpec.builder().size(run.number("--size", 16)).build();
        Autoencoder autoencoder = Autoencoder.fit(training, spec, run.plan(Autoencoder.defaultPlan(training)), options)
                .autoencoder();
        Path out = run.path("--out");
        if (out != null) {
            autoencoder.save(out);
        }
        EncodeEvaluation kept = autoencoder.evaluate(test);
        System.out.println(part + ": " + kept.verdict());
        ClassifyEvaluation vectors = classify(vectors(autoencoder, training), vectors(autoencoder, test), run, options);
        System.out.printf(Locale.ROOT, "%s: accuracy with vectors %.4f%n", part, vectors.accuracy());
        ClassifyEvaluation raw = classify(training, test, run, options);
        Double frequent = raw.trivialAccuracy();
        PartScore score = kept.scores().get(0);
        run.row(
                "Vectors of sequences",
                String.format(
                        Locale.ROOT,
                        "| %s | accuracy on the archive's test part, %d classes | **%.4f** | %.4f | %.4f | %.4f | %s | %d | %d | %.0f "
                                + "| %s |",
                        part,
                        raw.labels().size(),
                        vectors.accuracy(),
                        raw.accuracy(),
                        frequent == null ? Double.NaN : frequent,
                        score.error(),
                        score.others().stream().map(EncodeResults::inWords).collect(Collectors.joining(", ")),
                        spec.size(),
                        run.seed(),
                        (System.nanoTime() - start) * 1e-9,
                        run.origin()));
    }

    private static String inWords(OtherError other) {
        return String.format(Locale.ROOT, "%s %.4f", other.way(), other.error());
    }

    private static ClassifyEvaluation classify(
            ExampleSet training, ExampleSet test, ResultsRun run, FitOptions options) {
        ClassifySpec spec =
                ClassifySpec.builder().members(run.number("--members", 0)).build();
        return SequenceClassifier.fit(
                        training,
                        spec,
                        SequenceClassifier.defaultPlan(training, spec).withSeed(run.seed()),
                        options)
                .classifier()
                .evaluate(test);
    }

    /** Each vector as a sequence of one time step. */
    private static ExampleSet vectors(Autoencoder autoencoder, ExampleSet set) {
        int size = autoencoder.encoding().chosen().size();
        List<Example> examples = autoencoder.encode(set).stream()
                .map(one -> new Example(one.id(), new ExampleInput.Numbers(size, one.vector()), one.labels(), 0))
                .toList();
        List<String> names =
                IntStream.rangeClosed(1, size).mapToObj(i -> "v" + i).toList();
        return ExampleSet.ofNumbers("vectors of " + set.source(), names, examples);
    }
}
