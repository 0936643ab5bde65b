package io.carousel.cli.encode;

import io.carousel.cli.command.NetworkOptions;
import io.carousel.cli.command.UserMistake;
import io.carousel.layer.Direction;
import io.carousel.task.encode.DecoderKind;
import io.carousel.task.encode.EncodeSpec;
import io.carousel.task.translate.SideSpec;
import io.carousel.task.translate.TextLevel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what a vector is to hold, and with how large a network. */
final class SpecOptions {
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
            description = "What texts are cut into: words, characters, subwords, or spaces for what stands between "
                    + "them. Default: words.",
            order = 7)
    private @Nullable TextLevel tokens;

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
                TextLevel level = tokens == null ? TextLevel.WORDS : tokens;
                boolean lowerCase = level == TextLevel.WORDS && !keepCase;
                spec.text(tuning.apply(SideSpec.of(level).withLowerCase(lowerCase)));
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
