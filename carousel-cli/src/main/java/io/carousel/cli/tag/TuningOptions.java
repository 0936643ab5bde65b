package io.carousel.cli.tag;

import io.carousel.cli.command.PlanTuning;
import io.carousel.task.CharacterReader;
import io.carousel.task.tag.TagOutput;
import io.carousel.task.tag.TagSpec;
import io.carousel.text.TagScheme;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for who wants to try more; left away, a default stands in their place. */
final class TuningOptions extends PlanTuning {
    @Option(
            names = "--word-size",
            paramLabel = "N",
            description = "Width of the vectors of words. Default: that of --vectors, or 100.",
            order = 20)
    private @Nullable Integer wordSize;

    @Option(
            names = "--characters",
            paramLabel = "READER",
            description = "What reads the characters of a word: none, recurrent or convolution. Default: convolution.",
            order = 21)
    private @Nullable CharacterReader characters;

    @Option(
            names = "--capitals",
            negatable = true,
            description = "Read the shape of each word, too: capitals, digits, symbols. Default: yes.",
            order = 22)
    private @Nullable Boolean capitals;

    @Option(
            names = "--suffixes",
            paramLabel = "N,M",
            split = ",",
            description = "Read the last so many letters of each word as one, too; 0 for none. Default: 2,3.",
            order = 23)
    private @Nullable List<Integer> suffixes;

    @Option(
            names = "--keep-case",
            description = "Tell words in capitals from those in small letters. Default: only their characters do.",
            order = 24)
    private boolean keepCase;

    @Option(names = "--frozen-words", description = "Keep the vectors of words as they are in --vectors.", order = 25)
    private boolean frozen;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            description = "Dropout around the recurrent layers. Default: 0.5.",
            order = 26)
    private @Nullable Double dropout;

    @Option(
            names = "--output",
            paramLabel = "HOW",
            description = "How tags are chosen: crf, all of a sentence together, or softmax, each by itself. "
                    + "Default: crf.",
            order = 27)
    private @Nullable TagOutput output;

    @Option(
            names = "--scheme",
            paramLabel = "SCHEME",
            description = "Convert tags of spans to iob1, iob2 or bioes within the network, and back in what it gives. "
                    + "Default: bioes.",
            order = 28)
    private @Nullable TagScheme scheme;

    @Option(
            names = "--validation-part",
            paramLabel = "P",
            description = "Part of the training sentences that chooses the best epoch, 0 for none. Default: 0.1.",
            order = 29)
    private @Nullable Double validation;

    /** Sets what was given. */
    void apply(TagSpec.Builder spec) {
        if (wordSize != null) {
            spec.wordSize(wordSize);
        }
        if (characters != null) {
            spec.characters(characters);
        }
        if (suffixes != null) {
            spec.suffixes(suffixes.equals(List.of(0)) ? List.of() : suffixes);
        }
        if (dropout != null) {
            spec.dropout(dropout);
        }
        if (output != null) {
            spec.output(output);
        }
        if (validation != null) {
            spec.validation(validation);
        }
        if (keepCase) {
            spec.lowerCase(false);
        }
        if (capitals != null) {
            spec.capitals(capitals);
        }
        spec.frozenWords(frozen).scheme(scheme);
    }
}
