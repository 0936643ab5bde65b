package io.carousel.benchmarks;

import io.carousel.task.tag.ColumnFormat;
import io.carousel.task.tag.ConlluFormat;
import io.carousel.task.tag.SentenceFormat;
import io.carousel.task.tag.SequenceTagger;
import io.carousel.task.tag.TagData;
import io.carousel.task.tag.TagEvaluation;
import io.carousel.task.tag.TagSpec;
import io.carousel.train.TrainingPlan;
import java.nio.file.Path;
import java.util.List;

/**
 * A public set of tagged sentences, what learns it, and what is to be reached.
 *
 * @param set the data
 * @param measure what is measured, in percent
 * @param test sentences that nothing is chosen by
 * @param aim what the test sentences are to reach
 * @param published by others
 */
record TagProtocol(
        String set,
        String measure,
        TagData data,
        SentenceFormat format,
        Path test,
        TagSpec spec,
        TrainingPlan plan,
        double aim,
        String published) {
    static final List<String> PARTS = List.of("ud-ewt", "conll2000", "conll2000-pos");

    static TagProtocol of(String part, Path data) {
        return switch (part) {
            case "conll2000" -> conll2000(data, new ColumnFormat(), "words and characters alone");
            case "conll2000-pos" ->
                conll2000(
                        data, new ColumnFormat().withFeatures(List.of(2)), "and the task's own part-of-speech column");
            case "ud-ewt" -> udEwt(data);
            default ->
                throw new IllegalArgumentException("part must be conll2000, conll2000-pos or ud-ewt, got " + part);
        };
    }

    /** A tenth of the training sentences is held out to choose the epoch; words are known from the other nine. */
    private static TagProtocol conll2000(Path data, ColumnFormat format, String what) {
        Path folder = data.resolve("conll2000-chunking");
        return new TagProtocol(
                "conll2000-chunking",
                "F1 of chunks, " + what + ", random first weights",
                TagData.of(format.read(folder.resolve("train.txt.gz"))),
                format,
                folder.resolve("test.txt.gz"),
                TagSpec.builder().build(),
                SequenceTagger.defaultPlan(),
                93,
                "BI-LSTM 93.64, BI-LSTM-CRF 94.13 with spelling features");
    }

    private static TagProtocol udEwt(Path data) {
        Path folder = data.resolve("ud-ewt");
        SentenceFormat format = new ConlluFormat(ConlluFormat.Tag.UPOS);
        return new TagProtocol(
                "ud-ewt",
                "accuracy of universal parts of speech, random first weights",
                TagData.of(format.read(folder.resolve("en_ewt-ud-train.conllu.gz")))
                        .withValidation(format.read(folder.resolve("en_ewt-ud-dev.conllu.gz"))),
                format,
                folder.resolve("en_ewt-ud-test.conllu.gz"),
                TagSpec.builder().build(),
                SequenceTagger.defaultPlan(),
                94.5,
                "about 95 (recalled)");
    }

    /** The figure in percent. */
    static double percent(TagEvaluation evaluation) {
        return 100 * evaluation.main();
    }
}
