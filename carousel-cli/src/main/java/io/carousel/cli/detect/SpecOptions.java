package io.carousel.cli.detect;

import io.carousel.cli.command.NetworkOptions;
import io.carousel.cli.command.UserMistake;
import io.carousel.data.EventReader;
import io.carousel.task.anomaly.AnomalyScorer;
import io.carousel.task.anomaly.AnomalySpec;
import io.carousel.task.anomaly.DynamicThreshold;
import io.carousel.task.anomaly.ResidualQuantiles;
import io.carousel.task.anomaly.ResidualSource;
import io.carousel.task.anomaly.RollingGaussianTail;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what is watched, by what, and what is told. */
final class SpecOptions {
    /** How distances become probabilities. */
    enum Scorer {
        GAUSSIAN_TAIL,
        DYNAMIC_THRESHOLD,
        QUANTILES;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    @Option(
            names = "--channels",
            paramLabel = "A,B",
            split = ",",
            description = "The columns to watch. Default: all but time and series.",
            order = 1)
    private List<String> channels = List.of();

    @Option(
            names = "--time",
            paramLabel = "COL",
            description = "The column with the time stamps. Default: the first column, if it holds dates or times.",
            order = 2)
    private @Nullable String time;

    @Option(
            names = "--series",
            paramLabel = "COL",
            description = "The column that tells several series apart; one model learns all of them, each is a stream.",
            order = 3)
    private @Nullable String series;

    @Option(
            names = "--model",
            paramLabel = "HOW",
            description =
                    "What residuals are the errors of: the forecast of each event, or the reconstruction of the last "
                            + "ones. Default: forecast.",
            order = 4)
    private ResidualSource model = ResidualSource.FORECAST;

    @Option(
            names = "--scorer",
            paramLabel = "HOW",
            description =
                    "How errors become probabilities: gaussian-tail, which follows a drift; dynamic-threshold, which "
                            + "decides by itself; quantiles of the held-out part, which stay. Default: gaussian-tail.",
            converter = ScorerConverter.class,
            order = 5)
    private Scorer scorer = Scorer.GAUSSIAN_TAIL;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "The least probability of an anomaly. Default: 0.9999.",
            order = 6)
    private @Nullable Double threshold;

    @Option(
            names = "--quiet",
            paramLabel = "N",
            description =
                    "Events after a surprise in which only a larger one is told. Default: 0.3 of the history, at most 200.",
            order = 7)
    private @Nullable Integer quiet;

    @Mixin
    private final NetworkOptions network = new NetworkOptions();

    /** Reads the name of a scorer as it is written. */
    static final class ScorerConverter implements picocli.CommandLine.ITypeConverter<Scorer> {
        @Override
        public Scorer convert(String text) {
            for (Scorer each : Scorer.values()) {
                if (each.toString().equals(text)) {
                    return each;
                }
            }
            throw new picocli.CommandLine.TypeConversionException(
                    "expected one of " + List.of(Scorer.values()) + " but was '" + text + "'");
        }
    }

    /** The spec of these options and of those for tuning. */
    AnomalySpec spec(TuningOptions tuning) {
        AnomalySpec.Builder spec = AnomalySpec.builder()
                .channels(channels)
                .time(time)
                .key(series)
                .source(model)
                .quiet(quiet);
        try {
            spec.scorer(scorer(tuning));
            if (threshold != null) {
                if (scorer == Scorer.DYNAMIC_THRESHOLD) {
                    throw new UserMistake("--threshold must not stand beside dynamic-threshold, which chooses its own; "
                            + "leave it out");
                }
                spec.threshold(threshold);
            }
            network.apply(spec::cell, spec::hidden, spec::layers);
            tuning.apply(spec);
            return spec.build();
        } catch (IllegalArgumentException mistake) {
            throw UserMistake.of(mistake, "carousel detect fit");
        }
    }

    private AnomalyScorer scorer(TuningOptions tuning) {
        return switch (scorer) {
            case GAUSSIAN_TAIL -> new RollingGaussianTail(tuning.memory(2000), tuning.recent(1));
            case DYNAMIC_THRESHOLD -> new DynamicThreshold(tuning.memory(500), tuning.recent(5), 0.13);
            case QUANTILES -> new ResidualQuantiles();
        };
    }

    /** What reads the history. */
    static EventReader reader(AnomalySpec spec) {
        return EventReader.builder()
                .time(spec.time())
                .key(spec.key())
                .columns(spec.channels())
                .build();
    }
}
