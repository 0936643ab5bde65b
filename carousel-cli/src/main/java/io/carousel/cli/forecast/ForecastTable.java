package io.carousel.cli.forecast;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.carousel.cli.command.Console;
import io.carousel.cli.command.TextTable;
import io.carousel.cli.report.Words;
import io.carousel.task.forecast.Forecast;
import io.carousel.task.forecast.Forecast.QuantileForecast;
import io.carousel.task.forecast.ForecastSpec;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Forecasts as rows: series, time, point, quantiles. */
final class ForecastTable {
    /** Weights have 24 bits: nine digits lose nothing. */
    private static final MathContext DIGITS = new MathContext(9);

    private ForecastTable() {}

    /** A CSV file with a header; the series column stands there only when the data have one. */
    static String csv(ForecastSpec spec, List<Forecast> forecasts) throws IOException {
        StringWriter text = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().build(text)) {
            writer.writeRecord(headings(spec, forecasts));
            for (Forecast forecast : forecasts) {
                for (int i = 0; i < forecast.horizon(); i++) {
                    writer.writeRecord(row(spec, forecast, i, false));
                }
            }
        }
        return text.toString();
    }

    /** The same as a table for people. */
    static void print(Console console, ForecastSpec spec, List<Forecast> forecasts) {
        TextTable table = new TextTable(headings(spec, forecasts));
        for (Forecast forecast : forecasts) {
            for (int i = 0; i < forecast.horizon(); i++) {
                table.row(false, row(spec, forecast, i, true));
            }
        }
        table.print(console);
    }

    private static List<String> headings(ForecastSpec spec, List<Forecast> forecasts) {
        List<String> headings = new ArrayList<>();
        if (spec.key() != null) {
            headings.add(spec.key());
        }
        headings.add(spec.time() == null ? "time" : spec.time());
        headings.add(spec.target());
        for (QuantileForecast quantile : forecasts.get(0).quantiles()) {
            headings.add("q" + quantile.level());
        }
        return headings;
    }

    private static List<String> row(ForecastSpec spec, Forecast forecast, int step, boolean rounded) {
        List<String> cells = new ArrayList<>();
        if (spec.key() != null) {
            cells.add(forecast.series());
        }
        cells.add(forecast.time().get(step));
        cells.add(number(forecast.point().get(step), rounded));
        for (QuantileForecast quantile : forecast.quantiles()) {
            cells.add(number(quantile.values().get(step), rounded));
        }
        return cells;
    }

    private static String number(double value, boolean rounded) {
        return rounded
                ? Words.number(value)
                : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
