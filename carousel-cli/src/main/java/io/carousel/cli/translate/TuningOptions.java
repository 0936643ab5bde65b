package io.carousel.cli.translate;

import io.carousel.cli.command.PlanTuning;
import io.carousel.cli.command.UserMistake;
import io.carousel.layer.DecoderSpec;
import io.carousel.layer.Direction;
import io.carousel.task.translate.AttentionKind;
import io.carousel.task.translate.BridgeKind;
import io.carousel.task.translate.TranslateSpec;
import io.carousel.train.ScheduledSampling;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for who wants to try more; left away, a default stands in their place. */
final class TuningOptions extends PlanTuning {
    @Option(
            names = "--attention",
            paramLabel = "KIND",
            description =
                    "How the decoder looks at the source: none, additive, dot, general or heads. Default: additive.",
            order = 19)
    private @Nullable AttentionKind attention;

    @Option(names = "--heads", paramLabel = "N", description = "Parts of --attention heads. Default: 4.", order = 19)
    private @Nullable Integer heads;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "Attend only to so many tokens on each side of a place that is foreseen. Default: to all.",
            order = 19)
    private @Nullable Integer window;

    @Option(
            names = "--feeding",
            paramLabel = "WHAT",
            description = "What the decoder reads beside the token before: context, output or nothing. "
                    + "Default: context of additive attention, else output.",
            order = 19)
    private DecoderSpec.@Nullable Feeding feeding;

    @Option(
            names = "--coverage",
            paramLabel = "X",
            description =
                    "Tell an additive attention what it has attended to, and add X times what it attends to again to "
                            + "the loss. Default: not told.",
            order = 19)
    private @Nullable Double coverage;

    @Option(
            names = "--copying",
            description = "Let tokens of the source be copied, also those that training has not seen.",
            order = 19)
    private boolean copying;

    @Option(
            names = "--embedding",
            paramLabel = "N",
            description = "Width of the vectors of tokens. Default: 256.",
            order = 20)
    private @Nullable Integer embedding;

    @Option(
            names = "--direction",
            paramLabel = "ORDER",
            description = "How sources are read: forward, backward or bidirectional. Default: bidirectional.",
            order = 21)
    private @Nullable Direction direction;

    @Option(
            names = "--bridge",
            paramLabel = "KIND",
            description = "How the decoder begins: none, at 0; copy, as the encoder ended; dense, a function of that. "
                    + "Default: dense.",
            order = 22)
    private @Nullable BridgeKind bridge;

    @Option(
            names = "--longest",
            paramLabel = "N",
            description = "Leave out pairs with more tokens on a side. Default: 100.",
            order = 23)
    private @Nullable Integer longest;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            description = "Dropout around the recurrent layers. Default: 0.3.",
            order = 24)
    private @Nullable Double dropout;

    @Option(
            names = "--smoothing",
            paramLabel = "P",
            description = "Share of each target's probability that all tokens get alike. Default: 0.",
            order = 25)
    private @Nullable Double smoothing;

    @Option(
            names = "--scheduled-sampling",
            paramLabel = "DECAY",
            description =
                    "Let the decoder read what it wrote itself ever more often in training, and not what it should "
                            + "have written: linear, exponential or inverse-sigmoid, how slowly, and the share of right tokens "
                            + "that stays, such as linear:10000:0.5. Default: never.",
            order = 25)
    private @Nullable String sampling;

    @Option(
            names = "--validation-part",
            paramLabel = "P",
            description = "Part of the sources that chooses the best epoch, 0 for none. Default: 0.05.",
            order = 26)
    private @Nullable Double validation;

    /** Sets what was given. */
    void apply(TranslateSpec.Builder spec) {
        if (attention != null) {
            spec.attention(attention);
        }
        if (heads != null) {
            spec.heads(heads);
        }
        if (window != null) {
            spec.window(window);
        }
        if (coverage != null) {
            spec.coverage(true, coverage);
        }
        spec.feeding(feeding).copying(copying);
        if (embedding != null) {
            spec.embedding(embedding);
        }
        if (direction != null) {
            spec.direction(direction);
        }
        if (bridge != null) {
            spec.bridge(bridge);
        }
        if (longest != null) {
            spec.longest(longest);
        }
        if (dropout != null) {
            spec.dropout(dropout);
        }
        if (smoothing != null) {
            spec.smoothing(smoothing);
        }
        if (sampling != null) {
            spec.sampling(sampling(sampling));
        }
        if (validation != null) {
            spec.validation(validation);
        }
    }

    private static ScheduledSampling sampling(String text) {
        String[] parts = text.split(":", -1);
        for (ScheduledSampling.Decay decay : ScheduledSampling.Decay.values()) {
            String name = decay.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if ((parts.length == 2 || parts.length == 3) && parts[0].equals(name)) {
                try {
                    double least = parts.length == 2 ? 0 : Double.parseDouble(parts[2]);
                    return new ScheduledSampling(decay, Double.parseDouble(parts[1]), least);
                } catch (NumberFormatException e) {
                    break;
                }
            }
        }
        throw new UserMistake(
                "--scheduled-sampling must be linear, exponential or inverse-sigmoid, a number of updates and"
                        + " perhaps a share, with colons between, got " + text + "; write such as linear:10000:0.5");
    }
}
