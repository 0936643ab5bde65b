package io.carousel.benchmarks;

import io.carousel.optim.Adam;
import io.carousel.optim.Schedule;
import io.carousel.optim.Sgd;
import io.carousel.task.language.LanguageData;
import io.carousel.task.language.LanguageEvaluation;
import io.carousel.task.language.LanguageRegularizers;
import io.carousel.task.language.LanguageSpec;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.SpaceTokenizer;
import io.carousel.train.TrainingPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.zip.GZIPInputStream;

/**
 * A public text, the network that learns it, and what is to be reached.
 *
 * @param set the data
 * @param measure what is measured
 * @param value takes it from an evaluation; less is better
 * @param validationAim what the validation text is to reach, infinite for anything
 * @param testAim what the test text is to reach
 * @param published by others
 */
record LanguageProtocol(
        String set,
        String measure,
        LanguageData data,
        Path test,
        LanguageSpec spec,
        TrainingPlan plan,
        ToDoubleFunction<LanguageEvaluation> value,
        double validationAim,
        double testAim,
        String published) {
    /** Shortest first. */
    static final List<String> PARTS =
            List.of("tinyshakespeare", "ptb-words", "ptb-characters", "ptb-words-regularized");

    private static final String[] PTB = {"ptb.train.txt", "ptb.valid.txt", "ptb.test.txt"};

    /** @param work a folder for texts that are made from those of the set */
    static LanguageProtocol of(String part, Path data, Path work) throws IOException {
        return switch (part) {
            case "ptb-words" -> ptbWords(data);
            case "ptb-words-regularized" -> ptbWordsRegularized(data);
            case "ptb-characters" -> ptbCharacters(data, work);
            case "tinyshakespeare" -> tinyShakespeare(data, work);
            default ->
                throw new IllegalArgumentException("part must be ptb-words, ptb-words-regularized, ptb-characters or"
                        + " tinyshakespeare, got " + part);
        };
    }

    /**
     * The small configuration of Zaremba, Sutskever, Vinyals, <i>Recurrent Neural Network Regularization</i>, 2014.
     *
     * <p>Their loss is the sum over 20 time steps and ours the mean, so their rate of 1 is 20 here, and their limit of 5 for the
     * norm of the gradient 0.25.
     */
    private static LanguageProtocol ptbWords(Path data) {
        LanguageSpec spec = LanguageSpec.builder()
                .tokenizer(new SpaceTokenizer(false))
                .leastCount(1)
                .hidden(200)
                .layers(2)
                .tied(false)
                .regularizers(LanguageRegularizers.NONE)
                .initialRange(0.1)
                .steps(20)
                .build();
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(13)
                .withBatchSize(20)
                .withShardSize(10)
                .withOptimizer(new Sgd(0, false))
                .withLearningRate(20)
                .withSchedule(new Schedule.StepAfter(4, 0.5))
                .withClipNorm(0.25);
        return ptbWords(
                data, spec, plan, 120, 114, "Zaremba 2014 120.7 / 114.5, the example of TensorFlow 121.4 / 115.9");
    }

    /**
     * What the regularisers add to the small configuration in less than an hour, half of what is allowed: twice as wide, tied, with
     * variational dropout. In so short a time Adam comes farther than plain steps.
     */
    private static LanguageProtocol ptbWordsRegularized(Path data) {
        LanguageSpec spec = LanguageSpec.builder()
                .tokenizer(new SpaceTokenizer(false))
                .leastCount(1)
                .hidden(400)
                .layers(2)
                .tied(true)
                .regularizers(LanguageRegularizers.variational(0.3, 0.2, 0.4))
                .steps(35)
                .build();
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(9)
                .withBatchSize(40)
                .withShardSize(20)
                .withOptimizer(new Adam())
                .withLearningRate(2e-3)
                .withSchedule(new Schedule.CosineWithWarmUp(200, 0.01))
                .withClipNorm(0.25);
        return ptbWords(
                data, spec, plan, 120, 114, "Zaremba 2014, 2 x 650 with dropout 86.2 / 82.7; AWD-LSTM 57.3 on test");
    }

    private static LanguageProtocol ptbWords(
            Path data, LanguageSpec spec, TrainingPlan plan, double validationAim, double testAim, String published) {
        Path folder = data.resolve("ptb");
        return new LanguageProtocol(
                "ptb, words",
                "perplexity, validation / test",
                LanguageData.of(folder.resolve(PTB[0] + ".gz")).withValidation(folder.resolve(PTB[1] + ".gz")),
                folder.resolve(PTB[2] + ".gz"),
                spec,
                plan,
                LanguageEvaluation::perplexity,
                validationAim,
                testAim,
                published);
    }

    private static LanguageProtocol ptbCharacters(Path data, Path work) throws IOException {
        for (String name : PTB) {
            writeCharacters(data.resolve("ptb").resolve(name + ".gz"), work.resolve(name));
        }
        LanguageSpec spec = LanguageSpec.builder()
                .tokenizer(new CharacterTokenizer(false))
                .hidden(700)
                .layers(1)
                .embedding(64)
                .tied(false)
                .regularizers(new LanguageRegularizers(0, 0, 0.1, true, 0, 0, 0))
                .steps(100)
                .build();
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(8)
                .withBatchSize(64)
                .withShardSize(32)
                .withOptimizer(new Adam())
                .withLearningRate(3e-3)
                .withSchedule(new Schedule.CosineWithWarmUp(200, 0.01))
                .withClipNorm(1);
        return new LanguageProtocol(
                "ptb, characters",
                "bits per character, validation / test",
                LanguageData.of(work.resolve(PTB[0])).withValidation(work.resolve(PTB[1])),
                work.resolve(PTB[2]),
                spec,
                plan,
                LanguageEvaluation::bitsPerCharacter,
                Double.POSITIVE_INFINITY,
                1.36,
                "LSTM 1.36, GRU 1.37, RNN 1.48, all of 3 M weights; 7-gram 1.498");
    }

    /** Without the space that begins each line, so that the set has as many characters as others count. */
    private static void writeCharacters(Path from, Path to) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(from)), StandardCharsets.UTF_8))) {
            StringBuilder text = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                text.append(line.stripLeading()).append('\n');
            }
            Files.writeString(to, text);
        }
    }

    private static LanguageProtocol tinyShakespeare(Path data, Path work) throws IOException {
        String text;
        Path file = data.resolve("tinyshakespeare").resolve("input.txt.gz");
        try (GZIPInputStream bytes = new GZIPInputStream(Files.newInputStream(file))) {
            text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
        int cut = (int) (text.length() * 0.9);
        Path learnt = Files.writeString(work.resolve("train.txt"), text.substring(0, cut));
        Path test = Files.writeString(work.resolve("test.txt"), text.substring(cut));
        LanguageSpec spec = LanguageSpec.builder()
                .tokenizer(new CharacterTokenizer(false))
                .hidden(128)
                .layers(2)
                .tied(false)
                .regularizers(new LanguageRegularizers(0, 0.2, 0.2, false, 0, 0, 0))
                .steps(100)
                .build();
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(40)
                .withBatchSize(32)
                .withShardSize(16)
                .withOptimizer(new Adam())
                .withLearningRate(4e-3)
                .withSchedule(new Schedule.CosineWithWarmUp(100, 0.01))
                .withClipNorm(1);
        return new LanguageProtocol(
                "tinyshakespeare",
                "nats per character, validation / last tenth",
                LanguageData.of(learnt).withShare(0.05),
                test,
                spec,
                plan,
                LanguageEvaluation::natsPerToken,
                Double.POSITIVE_INFINITY,
                1.58,
                "transformer of 10 M weights 1.470; 5-gram 1.669");
    }

    boolean met(double validation, double tested) {
        return validation <= validationAim && tested <= testAim;
    }

    String aim() {
        return Double.isInfinite(validationAim)
                ? String.format(Locale.ROOT, "at most %s", testAim)
                : String.format(Locale.ROOT, "at most %.0f / %.0f", validationAim, testAim);
    }
}
