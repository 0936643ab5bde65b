package io.carousel.benchmarks.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A small drawing in SVG: measured points over the work, with the line that was stated; both axes start at 0. */
final class Plot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 340;
    private static final int LEFT = 72;
    private static final int RIGHT = 24;
    private static final int TOP = 44;
    private static final int BOTTOM = 52;
    private static final int TICKS = 5;
    private static final List<String> COLORS = List.of("#0a6c8c", "#b3541e");
    private static final String GREY = "#5b626b";

    private final String title;
    private final String across;
    private final String up;
    private final List<Series> all = new ArrayList<>();

    /**
     * Points and a line.
     *
     * @param name for the legend
     * @param slope of the dashed line through {@code (0, start)} that is drawn beside the points
     */
    private record Series(String name, double[] x, double[] y, double start, double slope) {}

    Plot(String title, String across, String up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    /** Adds points, and the line {@code start + slope · x}. */
    Plot add(String name, double[] x, double[] y, double start, double slope) {
        if (all.size() == COLORS.size()) {
            throw new IllegalStateException("a plot must have at most " + COLORS.size() + " series; draw another");
        }
        all.add(new Series(name, x.clone(), y.clone(), start, slope));
        return this;
    }

    /** The file's text. */
    String svg() {
        double right =
                step(all.stream().flatMapToDouble(s -> Arrays.stream(s.x)).max().orElse(1)) * TICKS;
        double top =
                step(all.stream().flatMapToDouble(s -> Arrays.stream(s.y)).max().orElse(1)) * TICKS;
        StringBuilder text = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"system-ui, sans-serif\" font-size=\"13\" role=\"img\" aria-labelledby=\"title\">%n",
                WIDTH, HEIGHT, WIDTH, HEIGHT));
        text.append(format("<title id=\"title\">%s</title>%n", title));
        text.append(format("<rect width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#fcfbf8\"/>%n", WIDTH, HEIGHT));
        axes(text, right, top);
        for (int i = 0; i < all.size(); i++) {
            draw(text, all.get(i), COLORS.get(i), i, right, top);
        }
        return text.append("</svg>\n").toString();
    }

    private void axes(StringBuilder text, double right, double top) {
        text.append(label(LEFT, 22, "start", "#22262b", title));
        for (int tick = 0; tick <= TICKS; tick++) {
            double y = down(top * tick / TICKS, top);
            text.append(format(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#e3e0d8\"/>%n",
                    LEFT, WIDTH - RIGHT, y, y));
            text.append(label(LEFT - 8, y + 4, "end", GREY, number(top * tick / TICKS)));
            double x = right(right * tick / TICKS, right);
            text.append(label(x, HEIGHT - BOTTOM + 20, "middle", GREY, number(right * tick / TICKS)));
        }
        text.append(label((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", GREY, across));
        text.append(format(
                "<text x=\"16\" y=\"%.1f\" text-anchor=\"middle\" fill=\"%s\" transform=\"rotate(-90 16 %.1f)\">%s</text>%n",
                (TOP + HEIGHT - BOTTOM) / 2.0, GREY, (TOP + HEIGHT - BOTTOM) / 2.0, up));
    }

    private static void draw(StringBuilder text, Series series, String color, int place, double right, double top) {
        double end = series.start + series.slope * right;
        double last = end <= top ? right : (top - series.start) / series.slope;
        text.append(format(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-dasharray=\"5 4\"/>%n",
                right(0, right),
                down(series.start, top),
                right(last, right),
                down(series.start + series.slope * last, top),
                color));
        for (int i = 0; i < series.x.length; i++) {
            text.append(format(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>%n",
                    right(series.x[i], right), down(series.y[i], top), color));
        }
        text.append(label(LEFT + 12, TOP + 14 + 18.0 * place, "start", color, series.name));
    }

    private static double right(double x, double most) {
        return LEFT + (WIDTH - LEFT - RIGHT) * x / most;
    }

    private static double down(double y, double most) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * y / most;
    }

    private static String label(double x, double y, String anchor, String color, String words) {
        return format(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n", x, y, anchor, color, words);
    }

    /** A round number, such as 0.2, 50 or 1000, of which {@value #TICKS} reach that far. */
    private static double step(double most) {
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(most / TICKS)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power * TICKS >= most) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? format("%,d", (long) value)
                : format("%.4g", value).replaceAll("0+$", "");
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values).replace("\r\n", "\n");
    }
}
