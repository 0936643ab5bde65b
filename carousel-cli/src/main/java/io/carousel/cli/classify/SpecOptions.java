package io.carousel.cli.classify;

import io.carousel.cli.command.NetworkOptions;
import io.carousel.cli.command.TokenKinds;
import io.carousel.cli.command.UserMistake;
import io.carousel.layer.Direction;
import io.carousel.layer.Pooling;
import io.carousel.task.classify.ClassifySpec;
import io.carousel.task.classify.LabelWeighting;
import io.carousel.text.WordTokenizer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what to read of a sequence and with how large a network. */
final class SpecOptions {
    private static final String WORDS = "words";
    private static final TokenKinds KINDS =
            new TokenKinds("--tokens", "words, characters, bytes, spaces", "carousel classify fit");

    @Option(
            names = "--several",
            description = "An example may have any number of labels, also none; said by --label-separator, too.",
            order = 5)
    private boolean several;

    @Option(
            names = "--tokens",
            paramLabel = "KIND",
            description =
                    "What texts are cut into: words, characters, bytes, spaces (what stands between spaces), a .model file of "
                            + "SentencePiece, or a tokenizer of CAROUSEL_CLASSPATH with its options, such as "
                            + "icu-words:locale=th. Default: words.",
            order = 7)
    private @Nullable String tokens;

    @Option(
            names = "--keep-case",
            description = "Tell capital letters from small ones. Default: of words no, of characters yes.",
            order = 7)
    private boolean keepCase;

    @Mixin
    private final NetworkOptions network = new NetworkOptions();

    @Option(
            names = "--direction",
            paramLabel = "ORDER",
            description = "In which order sequences are read: forward, backward or bidirectional. "
                    + "Default: bidirectional.",
            order = 10)
    private @Nullable Direction direction;

    @Option(
            names = "--pooling",
            paramLabel = "KIND",
            description = "How the time steps become one: last, mean, max or attention. "
                    + "Default: max for words, last for characters, mean for numbers.",
            order = 10)
    private @Nullable Pooling pooling;

    @Option(
            names = "--weights",
            paramLabel = "RULE",
            split = ",",
            description = "balanced: rare labels count more. A=2,B=0.5: what these labels count. Default: all alike.",
            order = 11)
    private @Nullable String @Nullable [] weights;

    /** The spec of these options and of those for tuning. */
    ClassifySpec spec(boolean severalLabels, TuningOptions tuning) {
        try {
            ClassifySpec.Builder spec = ClassifySpec.builder().several(several || severalLabels);
            if (tokens != null) {
                spec.tokenizer(KINDS.of(tokens, tokens.equalsIgnoreCase(WORDS) && !keepCase));
            } else if (keepCase) {
                spec.tokenizer(new WordTokenizer(false));
            }
            network.apply(spec::cell, spec::hidden, spec::layers);
            if (direction != null) {
                spec.direction(direction);
            }
            spec.pooling(pooling);
            applyWeights(spec);
            tuning.apply(spec);
            return spec.build();
        } catch (IllegalArgumentException mistake) {
            throw UserMistake.of(mistake, "carousel classify fit");
        }
    }

    private void applyWeights(ClassifySpec.Builder spec) {
        Map<String, Double> each = new LinkedHashMap<>();
        for (String part : weights == null ? new String[0] : weights) {
            int at = part == null ? -1 : part.lastIndexOf('=');
            if (part != null && part.equals("balanced")) {
                spec.weighting(LabelWeighting.BALANCED);
            } else if (part != null && at > 0) {
                each.put(part.substring(0, at), number(part, part.substring(at + 1)));
            } else {
                throw new UserMistake("weights must be balanced, or a label and a number such as A=2, got " + part
                        + "; see carousel classify fit --help");
            }
        }
        spec.labelWeights(each);
    }

    private static double number(String part, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException noNumber) {
            throw new UserMistake(
                    "weight of a label must be a number, got " + part + "; see carousel classify fit --help");
        }
    }
}
