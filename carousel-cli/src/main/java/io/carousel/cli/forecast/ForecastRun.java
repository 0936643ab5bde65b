package io.carousel.cli.forecast;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.FitOutputs;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.report.ForecastReport;
import io.carousel.cli.report.HtmlReport;
import io.carousel.data.DataException;
import io.carousel.data.SeriesSet;
import io.carousel.task.forecast.Forecast;
import io.carousel.task.forecast.ForecastEvaluation;
import io.carousel.task.forecast.ForecastFit;
import io.carousel.task.forecast.Forecaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the commands of a forecast share: keeping a model, and writing a report. */
final class ForecastRun {
    private final Console console;

    ForecastRun(Console console) {
        this.console = console;
    }

    /** What a fit came to, on the data it was fitted on. */
    record Outcome(ForecastFit fit, @Nullable ForecastEvaluation evaluation) {}

    /**
     * Writes the model, says what one should know, and evaluates it unless there is no test part.
     *
     * @param set what it was fitted on
     * @param out where to keep the model; null for nowhere
     */
    Outcome keep(ForecastFit fit, SeriesSet set, @Nullable Path out) throws IOException {
        if (out != null) {
            fit.forecaster().save(out);
        }
        FitOutputs.tell(
                console,
                fit.stopped(),
                out == null ? "the one shown here" : "kept in " + out,
                fit.notes(),
                set.notes());
        Forecaster forecaster = fit.forecaster();
        return new Outcome(fit, forecaster.spec().testRows() == 0 ? null : forecaster.evaluate(set));
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
