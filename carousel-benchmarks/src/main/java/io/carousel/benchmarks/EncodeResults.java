package io.carousel.benchmarks;

import io.carousel.eval.PrincipalComponents;
import io.carousel.layer.Pooling;
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
import io.carousel.task.encode.Encoded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
        run.save(autoencoder::save);
        EncodeEvaluation kept = autoencoder.evaluate(test);
        System.out.println(part + ": " + kept.verdict());
        ClassifySpec.Builder classifier = ClassifySpec.builder().members(run.number("--members", 0));
        double vectors = classify(vectors(autoencoder, training), vectors(autoencoder, test), classifier, run)
                .accuracy();
        PrincipalComponents axes = PrincipalComponents.of(
                training.examples().stream().map(EncodeResults::values).toArray(float[][]::new), spec.size());
        double linear = classify(codes(axes, training), codes(axes, test), classifier, run)
                .accuracy();
        if (part.equals("ecg200")) {
            classifier.pooling(Pooling.MAX); // of the series, as ClassifyProtocol has it
        }
        ClassifyEvaluation raw = classify(training, test, classifier, run);
        Double frequent = raw.trivialAccuracy();
        PartScore score = kept.scores().get(0);
        run.row(
                "Vectors of sequences",
                String.format(
                        Locale.ROOT,
                        "| %s | accuracy on the archive's test part, %d classes | **%.4f** | %.4f | %.4f | %.4f | %.4f | %s | %d | %d "
                                + "| %.0f | %s |",
                        part,
                        raw.labels().size(),
                        vectors,
                        linear,
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
            ExampleSet training, ExampleSet test, ClassifySpec.Builder classifier, ResultsRun run) {
        ClassifySpec spec = classifier.build();
        return SequenceClassifier.fit(
                        training,
                        spec,
                        SequenceClassifier.defaultPlan(training, spec).withSeed(run.seed()),
                        FitOptions.defaults().withThreads(run.threads()))
                .classifier()
                .evaluate(test);
    }

    /** Each vector as a sequence of one time step. */
    private static ExampleSet vectors(Autoencoder autoencoder, ExampleSet set) {
        return codes(set, autoencoder.encode(set).stream().map(Encoded::vector).toList());
    }

    /** The same of a linear code. */
    private static ExampleSet codes(PrincipalComponents axes, ExampleSet set) {
        List<float[]> codes = new ArrayList<>();
        for (Example example : set.examples()) {
            double[] code = axes.code(values(example));
            float[] rounded = new float[code.length];
            for (int c = 0; c < code.length; c++) {
                rounded[c] = (float) code[c];
            }
            codes.add(rounded);
        }
        return codes(set, codes);
    }

    private static ExampleSet codes(ExampleSet set, List<float[]> codes) {
        int size = codes.get(0).length;
        List<Example> examples = IntStream.range(0, set.size())
                .mapToObj(i -> {
                    Example example = set.examples().get(i);
                    ExampleInput code = new ExampleInput.Numbers(size, codes.get(i));
                    return new Example(example.id(), code, example.labels(), 0);
                })
                .toList();
        List<String> names =
                IntStream.rangeClosed(1, size).mapToObj(i -> "v" + i).toList();
        return ExampleSet.ofNumbers("codes of " + set.source(), names, examples);
    }

    private static float[] values(Example example) {
        return ((ExampleInput.Numbers) example.input()).values();
    }
}
