package io.carousel.cli.report;

import io.carousel.cli.report.Chart.Unit;
import io.carousel.cli.report.ForecastStory.Backtest;
import io.carousel.cli.report.ForecastStory.Interval;
import io.carousel.cli.report.ForecastStory.Losses;
import io.carousel.cli.report.ForecastStory.Scores;
import io.carousel.cli.report.ForecastStory.SeriesStory;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Facts;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Made-up forecasts for looking at the page: monthly, hourly and long, many, and with hostile names. */
final class SampleStories {
    private SampleStories() {}

    /** One monthly series with a trend and a season since 1958, as a first user has it. */
    static ForecastStory monthly() {
        return story(
                "co2",
                "examples/co2.csv (741 rows)",
                Unit.MONTH,
                24,
                List.of(series("co2", monthsSince(1958, 741 + 24), 741, 24, 12, 7)),
                true);
    }

    /** Fifty thousand hours of one series. */
    static ForecastStory hourly() {
        int length = 50_000 + 24;
        double[] time = new double[length];
        Arrays.setAll(time, i -> 1_467_331_200.0 + 3600.0 * i);
        return story(
                "OT",
                "hours.csv (50,000 rows)",
                Unit.MINUTE,
                24,
                List.of(series("OT", time, 50_000, 24, 24, 3)),
                false);
    }

