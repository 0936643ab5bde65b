package io.carousel.cli.forecast;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.FitOutputs;
import io.carousel.cli.command.FitProgress;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.Progress;
import io.carousel.cli.report.ForecastReport;
import io.carousel.cli.report.HtmlReport;
import io.carousel.data.DataException;
import io.carousel.data.SeriesSet;
import io.carousel.task.FitOptions;
import io.carousel.task.forecast.Forecast;
import io.carousel.task.forecast.ForecastEvaluation;
import io.carousel.task.forecast.ForecastFit;
import io.carousel.task.forecast.ForecastSpec;
import io.carousel.task.forecast.Forecaster;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the commands of a forecast share: fitting while someone watches, and writing a report. */
final class ForecastRun {
    private final Console console;

    ForecastRun(Console console) {
        this.console = console;
    }

    /** What a fit came to, on the data it was fitted on. */
    record Outcome(ForecastFit fit, @Nullable ForecastEvaluation evaluation) {}

    /**
     * Trains with a progress bar, writes the model, and evaluates it unless there is no test part.
     *
     * @param options whose listener is replaced by the progress bar
     * @param out where to keep the model; null for nowhere
     */
    Outcome fit(SeriesSet set, ForecastSpec spec, TrainingPlan plan, FitOptions options, @Nullable Path out)
            throws IOException {
        ForecastFit fit;
        try (Progress progress = new Progress(console)) {
            fit = Forecaster.fit(set, spec, plan, options.withListener(new FitProgress(progress)));
        }
        if (out != null) {
            fit.forecaster().save(out);
        }
        FitOutputs.tell(
                console,
                fit.stopped(),
                out == null ? "the one shown here" : "kept in " + out,
                fit.notes(),
                set.notes());
        ForecastEvaluation evaluation =
                spec.testRows() == 0 ? null : fit.forecaster().evaluate(set);
        return new Outcome(fit, evaluation);
    }

    /**
     * The forecasts for a report on the data that a model was fitted on.
     *
     * <p>Where they cannot be made, because the file has no future of the future inputs, the model is worth keeping all the
     * same: then the report shows none.
     */
    List<Forecast> forecastsIfAny(Forecaster forecaster, SeriesSet set) {
        try {
            return forecaster.predict(set);
        } catch (DataException impossible) {
            console.say("carousel: the report shows no forecast, because " + impossible.getMessage());
            return set.list().stream()
                    .map(series -> new Forecast(series.name(), List.of(), List.of(), List.of()))
                    .toList();
        }
    }

    /** Writes the page. */
    void report(
            Path file,
            SeriesSet set,
            Forecaster forecaster,
            @Nullable ForecastEvaluation evaluation,
            List<Forecast> forecasts)
            throws IOException {
        Outputs.write(
                file, HtmlReport.of(ForecastReport.of(ForecastStories.of(set, forecaster, evaluation, forecasts))));
    }

    /** The evaluation on what training never saw of these series, or null when it saw all. */
    static @Nullable ForecastEvaluation evaluationIfAny(Forecaster forecaster, SeriesSet set) {
        try {
            return forecaster.evaluate(set);
        } catch (DataException nothingUnseen) {
            return null;
        }
    }
}
