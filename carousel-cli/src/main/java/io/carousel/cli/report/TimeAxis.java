package io.carousel.cli.report;

import io.carousel.cli.report.Chart.Axis;
import io.carousel.cli.report.Chart.Unit;
import io.carousel.data.TimeIndex;
import org.jspecify.annotations.Nullable;

/** Time stamps along the bottom of a chart. */
public final class TimeAxis {
    private TimeAxis() {}

    /**
     * The name of the axis.
     *
     * @param column of the time stamps; null where none is named
     */
    public static String label(TimeIndex index, @Nullable String column) {
        return index.rowNumbers() ? "Row" : column == null ? "Time" : column;
    }

    /** An axis that stands above others over the same time. */
    public static Axis aligned(TimeIndex index, @Nullable String column) {
        return new Axis(label(index, column), unit(index), true);
    }

    /** Seconds since 1970, or the number itself. */
    public static double x(TimeIndex index, int row) {
        return index.calendar() ? index.stamp(row) / 1000.0 : index.stamp(row);
    }

    /** How the numbers of {@link #x} read. */
    public static Unit unit(TimeIndex index) {
        if (!index.calendar()) {
            return Unit.NUMBER;
        }
        return switch (index.step().unit()) {
            case INDEX -> Unit.NUMBER;
            case YEAR -> Unit.YEAR;
            case MONTH -> Unit.MONTH;
            case WEEKDAY, DAY -> Unit.DAY;
            case HOUR, MINUTE -> Unit.MINUTE;
            case SECOND, MILLISECOND -> Unit.SECOND;
        };
    }
}