    /** Many series in one file, of different lengths. */
    static ForecastStory many(int count) {
        List<SeriesStory> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int past = 200 + 7 * (i % 30);
            double[] time = new double[past + 13];
            Arrays.setAll(time, k -> k + 1);
            all.add(series("W" + (i + 1), time, past, 13, 13, i));
        }
        return story("value", "weekly.csv", Unit.NUMBER, 13, all, true);
    }

    /** Names that try to break out of every place where they stand. */
    static ForecastStory hostile() {
        String name =
                "</script><script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">'\"&\u2028";
        double[] time = monthsSince(2000, 130);
        return story(
                name,
                name,
                Unit.MONTH,
                10,
                List.of(series(name, time, 120, 10, 12, 1), series(name + "2", time, 120, 10, 12, 2)),
                true);
    }

    private static double[] monthsSince(int year, int count) {
        double[] time = new double[count];
        LocalDate first = LocalDate.of(year, 3, 1);
        Arrays.setAll(time, i -> first.plusMonths(i).atStartOfDay().toEpochSecond(ZoneOffset.UTC));
        return time;
    }

    private static SeriesStory series(String name, double[] time, int past, int horizon, int season, long seed) {
        Random random = new Random(seed);
        double[] truth = new double[time.length];
        double noise = 0;
        for (int i = 0; i < truth.length; i++) {
            noise = 0.7 * noise + 0.4 * random.nextGaussian();
            truth[i] = 315 + 90.0 * i / truth.length + 3 * Math.sin(2 * Math.PI * i / season) + noise;
        }
        double[] forecast = Arrays.copyOfRange(truth, past, past + horizon);
        int tested = Math.min(past / 5, 6 * horizon * 4) / horizon * horizon;
        double[] actual = Arrays.copyOfRange(truth, past - tested, past);
        double[] network = new double[tested];
        double[] last = new double[tested];
        double[] seasonal = new double[tested];
        double[] drift = new double[tested];
        for (int i = 0; i < tested; i++) {
            int origin = past - tested + i / horizon * horizon - 1;
            int at = past - tested + i;
            network[i] = truth[at] + 0.5 * random.nextGaussian();
            last[i] = truth[origin];
            seasonal[i] = truth[at - (int) (Math.ceil((at - origin) / (double) season) * season)];
            drift[i] = truth[origin] + (at - origin) * 90.0 / truth.length;
        }
        Map<String, double[]> baselines = new LinkedHashMap<>();
        baselines.put("lastValue", last);
        baselines.put("seasonalNaive", seasonal);
        baselines.put("drift", drift);
        Backtest backtest = new Backtest(
                Arrays.copyOfRange(time, past - tested, past),
                actual,
                network,
                List.of(interval(network, 0.8, 0.9, 0)),
                baselines);
        return new SeriesStory(
                name,
                time,
                Arrays.copyOf(truth, past),
                forecast,
                List.of(interval(forecast, 0.95, 1.2, 0.12), interval(forecast, 0.8, 0.7, 0.08)),
                time[past - tested],
                backtest);
    }

    private static Interval interval(double[] middle, double level, double width, double growth) {
        double[] low = new double[middle.length];
        double[] high = new double[middle.length];
        for (int i = 0; i < middle.length; i++) {
            low[i] = middle[i] - width - growth * i;
            high[i] = middle[i] + width + growth * i;
        }
        return new Interval(level, low, high);
    }

    private static ForecastStory story(
            String target, String source, Unit unit, int horizon, List<SeriesStory> series, boolean better) {
        Map<String, Double> network = scores(0.62, better ? 0.41 : 1.13);
        network.put("coverage80", 0.783);
        Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
        baselines.put("lastValue", scores(2.31, 1.73));
        baselines.put("seasonalNaive", scores(1.02, 0.87));
        baselines.put("drift", scores(2.11, 1.62));
        baselines.put("meanOfSeasonalNaiveAndDrift", scores(1.33, 1.01));
        Map<String, double[]> byStep = new LinkedHashMap<>();
        for (String name : List.of("network", "lastValue", "seasonalNaive", "drift")) {
            double[] errors = new double[horizon];
            Arrays.setAll(errors, i -> (name.length() % 5 + 1) * 0.2 * (1 + Math.sqrt(i) / 3));
            byStep.put(name, errors);
        }
        double[] training = new double[60];
        double[] validation = new double[60];
        Arrays.setAll(training, i -> 0.08 + Math.exp(-i / 9.0));
        Arrays.setAll(validation, i -> 0.12 + Math.exp(-i / 7.0) + 0.0009 * Math.max(0, i - 40) + 0.01 * Math.sin(i));
        return new ForecastStory(
                target,
                source,
                horizon,
                "Time",
                unit,
                series,
                new Scores(
                        124,
                        network,
                        baselines,
                        better,
                        "seasonalNaive",
                        "mase",
                        better
                                ? "The network beats the best naive method, seasonal naive: MASE 0.41 against 0.87."
                                : "The network does not beat the best naive method, seasonal naive: MASE 1.13 against 0.87.",
                        byStep),
                List.of(
                        new Losses("member 1", training, validation, 42),
                        new Losses("member 2", validation, training, 60)),
                List.of(
                        new Facts(
                                "Choices",
                                List.of(
                                        new Fact("Target", target),
                                        new Fact("Window", "48 steps"),
                                        new Fact(
                                                "Transformations",
                                                "difference, then standardised; chosen on the validation part"))),
                        new Facts(
                                "Origin",
                                List.of(
                                        new Fact("Data", source),
                                        new Fact("SHA-256", "2f6f0e5a".repeat(8)),
                                        new Fact("Seed", "1"),
                                        new Fact(
                                                "Made by",
                                                "Carousel 0.1.0, Java 17.0.15, vectors of 512 bits, 2 threads, 21.4 s")))),
                "Made by Carousel 0.1.0. This file loads nothing from the network.");
    }

    private static Map<String, Double> scores(double mae, double mase) {
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put("mae", mae);
        scores.put("rmse", mae * 1.27);
        scores.put("mase", mase);
        scores.put("smape", mae * 0.11);
        scores.put("wql", mae * 0.0021);
        return scores;
    }

    /** Writes the samples into a folder, for looking at them in a browser. */
    public static void main(String... folder) throws java.io.IOException {
        java.nio.file.Path target = java.nio.file.Path.of(folder[0]);
        for (var sample : Map.of("monthly", monthly(), "hourly", hourly(), "many", many(60), "hostile", hostile())
                .entrySet()) {
            java.nio.file.Files.writeString(
                    target.resolve(sample.getKey() + ".html"), HtmlReport.of(ForecastReport.of(sample.getValue())));
        }
    }
}
