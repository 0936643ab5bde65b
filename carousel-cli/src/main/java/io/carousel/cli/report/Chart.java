package io.carousel.cli.report;

import java.util.List;

/**
 * A chart over one axis.
 *
 * @param title what it shows
 * @param summary the same in a sentence, for who cannot see it
 * @param horizontal the axis along the bottom
 * @param verticalLabel what is measured
 * @param height in pixels on a wide page
 * @param half whether it may stand beside another
 * @param scale of what is measured
 * @param views one, or one for each group of the page
 */
public record Chart(
        String title,
        String summary,
        Axis horizontal,
        String verticalLabel,
        int height,
        boolean half,
        Scale scale,
        List<View> views)
        implements ReportData.Part {

    /** Copies the list. */
    public Chart {
        views = List.copyOf(views);
        if (views.isEmpty()) {
            throw new IllegalArgumentException("chart '" + title + "' must have a view, got none");
        }
    }

    /**
     * The axis along the bottom.
     *
     * @param label what it measures
     * @param unit how its numbers read
     * @param aligned whether its chart stands above others over the same positions: their edges are in line, and they zoom
     *     together
     */
    public record Axis(String label, Unit unit, boolean aligned) {
        /** An axis of a chart that stands alone. */
        public Axis(String label, Unit unit) {
            this(label, unit, false);
        }
    }

    /** How what is measured is drawn. */
    public enum Scale {
        /** Evenly. */
        LINEAR,
        /** Evenly, and the reader may switch to a logarithmic scale. */
        CHOICE,
        /** On a logarithmic scale, and the reader may switch to an even one. */
        LOGARITHMIC
    }

    /** How the numbers of an axis read. */
    public enum Unit {
        /** Plain numbers. */
        NUMBER,
        /** Seconds since 1970 in UTC, shown as years. */
        YEAR,
        /** Seconds since 1970 in UTC, shown as months. */
        MONTH,
        /** Seconds since 1970 in UTC, shown as days. */
        DAY,
        /** Seconds since 1970 in UTC, shown as minutes. */
        MINUTE,
        /** Seconds since 1970 in UTC, shown as seconds. */
        SECOND
    }

    /**
     * What a chart shows for one group.
     *
     * @param x positions along the bottom, increasing
     * @param layers drawn in this order; every array of numbers is as long as {@code x}, NaN is nothing
     * @param from first position shown at the start, or NaN for all
     * @param to last position shown at the start, or NaN for all
     */
    public record View(double[] x, List<Layer> layers, double from, double to) {
        /** Checks the lengths. */
        public View {
            layers = List.copyOf(layers);
            for (Layer layer : layers) {
                for (double[] column : layer.columns()) {
                    if (column.length != x.length) {
                        throw new IllegalArgumentException(
                                "layer '" + layer.name() + "' must have " + x.length + " values, got " + column.length);
                    }
                }
                if (layer instanceof Heat heat && heat.values().length != x.length) {
                    throw new IllegalArgumentException("layer '" + layer.name() + "' must have " + x.length
                            + " columns, got " + heat.values().length);
                }
            }
        }

        /** A view that shows all at the start. */
        public static View all(double[] x, List<Layer> layers) {
            return new View(x, layers, Double.NaN, Double.NaN);
        }
    }

    /** Something drawn over the axis. */
    public sealed interface Layer permits Line, Band, Points, Bars, Heat, Level, Mark {
        /** What it is called in the legend. */
        String name();

        /** Its numbers, each parallel to the view's positions. */
        List<double[]> columns();
    }

    /** What a layer is about; it decides the colour. */
    public enum Role {
        /** What was measured. */
        ACTUAL,
        /** What the network says. */
        MODEL,
        /** Another thing of the network's, such as its training beside its validation. */
        SECOND,
        /** What a naive method says; several get several colours. */
        BASELINE
    }

    /**
     * A line through the values.
     *
     * @param name in the legend
     * @param role decides the colour
     * @param values NaN leaves a gap
     * @param shown whether it is drawn at the start
     */
    public record Line(String name, Role role, double[] values, boolean shown) implements Layer {
        @Override
        public List<double[]> columns() {
            return List.of(values);
        }
    }

    /**
     * The area between two lines.
     *
     * @param name in the legend
     * @param strength 0 to 1, how inner it is
     * @param low lower edge
     * @param high upper edge
     */
    public record Band(String name, double strength, double[] low, double[] high) implements Layer {
        @Override
        public List<double[]> columns() {
            return List.of(low, high);
        }
    }

    /**
     * Separate points.
     *
     * @param name in the legend
     * @param role decides the colour
     * @param values NaN for none
     */
    public record Points(String name, Role role, double[] values) implements Layer {
        @Override
        public List<double[]> columns() {
            return List.of(values);
        }
    }

    /**
     * Bars that stand on zero.
     *
     * @param name in the legend
     * @param role decides the colour
     * @param width 0 to 1, the part of a bar's place that it fills
     * @param values NaN for none
     */
    public record Bars(String name, Role role, double width, double[] values) implements Layer {
        @Override
        public List<double[]> columns() {
            return List.of(values);
        }
    }

    /**
     * Numbers as colours, a column for each position and a row for each unit, the first on top; it is the only layer of its
     * chart.
     *
     * <p>The page knows each number to a 254th of the range.
     *
     * @param name what the numbers are
     * @param low the end of the range of colours below; what is lower has its colour
     * @param high the end above
     * @param values by position, then by unit; NaN has no colour
     */
    public record Heat(String name, double low, double high, float[][] values) implements Layer {
        /** Checks the range. */
        public Heat {
            if (!(low < high)) {
                throw new IllegalArgumentException(
                        "range of heat map '" + name + "' must not be empty, got " + low + " to " + high);
            }
        }

        @Override
        public List<double[]> columns() {
            return List.of();
        }

        /** How many rows there are. */
        public int units() {
            return values.length == 0 ? 0 : values[0].length;
        }
    }

    /**
     * A thin line across the chart.
     *
     * @param name said at its end
     * @param value its height
     */
    public record Level(String name, double value) implements Layer {
        @Override
        public List<double[]> columns() {
            return List.of();
        }
    }

    /**
     * A thin line up the chart.
     *
     * @param name said at its top
     * @param at its position
     */
    public record Mark(String name, double at) implements Layer {
        @Override
        public List<double[]> columns() {
            return List.of();
        }
    }
}
