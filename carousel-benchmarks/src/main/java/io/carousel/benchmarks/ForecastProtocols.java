package io.carousel.benchmarks;

import io.carousel.data.CsvSeriesReader;
import io.carousel.data.RowSeriesReader;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.data.TimeIndex;
import io.carousel.eval.Metrics;
import io.carousel.eval.Naive2;
import io.carousel.task.forecast.ForecastSpec;
import io.carousel.task.forecast.SeriesBacktest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** How each set is split and measured, as those who published figures did. */
final class ForecastProtocols {
    private static final List<String> WINDS = List.of("NE", "NW", "SE", "cv");

    private final Path data;
    private final int threads;

    ForecastProtocols(Path data, int threads) {
        this.data = data;
        this.threads = threads;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.2f", value);
    }

    /** One step ahead over the last rows of a single series. */
    List<ResultRow> univariate(
            String set,
            String file,
            String column,
            int testRows,
            int season,
            int window,
            double aim,
            String published) {
        SeriesSet series = CsvSeriesReader.builder()
                .columns(column)
                .keepGaps(true)
                .build()
                .read(data.resolve("classic-univariate").resolve(file));
        ForecastSpec spec = ForecastSpec.builder(column)
                .season(season)
                .window(window)
                .testRows(testRows)
                .quantiles(List.of())
                .build();
        ForecastRun run = ForecastRun.of(series, spec, threads);
        String trivial = "last value " + number(run.naiveRmse("lastValue")) + ", season "
                + number(run.naiveRmse("seasonalNaive"));
        return List.of(run.row(
                set,
                "one-step RMSE, last " + testRows + "; season " + season + ", window " + window,
                number(run.rmse()),
                otherSeeds(series, spec),
                number(ForecastRun.linear(series, spec, threads).rmse()),
                published,
                trivial,
                "at most " + number(aim),
                run.rmse() <= aim));
    }

    /** Hourly PM2.5: train on a year, test on four; NA is 0, the first day is dropped. */
    List<ResultRow> beijing() throws IOException {
        SeriesSet set = SeriesSet.of(beijingSeries());
        int testRows = set.list().get(0).length() - 8760;
        List<String> inputs = new ArrayList<>(set.columns());
        inputs.remove("pm2.5");
        ForecastSpec.Builder builder = ForecastSpec.builder("pm2.5")
                .inputs(inputs)
                .season(24)
                .window(24)
                .testRows(testRows)
                .quantiles(List.of());
        ForecastRun hour = ForecastRun.of(set, builder.horizon(1).build(), threads);
        List<ResultRow> rows = new ArrayList<>();
        rows.add(hour.row(
                "beijing-pm25",
                "one-step RMSE, first 8760 h to train, the rest to test, NA = 0; window 24",
                number(hour.rmse()),
                otherSeeds(set, hour.spec()),
                number(ForecastRun.linear(set, hour.spec(), threads).rmse()),
                "LSTM 26.50 (recalled)",
                "last value " + number(hour.naiveRmse("lastValue")) + ", AR(24) 26.55",
                "below 26",
                hour.rmse() < 26));
        ForecastRun day = ForecastRun.of(set, builder.horizon(24).build(), threads);
        ForecastRun linearDay = ForecastRun.linear(set, day.spec(), threads);
        for (int ahead : new int[] {6, 12, 24}) {
            double ours = day.rmseAt(ahead - 1);
            double last = day.persistenceRmseAt(ahead - 1);
            rows.add(day.row(
                    "beijing-pm25",
                    "RMSE " + ahead + " h ahead, one model of 24 h",
                    number(ours),
                    "",
                    number(linearDay.rmseAt(ahead - 1)),
                    "",
                    "last value " + number(last),
                    "a clear gain",
                    ours < 0.95 * last));
        }
        return rows;
    }

