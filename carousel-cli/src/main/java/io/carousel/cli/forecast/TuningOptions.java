package io.carousel.cli.forecast;

import io.carousel.cli.command.PlanTuning;
import io.carousel.task.forecast.ForecastMode;
import io.carousel.task.forecast.ForecastSpec;
import io.carousel.task.forecast.LevelRemoval;
import io.carousel.task.forecast.LogScale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for who wants to try more; left away, a default or a choice by the validation part stands in their place. */
final class TuningOptions extends PlanTuning {
    @Option(
            names = "--members",
            paramLabel = "N",
            description = "Networks trained from different first weights and averaged. Default: 3.",
            order = 30)
    private @Nullable Integer members;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            description = "Dropout after the recurrent layers. Default: 0.3.",
            order = 31)
    private @Nullable Double dropout;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "direct: all steps at once; recursive: one after the other. Default: direct.",
            order = 32)
    private @Nullable ForecastMode mode;

    @Option(
            names = "--log",
            paramLabel = "SCALE",
            description = "The scale of the target: none, log or log1p. Default: chosen on the validation part.",
            order = 33)
    private @Nullable LogScale log;

    @Option(
            names = "--difference",
            paramLabel = "TO",
            description = "What is taken away from each window: none, last, mean or season. Default: chosen likewise.",
            order = 34)
    private @Nullable LevelRemoval level;

    @Option(
            names = "--window-scale",
            negatable = true,
            description = "Give each window its own scale. Default: chosen where there are several series.",
            order = 35)
    private @Nullable Boolean windowScale;

    @Option(
            names = "--harmonics",
            paramLabel = "N",
            description = "Pairs of seasonal waves as inputs. Default: chosen on the validation part.",
            order = 36)
    private @Nullable Integer harmonics;

    @Option(
            names = "--test-rows",
            paramLabel = "N",
            description = "Rows at the end that training never sees, 0 for none. Default: a fifth.",
            order = 37)
    private @Nullable Integer testRows;

    @Option(
            names = "--validation-rows",
            paramLabel = "N",
            description = "Rows before those that choose and stop. Default: a fifth of the rest.",
            order = 38)
    private @Nullable Integer validationRows;

    /** Sets what was given. */
    void apply(ForecastSpec.Builder spec) {
        spec.log(log).level(level).windowScale(windowScale).harmonics(harmonics);
        if (members != null) {
            spec.members(members);
        }
        if (dropout != null) {
            spec.dropout(dropout);
        }
        if (mode != null) {
            spec.mode(mode);
        }
        if (testRows != null) {
            spec.testRows(testRows);
        }
        if (validationRows != null) {
            spec.validationRows(validationRows);
        }
    }
}
