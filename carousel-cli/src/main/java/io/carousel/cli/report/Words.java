package io.carousel.cli.report;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Names and numbers as people read them: in reports and in the tables of the command line. */
public final class Words {
    private static final Map<String, String> METHODS = Map.of(
            "network", "Network",
            "lastValue", "Last value",
            "seasonalNaive", "Seasonal naive",
            "drift", "Drift",
            "meanOfSeasonalNaiveAndDrift", "Mean of seasonal naive and drift");

    private static final Map<String, String> METRICS = Map.of(
            "mae", "MAE",
            "rmse", "RMSE",
            "mase", "MASE",
            "smape", "sMAPE",
            "wql", "WQL",
            "owa", "OWA",
            "mse", "MSE");

    private static final Map<String, String> MEANINGS = Map.of(
            "mae", "mean absolute error, in the unit of the series",
            "rmse", "root of the mean squared error, in the unit of the series; large misses weigh more",
            "mase",
                    "mean absolute error divided by that of the (seasonal) last value on the training part; below 1 is better than it",
            "smape", "mean of the error relative to forecast and value, in percent; 0 is perfect, 200 the worst",
            "wql", "weighted quantile loss: how good the whole distribution is, relative to the size of the values",
            "owa", "mean of sMAPE and MASE, each divided by that of the naive method; below 1 is better than it",
            "mse", "mean squared error");

    private Words() {}

    /** The name of a forecasting method, such as {@code Seasonal naive} for {@code seasonalNaive}. */
    public static String method(String name) {
        return METHODS.getOrDefault(name, spaced(name));
    }

    /** The heading of a metric, such as {@code Coverage 80 %} for {@code coverage80}. */
    public static String metric(String name) {
        if (name.startsWith("coverage") && name.length() > 8) {
            return "Coverage " + name.substring(8) + " %";
        }
        return METRICS.getOrDefault(name, spaced(name));
    }

    /** What a metric means, in a sentence without its subject. */
    public static String meaning(String name) {
        if (name.startsWith("coverage") && name.length() > 8) {
            return "part of the values that lay within the " + name.substring(8) + " % interval; best near "
                    + name.substring(8) + " %";
        }
        return MEANINGS.getOrDefault(name, "");
    }

    /** A score with four significant digits, or a percentage for a coverage. */
    public static String score(String metric, double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return metric.startsWith("coverage") ? String.format(Locale.ROOT, "%.1f %%", 100 * value) : number(value);
    }

    /** A number with four significant digits. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        if (size != 0 && (size >= 1e9 || size < 1e-4)) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        int digits = size == 0 ? 0 : (int) Math.floor(Math.log10(size)) + 1;
        return String.format(Locale.ROOT, "%." + Math.max(0, Math.min(6, 4 - digits)) + "f", value);
    }

    /** {@code 1 step}, {@code 12 steps}. */
    public static String count(long n, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", n, thing, n == 1 || thing.equals("series") ? "" : "s");
    }

    /** {@code 12.3 s}. */
    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    /** The middle of some numbers, NaN when there are none. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        if (sorted.length % 2 == 1 || sorted.length == 0) {
            return sorted.length == 0 ? Double.NaN : sorted[half];
        }
        return sorted[half - 1] / 2 + sorted[half] / 2;
    }

    /** Time steps in two or three digits; {@code ∞} for ever. */
    public static String steps(double steps) {
        if (Double.isInfinite(steps)) {
            return "∞";
        }
        return String.format(Locale.ROOT, steps < 9.95 ? "%.2f" : steps < 99.5 ? "%.1f" : "%,.0f", steps);
    }

    /** The least and the most of some numbers of time steps. */
    public static String range(double[] steps) {
        return steps(Arrays.stream(steps).min().orElse(Double.NaN)) + " to "
                + steps(Arrays.stream(steps).max().orElse(Double.NaN));
    }

    private static String spaced(String camelCase) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < camelCase.length(); i++) {
            char c = camelCase.charAt(i);
            if (Character.isUpperCase(c)) {
                words.append(' ');
            }
            words.append(i == 0 ? Character.toUpperCase(c) : Character.toLowerCase(c));
        }
        return words.toString();
    }
}
