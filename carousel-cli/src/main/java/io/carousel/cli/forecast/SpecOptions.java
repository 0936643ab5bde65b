package io.carousel.cli.forecast;

import io.carousel.cli.command.NetworkOptions;
import io.carousel.cli.command.UserMistake;
import io.carousel.task.forecast.ForecastSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what to forecast and with how large a network. */
final class SpecOptions {
    @Option(names = "--target", required = true, paramLabel = "COL", description = "The column to forecast.", order = 1)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String target;

    @Option(
            names = "--time",
            paramLabel = "COL",
            description = "The column with the time stamps. Default: the first column, if it holds time stamps.",
            order = 2)
    private @Nullable String time;

    @Option(
            names = "--inputs",
            paramLabel = "A,B",
            split = ",",
            description = "Further columns to learn from, known up to now.",
            order = 3)
    private List<String> inputs = List.of();

    @Option(
            names = "--future-inputs",
            paramLabel = "A,B",
            split = ",",
            description = "Further columns to learn from, known for the time of the forecast too; "
                    + "the file holds their future in rows without a target.",
            order = 4)
    private List<String> futureInputs = List.of();

    @Option(
            names = "--series",
            paramLabel = "COL",
            description = "The column that tells several series apart; one model learns all of them.",
            order = 5)
    private @Nullable String series;

    @Option(
            names = "--horizon",
            paramLabel = "N",
            description = "How many steps to forecast. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1",
            order = 6)
    private int horizon;

    @Option(
            names = "--season",
            paramLabel = "N",
            description =
                    "Steps of a season, 1 for none. Default: the usual one of the time step, such as 12 for months.",
            order = 7)
    private @Nullable Integer season;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "Steps of the past that the network reads. Default: by the season.",
            order = 8)
    private @Nullable Integer window;

    @Option(
            names = "--quantiles",
            paramLabel = "P,Q",
            split = ",",
            description = "Quantiles to forecast. Default: 0.1,0.5,0.9.",
            order = 11)
    private @Nullable List<Double> quantiles;

    @Mixin
    private final NetworkOptions network = new NetworkOptions();

    /** Refuses a test part that no forecast fits in, before training is spent on what could then not be judged. */
    private static ForecastSpec requireTestRows(ForecastSpec spec) {
        if (spec.testRows() > 0 && spec.testRows() < spec.horizon()) {
            throw new IllegalArgumentException("test rows must be 0 or at least the horizon, " + spec.horizon()
                    + ", got " + spec.testRows() + "; give more, or 0 to judge nothing");
        }
        return spec;
    }

    /** The spec of these options and of those for tuning. */
    ForecastSpec spec(TuningOptions tuning) {
        ForecastSpec.Builder spec = ForecastSpec.builder(target)
                .time(time)
                .key(series)
                .inputs(inputs)
                .futureInputs(futureInputs)
                .horizon(horizon);
        if (season != null) {
            spec.season(season);
        }
        if (window != null) {
            spec.window(window);
        }
        network.apply(spec::cell, spec::hidden, spec::layers);
        if (quantiles != null) {
            spec.quantiles(quantiles.stream().sorted().toList());
        }
        tuning.apply(spec);
        try {
            return requireTestRows(spec.build());
        } catch (IllegalArgumentException mistake) {
            throw UserMistake.of(mistake, "carousel forecast fit");
        }
    }
}
