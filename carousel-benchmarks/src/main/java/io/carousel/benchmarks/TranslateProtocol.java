package io.carousel.benchmarks;

import io.carousel.task.translate.AttentionKind;
import io.carousel.task.translate.PairReader;
import io.carousel.task.translate.PairSet;
import io.carousel.task.translate.TranslateEvaluation;
import io.carousel.task.translate.TranslateSpec;
import io.carousel.task.translate.Translator;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.SpaceTokenizer;
import io.carousel.text.TokenSpec;
import io.carousel.train.TrainingPlan;
import java.nio.file.Path;
import java.util.List;

/**
 * A public set of pairs, what learns it, and what is to be reached.
 *
 * @param set the data
 * @param measure what is measured
 * @param parts what is learned from, and what nothing is chosen by: no source is in both
 * @param spec of the network
 * @param plan of the training
 * @param wordErrors whether the share of translations that are not right is measured, and not BLEU
 * @param aim what the test pairs are to reach with attention
 * @param published by others
 */
record TranslateProtocol(
        String set,
        String measure,
        PairSet.Parts parts,
        TranslateSpec spec,
        TrainingPlan plan,
        boolean wordErrors,
        double aim,
        String published) {
    static final List<String> PARTS = List.of("cmudict", "cmudict-none", "tatoeba", "tatoeba-none");

    /** Of the cut between what is learned and what is tested, whatever the seed of the training. */
    private static final long CUT = 1;

    /** A batch in two shards, as many as this machine has cores. */
    private static final TrainingPlan PLAN = Translator.defaultPlan().withShardSize(32);

    static TranslateProtocol of(String part, Path data) {
        return switch (part) {
            case "cmudict" -> cmudict(data, AttentionKind.ADDITIVE);
            case "cmudict-none" -> cmudict(data, AttentionKind.NONE);
            case "tatoeba" -> tatoeba(data, AttentionKind.ADDITIVE);
            case "tatoeba-none" -> tatoeba(data, AttentionKind.NONE);
            default -> throw new IllegalArgumentException("part must be one of " + PARTS + ", got " + part);
        };
    }

    /**
     * The standard cut does not lie beside the set, so a tenth of the words is held out, each with all its variants. A dropout of 0.2
     * over 15 epochs learned the words by heart from the ninth epoch on, as the validation loss told.
     */
    private static TranslateProtocol cmudict(Path data, AttentionKind attention) {
        PairSet all = PairReader.builder()
                .stress(false)
                .build()
                .read(data.resolve("cmudict").resolve("cmudict.dict.gz"));
        return new TranslateProtocol(
                "cmudict",
                "word error in percent, any variant is right, a tenth of the words held out, stress stripped, "
                        + attention(attention),
                all.holdOut(0.1, CUT),
                TranslateSpec.builder()
                        .source(TokenSpec.of(new CharacterTokenizer(false)))
                        .target(TokenSpec.of(new SpaceTokenizer(false)))
                        .attention(attention)
                        .embedding(128)
                        .dropout(0.4)
                        .validation(0.02)
                        .build(),
                PLAN.withEpochs(10),
                true,
                34,
                "on another cut WFST 33.9, transformer 30.2");
    }

    /** A twentieth of the English sentences is held out, each with all its translations. */
    private static TranslateProtocol tatoeba(Path data, AttentionKind attention) {
        PairSet all = PairReader.builder()
                .mostWords(9)
                .build()
                .read(data.resolve("tatoeba-eng-fra").resolve("fra.txt.gz"));
        TokenSpec side = TokenSpec.learned(false).withVocabulary(8_000);
        return new TranslateProtocol(
                "tatoeba-eng-fra",
                "BLEU of pairs below 10 words, all translations of a sentence are references, a twentieth of the English "
                        + "sentences held out, " + attention(attention),
                all.holdOut(0.05, CUT),
                TranslateSpec.builder()
                        .source(side)
                        .target(side)
                        .attention(attention)
                        .validation(0.02)
                        .build(),
                PLAN.withEpochs(8),
                false,
                40,
                "");
    }

    private static String attention(AttentionKind kind) {
        return kind == AttentionKind.NONE ? "without attention" : "with attention";
    }

    /** The figure of this protocol. */
    double figure(TranslateEvaluation evaluation) {
        return wordErrors
                ? 100 * evaluation.network().errorRate()
                : evaluation.network().bleu().score();
    }

    /** Whether it is reached. */
    boolean met(double figure) {
        return wordErrors ? figure < aim : figure > aim;
    }
}
