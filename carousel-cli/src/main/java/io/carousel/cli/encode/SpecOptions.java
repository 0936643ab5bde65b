package io.carousel.cli.encode;

import io.carousel.cli.command.NetworkOptions;
import io.carousel.cli.command.TokenKinds;
import io.carousel.cli.command.UserMistake;
import io.carousel.layer.Direction;
import io.carousel.task.encode.DecoderKind;
import io.carousel.task.encode.EncodeSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what a vector is to hold, and with how large a network. */
final class SpecOptions {
    private static final String WORDS = "words";
    private static final TokenKinds KINDS =
            new TokenKinds("--tokens", "words, characters, bytes, spaces, bpe", "carousel encode fit");

    @Option(
            names = "--decoder",
            paramLabel = "KIND",
            description = "What is made of a vector: the reconstruction of the sequence, the prediction of what comes "
                    + "after it, or composite for both. Default: reconstruction.",
            order = 6)
    private @Nullable DecoderKind decoder;

    @Option(
            names = "--ahead",
            paramLabel = "N",
            description = "The time steps to predict, the last of each sequence. Needed to predict.",
            order = 6)
    private @Nullable Integer ahead;

    @Option(names = "--size", paramLabel = "N", description = "Numbers of a vector. Default: 16.", order = 6)
    private @Nullable Integer size;

    @Option(
            names = "--variational",
            description = "Draw vectors at random in training, so that those between two vectors mean something, too.",
            order = 6)
    private boolean variational;

    @Option(
            names = "--tokens",
            paramLabel = "KIND",
            description =
                    "What texts are cut into: words, characters, bytes, spaces (what stands between spaces), bpe (pieces of "
                            + "words that are learned first), a .model file of SentencePiece, or a tokenizer of "
                            + "CAROUSEL_CLASSPATH with its options, such as icu-words:locale=th. Default: words.",
            order = 7)
    private @Nullable String tokens;

    @Option(
            names = "--keep-case",
            description = "Tell capital letters from small ones. Default: of words no, of others yes.",
            order = 7)
    private boolean keepCase;

    @Mixin
    private final NetworkOptions network = new NetworkOptions();

    @Option(
            names = "--direction",
            paramLabel = "ORDER",
            description = "In which order sequences are read: forward, backward or bidirectional. Default: forward.",
            order = 10)
    private @Nullable Direction direction;

    /** The spec of these options and of those for tuning. */
    EncodeSpec spec(TuningOptions tuning) {
        try {
            EncodeSpec.Builder spec = EncodeSpec.builder().variational(variational);
            if (decoder != null) {
                spec.decoder(decoder);
            }
            if (ahead != null) {
                spec.ahead(ahead);
            }
            if (size != null) {
                spec.size(size);
            }
            if (tokens != null || keepCase || tuning.changesTexts()) {
                String kind = tokens == null ? WORDS : tokens;
                boolean lowerCase = kind.equalsIgnoreCase(WORDS) && !keepCase;
                spec.text(tuning.apply(KINDS.spec(kind, lowerCase)));
            }
            network.apply(spec::cell, spec::hidden, spec::layers);
            if (direction != null) {
                spec.direction(direction);
            }
            tuning.apply(spec);
            return spec.build();
        } catch (IllegalArgumentException mistake) {
            throw UserMistake.of(mistake, "carousel encode fit");
        }
    }
}
