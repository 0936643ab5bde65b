package io.carousel.cli.report;

import io.carousel.cli.report.Chart.Band;
import io.carousel.cli.report.Chart.Bars;
import io.carousel.cli.report.Chart.Heat;
import io.carousel.cli.report.Chart.Layer;
import io.carousel.cli.report.Chart.Level;
import io.carousel.cli.report.Chart.Line;
import io.carousel.cli.report.Chart.Mark;
import io.carousel.cli.report.Chart.Points;
import io.carousel.cli.report.Chart.View;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Charts as JSON that may stand inside a {@code <script>} element: {@code <}, {@code >} and {@code &} are escaped.
 *
 * <p>Numbers keep seven significant digits, NaN at either end of a column is left out, evenly spaced positions are given by
 * their start and step: fifty thousand points stay below a megabyte.
 */
final class ChartJson {
    private static final MathContext DIGITS = new MathContext(7, RoundingMode.HALF_EVEN);

    private final StringBuilder json = new StringBuilder();

    private ChartJson() {}

    /** The object that the page's script reads. */
    static String of(List<String> groups, List<Chart> charts) {
        ChartJson writer = new ChartJson();
        writer.json.append("{\"groups\":[");
        for (int i = 0; i < groups.size(); i++) {
            writer.comma(i).text(groups.get(i));
        }
        writer.json.append("],\"charts\":[");
        for (int i = 0; i < charts.size(); i++) {
            writer.comma(i).chart(charts.get(i));
        }
        return writer.json.append("]}").toString();
    }

    private void chart(Chart chart) {
        json.append("\n{\"title\":");
        text(chart.title()).key("x").text(chart.horizontal().label());
        key("unit").text(chart.horizontal().unit().name().toLowerCase(Locale.ROOT));
        key("y").text(chart.verticalLabel());
        key("height").json.append(chart.height());
        key("log").json.append(chart.scale() != Chart.Scale.LINEAR);
        key("logFirst").json.append(chart.scale() == Chart.Scale.LOGARITHMIC);
        key("aligned").json.append(chart.horizontal().aligned());
        key("views").json.append('[');
        for (int i = 0; i < chart.views().size(); i++) {
            comma(i).view(chart.views().get(i));
        }
        json.append("]}");
    }

    private void view(View view) {
        json.append("\n{\"n\":").append(view.x().length);
        key("x").positions(view.x());
        if (!Double.isNaN(view.from()) && !Double.isNaN(view.to())) {
            key("shown").json.append('[').append(exact(view.from())).append(',');
            json.append(exact(view.to())).append(']');
        }
        key("layers").json.append('[');
        for (int i = 0; i < view.layers().size(); i++) {
            comma(i).layer(view.layers().get(i));
        }
        json.append("]}");
    }

    private void layer(Layer layer) {
        json.append("{\"kind\":");
        text(layer.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        key("name").text(layer.name());
        if (layer instanceof Line line) {
            key("role").text(line.role().name().toLowerCase(Locale.ROOT));
            key("hidden").json.append(!line.shown());
        } else if (layer instanceof Points points) {
            key("role").text(points.role().name().toLowerCase(Locale.ROOT));
        } else if (layer instanceof Bars bars) {
            key("role").text(bars.role().name().toLowerCase(Locale.ROOT));
            key("width").json.append(bars.width());
        } else if (layer instanceof Band band) {
            key("strength").json.append(band.strength());
        } else if (layer instanceof Heat heat) {
            key("low").number(heat.low());
            key("high").number(heat.high());
            key("units").json.append(heat.units());
            key("bytes").text(bytes(heat));
        } else if (layer instanceof Level level) {
            key("at").number(level.value());
        } else if (layer instanceof Mark mark) {
            key("at").json.append(exact(mark.at()));
        }
        key("columns").json.append('[');
        for (int i = 0; i < layer.columns().size(); i++) {
            comma(i).column(layer.columns().get(i));
        }
        json.append("]}");
    }

    /** A byte for each number, column by column: 1 to 255 for low to high, 0 for none. */
    private static String bytes(Heat heat) {
        byte[] bytes = new byte[Math.multiplyExact(heat.values().length, heat.units())];
        int at = 0;
        for (float[] column : heat.values()) {
            for (float value : column) {
                double place = (value - heat.low()) / (heat.high() - heat.low());
                bytes[at++] = (byte) (Float.isNaN(value) ? 0 : 1 + Math.round(254 * Math.min(1, Math.max(0, place))));
            }
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** {@code [start, step]} when evenly spaced, else {@code {"at": [...]}}. */
    private void positions(double[] x) {
        boolean even = x.length > 2;
        for (int i = 2; i < x.length && even; i++) {
            even = x[i] == x[0] + i * (x[1] - x[0]);
        }
        if (even) {
            json.append('[')
                    .append(exact(x[0]))
                    .append(',')
                    .append(exact(x[1] - x[0]))
                    .append(']');
            return;
        }
        json.append("{\"at\":[");
        for (int i = 0; i < x.length; i++) {
            comma(i).json.append(exact(x[i]));
        }
        json.append("]}");
    }

    /** {@code [first, values]}: what stands before the first and after the last is nothing. */
    private void column(double[] values) {
        int from = 0;
        int to = values.length;
        while (from < to && !Double.isFinite(values[from])) {
            from++;
        }
        while (to > from && !Double.isFinite(values[to - 1])) {
            to--;
        }
        json.append('[').append(from).append(",[");
        for (int i = from; i < to; i++) {
            comma(i - from).number(values[i]);
        }
        json.append("]]");
    }

    private void number(double value) {
        if (!Double.isFinite(value)) {
            json.append("null");
        } else if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            json.append((long) value);
        } else {
            json.append(new BigDecimal(value).round(DIGITS).stripTrailingZeros());
        }
    }

    private static String exact(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private ChartJson key(String name) {
        json.append(",\"").append(name).append("\":");
        return this;
    }

    private ChartJson comma(int index) {
        if (index > 0) {
            json.append(',');
        }
        return this;
    }

    private ChartJson text(String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean plain = c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
            if (plain || (Character.isLetterOrDigit(c) && !Character.isSurrogate(c))) {
                json.append(c);
            } else {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        json.append('"');
        return this;
    }
}
