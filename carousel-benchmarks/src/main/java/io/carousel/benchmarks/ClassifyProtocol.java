package io.carousel.benchmarks;

import io.carousel.layer.Pooling;
import io.carousel.task.classify.ClassifySpec;
import io.carousel.task.classify.ExampleFormat;
import io.carousel.task.classify.ExampleReader;
import io.carousel.task.classify.ExampleSet;
import io.carousel.text.CharacterTokenizer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A public set, what is to be told apart, and what is to be reached.
 *
 * @param name of the part
 * @param protocol in words
 * @param folds what is learned from and what it is tested on; several for cross-validation
 * @param validation examples that choose; null where the fit sets some aside
 * @param spec what is not the default: of these, poolings were chosen by validation parts
 * @param aim the least accuracy
 * @param published by others
 */
record ClassifyProtocol(
        String name,
        String protocol,
        List<ExampleSet.Fold> folds,
        @Nullable ExampleSet validation,
        ClassifySpec.Builder spec,
        double aim,
        String published) {
    static final List<String> PARTS =
            List.of("mr", "sst2", "trec", "japanese-vowels", "ecg200", "italy", "surnames", "mnist-rows");

    /** The seed of the folds, which is no seed of a training. */
    private static final long FOLDS = 1;

    /** MR is older than UTF-8 was common, and so is TREC. */
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /** @throws IllegalArgumentException when there is no part of that name */
    static ClassifyProtocol of(String part, Path data) {
        ClassifySpec.Builder spec = ClassifySpec.builder();
        return switch (part) {
            case "mr" ->
                new ClassifyProtocol(
                        part,
                        "accuracy, 10-fold cross-validation, folds stratified by seed 1",
                        lines(data.resolve("sentences/rt-polarity.all.gz"), WINDOWS)
                                .folds(10, FOLDS),
                        null,
                        spec,
                        0.76,
                        "CNN-rand 76.1 (recalled)");
            case "sst2" ->
                new ClassifyProtocol(
                        part,
                        "accuracy on the test sentences, learned from sentences without their phrases",
                        fold(
                                lines(data.resolve("sentences/stsa.binary.train.gz"), StandardCharsets.UTF_8),
                                lines(data.resolve("sentences/stsa.binary.test.gz"), StandardCharsets.UTF_8)),
                        lines(data.resolve("sentences/stsa.binary.dev.gz"), StandardCharsets.UTF_8),
                        spec,
                        0.80,
                        "CNN-rand 82.7 with phrases (recalled)");
            case "trec" ->
                new ClassifyProtocol(
                        part,
                        "accuracy on the 500 test questions, six classes",
                        fold(
                                lines(data.resolve("sentences/TREC.train.all.gz"), StandardCharsets.ISO_8859_1),
                                lines(data.resolve("sentences/TREC.test.all.gz"), StandardCharsets.ISO_8859_1)),
                        null,
                        spec,
                        0.90,
                        "CNN-rand 91.2 (recalled)");
            case "japanese-vowels" ->
                new ClassifyProtocol(
                        part,
                        "accuracy on the 370 test utterances, nine speakers",
                        fold(
                                vowels(data.resolve("japanese-vowels/ae.train.gz"), Collections.nCopies(9, 30)),
                                vowels(
                                        data.resolve("japanese-vowels/ae.test.gz"),
                                        List.of(31, 35, 88, 44, 29, 24, 40, 50, 29))),
                        null,
                        spec,
                        0.975,
                        "1-NN .965, MLSTM-FCN .976+ (recalled)");
            case "ecg200" -> archive(part, data, "ECG200", spec.pooling(Pooling.MAX), 0.88, "LSTM-FCN .87");
            case "italy" -> archive(part, data, "ItalyPowerDemand", spec, 0.96, "LSTM-FCN .962");
            case "surnames" ->
                new ClassifyProtocol(
                        part,
                        "accuracy on a tenth, stratified by seed 1, 18 languages",
                        ExampleReader.builder()
                                .build()
                                .read(data.resolve("surnames/names"))
                                .folds(10, FOLDS)
                                .subList(0, 1),
                        null,
                        spec.tokenizer(new CharacterTokenizer(false)),
                        0.80,
                        "most frequent .468");
            case "mnist-rows" ->
                new ClassifyProtocol(
                        part,
                        "accuracy on the 10,000 test images, row by row, learned from 10,000",
                        fold(
                                images(data.resolve("mnist10k/train10k-images-idx3-ubyte.gz")),
                                images(data.resolve("mnist10k/t10k-images-idx3-ubyte.gz"))),
                        null,
                        spec.pooling(Pooling.LAST),
                        0.97,
                        "learned from 60,000: LSTM-128 98.1, LSTM-256 98.85");
            default -> throw new IllegalArgumentException("part must be one of " + PARTS + ", got " + part);
        };
    }

    private static ClassifyProtocol archive(
            String part, Path data, String name, ClassifySpec.Builder spec, double aim, String published) {
        ExampleReader reader = ExampleReader.builder().build();
        Path folder = data.resolve("ucr-small");
        return new ClassifyProtocol(
                part,
                "accuracy on the archive's test part",
                fold(reader.read(folder.resolve(name + "_TRAIN.ts")), reader.read(folder.resolve(name + "_TEST.ts"))),
                null,
                spec,
                aim,
                published);
    }

    private static List<ExampleSet.Fold> fold(ExampleSet training, ExampleSet test) {
        return List.of(new ExampleSet.Fold(training, test));
    }

    private static ExampleSet lines(Path file, Charset encoding) {
        return ExampleReader.builder().encoding(encoding).build().read(file);
    }

    private static ExampleSet images(Path file) {
        return ExampleReader.builder().build().read(file);
    }

    private static ExampleSet vowels(Path file, List<Integer> speakers) {
        return ExampleReader.builder()
                .format(ExampleFormat.BLOCKS)
                .labelCounts(speakers)
                .build()
                .read(file);
    }
}