    private Series beijingSeries() throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("beijing-pm25").resolve("pollution.csv"));
        List<String> header = List.of(lines.get(0).split(",", -1));
        List<String> numeric = List.of("pm2.5", "DEWP", "TEMP", "PRES", "Iws", "Is", "Ir");
        int rows = lines.size() - 1 - 24;
        Map<String, double[]> columns = new LinkedHashMap<>();
        numeric.forEach(name -> columns.put(name, new double[rows]));
        WINDS.forEach(wind -> columns.put("wind " + wind, new double[rows]));
        for (int row = 0; row < rows; row++) {
            String[] cells = lines.get(row + 25).split(",", -1);
            for (String name : numeric) {
                String cell = cells[header.indexOf(name)];
                values(columns, name)[row] = cell.equals("NA") ? 0 : Double.parseDouble(cell);
            }
            values(columns, "wind " + cells[header.indexOf("cbwd")])[row] = 1;
        }
        return Series.of("beijing", TimeIndex.rows(rows), columns);
    }

    private static double[] values(Map<String, double[]> columns, String name) {
        return Objects.requireNonNull(columns.get(name), name);
    }

    /** All seven columns, one global model for them; z-scored by the training part; 8640, 2880 and 2880 rows. */
    List<ResultRow> electricity(int horizon, int window, double copy, double aim, String published) {
        SeriesSet wide =
                CsvSeriesReader.builder().build().read(data.resolve("ett-h1").resolve("ETTh1.csv.gz"));
        List<Series> list = new ArrayList<>();
        for (String column : wide.columns()) {
            double[] values = Arrays.copyOf(wide.list().get(0).column(column), 14_400);
            double[] training = Arrays.copyOf(values, 8640);
            double mean = Arrays.stream(training).sum() / 8640;
            double variance =
                    Arrays.stream(training).map(v -> (v - mean) * (v - mean)).sum() / 8640;
            double deviation = Math.sqrt(variance);
            double[] scaled =
                    Arrays.stream(values).map(v -> (v - mean) / deviation).toArray();
            TimeIndex time = wide.list().get(0).time().slice(0, 14_400);
            list.add(Series.of(column, time, Map.of("value", scaled)));
        }
        SeriesSet set = new SeriesSet(wide.source(), wide.sha256(), list, List.of());
        ForecastSpec spec = ForecastSpec.builder("value")
                .horizon(horizon)
                .season(24)
                .window(window)
                .testRows(2880)
                .validationRows(2880)
                .refit(false)
                .quantiles(List.of())
                .build();
        ForecastRun run = ForecastRun.of(set, spec, threads);
        double mse = run.rmse() * run.rmse();
        double linear = ForecastRun.linear(set, spec, threads).rmse();
        return List.of(run.row(
                "ett-h1",
                horizon + " h, 7 columns, MSE / MAE, z-scored, 8640/2880/2880; window " + window,
                number(mse) + " / " + number(run.evaluation().metrics().mae()),
                "",
                number(linear * linear),
                published,
                "copy of the last day " + number(copy),
                "below " + number(aim),
                mse < aim));
    }

    /** 359 weekly series, 13 weeks ahead; OWA with Naive2 of season 1, as M4 counts weeks. */
    List<ResultRow> m4Weekly() {
        Path folder = data.resolve("m4-weekly");
        SeriesSet training = new RowSeriesReader().read(folder.resolve("Weekly-train.csv.gz"));
        SeriesSet test = new RowSeriesReader().read(folder.resolve("Weekly-test.csv.gz"));
        List<Series> list = new ArrayList<>();
        for (Series past : training.list()) {
            double[] history = past.column(RowSeriesReader.COLUMN);
            double[] future = test.series(past.name()).column(RowSeriesReader.COLUMN);
            double[] all = Arrays.copyOf(history, history.length + future.length);
            System.arraycopy(future, 0, all, history.length, future.length);
            list.add(Series.of(past.name(), TimeIndex.rows(all.length), Map.of("value", all)));
        }
        SeriesSet set = new SeriesSet(training.source(), training.sha256(), list, List.of());
        ForecastSpec spec = ForecastSpec.builder("value")
                .horizon(13)
                .season(52)
                .window(65)
                .testRows(13)
                .build();
        ForecastRun run = ForecastRun.of(set, spec, threads);
        double owa = owa(run, training);
        int series = run.evaluation().backtests().size();
        return List.of(run.row(
                "m4-weekly",
                "OWA over " + series + " series, 13 weeks; one global model, season 52, window 65",
                number(owa),
                "",
                number(owa(ForecastRun.linear(set, spec, threads), training)),
                "RNN 1.755, Theta .971, Smyl .851",
                "Naive2 1",
                "below 0.930",
                owa < 0.93 && series == training.size()));
    }

    private static double owa(ForecastRun run, SeriesSet training) {
        double[] ours = new double[2];
        double[] naive2 = new double[2];
        for (SeriesBacktest backtest : run.evaluation().backtests()) {
            double[] history = training.series(backtest.series()).column(RowSeriesReader.COLUMN);
            double scale = Metrics.seasonalScale(history, 1);
            double[] actual = backtest.actual(0);
            double[] yardstick = Naive2.forecast(history, 1, actual.length);
            ours[0] += Metrics.smape(actual, backtest.point(0));
            ours[1] += Metrics.mase(actual, backtest.point(0), scale);
            naive2[0] += Metrics.smape(actual, yardstick);
            naive2[1] += Metrics.mase(actual, yardstick, scale);
        }
        return Metrics.owa(ours[0], ours[1], naive2[0], naive2[1]);
    }

    private String otherSeeds(SeriesSet set, ForecastSpec spec) {
        return number(ForecastRun.of(set, spec, threads, 2).rmse()) + ", "
                + number(ForecastRun.of(set, spec, threads, 3).rmse());
    }

    /** A series that nobody can forecast, or hardly: nothing may be claimed that is not there. */
    List<ResultRow> honest(String set, Path file, String column, int horizon, int season, boolean maybeSkill) {
        SeriesSet series =
                CsvSeriesReader.builder().columns(column).keepGaps(true).build().read(data.resolve(file));
        ForecastSpec spec =
                ForecastSpec.builder(column).horizon(horizon).season(season).build();
        ForecastRun run = ForecastRun.of(series, spec, threads);
        boolean claims = run.evaluation().beatsBestNaive();
        boolean better = run.evaluation().metrics().mase()
                < run.naive(run.evaluation().bestNaive()).mase();
        return List.of(run.row(
                set,
                column + ", MASE " + horizon + " ahead, last fifth; " + (claims ? "skill claimed" : "no skill claimed"),
                number(run.evaluation().metrics().mase()),
                "",
                number(ForecastRun.linear(series, spec, threads)
                        .evaluation()
                        .metrics()
                        .mase()),
                "",
                run.evaluation().bestNaive() + " "
                        + number(run.naive(run.evaluation().bestNaive()).mase()),
                "no claim of skill where there is none",
                !claims || (maybeSkill && better)));
    }
}
