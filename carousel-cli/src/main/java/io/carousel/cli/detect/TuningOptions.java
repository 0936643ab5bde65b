package io.carousel.cli.detect;

import io.carousel.cli.command.PlanTuning;
import io.carousel.task.anomaly.AnomalySpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for who wants to try more; left away, a default stands in their place. */
final class TuningOptions extends PlanTuning {
    @Option(names = "--window", paramLabel = "N", description = "Events of a reconstruction. Default: 32.", order = 20)
    private @Nullable Integer window;

    @Option(
            names = "--memory",
            paramLabel = "N",
            description = "Events that a scorer remembers. Default: 2000 for gaussian-tail, 500 for dynamic-threshold.",
            order = 21)
    private @Nullable Integer memory;

    @Option(
            names = "--recent",
            paramLabel = "N",
            description = "Events over which a scorer smooths. Default: 1 for gaussian-tail, 5 for dynamic-threshold.",
            order = 22)
    private @Nullable Integer recent;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "First events of a stream that are not scored. Default: 10, or what the model needs.",
            order = 23)
    private @Nullable Integer warmUp;

    @Option(
            names = "--validation-part",
            paramLabel = "P",
            description =
                    "Last part of the history that is not learnt from: it chooses the epoch, and tells what errors "
                            + "are usual. Default: 0.2.",
            order = 24)
    private @Nullable Double validation;

    @Option(
            names = "--gap",
            paramLabel = "N",
            description =
                    "After more than N usual steps of time a stream begins anew, 0 for never. Default: 10, or as many as "
                            + "99 of 100 events of the history need.",
            order = 25)
    private @Nullable Integer gap;

    int memory(int otherwise) {
        return memory == null ? otherwise : memory;
    }

    int recent(int otherwise) {
        return recent == null ? otherwise : recent;
    }

    /** Sets what was given. */
    void apply(AnomalySpec.Builder spec) {
        spec.gap(gap);
        if (window != null) {
            spec.window(window);
        }
        if (warmUp != null) {
            spec.warmUp(warmUp);
        }
        if (validation != null) {
            spec.validation(validation);
        }
    }
}
