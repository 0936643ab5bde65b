package io.carousel.data;

import java.time.DateTimeException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out how the time stamps of a column are written. */
final class TimeFormats {
    /** Time stamps are short; anything longer is another kind of text. */
    static final int MAX_LENGTH = 64;

    private TimeFormats() {}

    /** The format that a single cell suggests, or null if it is no time stamp. */
    static @Nullable TimeFormat suggestedBy(String cell) {
        if (cell.length() > MAX_LENGTH) {
            return null;
        }
        if (TimeFormat.INTEGERS.matcher(cell).matches()) {
            return simple(TimeFormat.Kind.INTEGER, "", 4);
        }
        Matcher quarter = TimeFormat.QUARTERS.matcher(cell);
        if (quarter.matches()) {
            return simple(TimeFormat.Kind.QUARTER, quarter.group(2), 4);
        }
        Matcher month = TimeFormat.MONTHS.matcher(cell);
        if (month.matches()) {
            return simple(TimeFormat.Kind.MONTH, month.group(2), month.group(1).length());
        }
        TimeFormat date = suggestedDate(cell, TimeFormat.YEAR_FIRST, TimeFormat.Order.YEAR_FIRST);
        return date != null ? date : suggestedDate(cell, TimeFormat.YEAR_LAST, TimeFormat.Order.UNKNOWN);
    }

    private static @Nullable TimeFormat suggestedDate(String cell, Pattern pattern, TimeFormat.Order order) {
        Matcher date = pattern.matcher(cell);
        if (!date.matches()) {
            return null;
        }
        String offset = date.group(10) == null ? "" : date.group(10);
        TimeFormat.Clock clock = TimeFormat.Clock.NONE;
        if (date.group(5) != null) {
            String fraction = date.group(9);
            clock = new TimeFormat.Clock(
                    date.group(5), date.group(8) != null, fraction == null ? 0 : fraction.length());
        }
        TimeFormat.Kind kind = date.group(5) == null ? TimeFormat.Kind.DATE : TimeFormat.Kind.TIME;
        return new TimeFormat(kind, order, date.group(2), 4, true, clock, offset);
    }

    private static TimeFormat simple(TimeFormat.Kind kind, String separator, int yearDigits) {
        return new TimeFormat(
                kind, TimeFormat.Order.YEAR_FIRST, separator, yearDigits, true, TimeFormat.Clock.NONE, "");
    }

    /**
     * The format of a whole column.
     *
     * @return null if the first cell is no time stamp
     * @throws TimeFormatException for the first cell that is written unlike the first, or whose order of day and month
     *     nothing in the column tells
     */
    static @Nullable TimeFormat of(List<String> cells) {
        TimeFormat format = cells.isEmpty() ? null : suggestedBy(cells.get(0));
        if (format == null) {
            return null;
        }
        if (format.kind() == TimeFormat.Kind.INTEGER) {
            return ofIntegers(cells, format);
        }
        String first = cells.get(0);
        boolean padded = format.paddedIn(first);
        int digits = format.yearDigits();
        int fraction = format.clock().fraction();
        for (int i = 1; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (sameShape(first, cell)) {
                continue;
            }
            TimeFormat other = suggestedBy(cell);
            if (other == null || !format.alike(other)) {
                throw new TimeFormatException(
                        i,
                        "has \"" + Texts.shown(cell) + "\", which is no time stamp written like \"" + first
                                + "\"; write all of them in one way");
            }
            padded &= format.paddedIn(cell);
            digits = Math.min(digits, other.yearDigits());
            fraction = Math.max(fraction, other.clock().fraction());
        }
        TimeFormat.Clock clock =
                new TimeFormat.Clock(format.clock().separator(), format.clock().seconds(), fraction);
        TimeFormat.Order order =
                format.order() == TimeFormat.Order.UNKNOWN ? order(cells, format.separator()) : format.order();
        return new TimeFormat(format.kind(), order, format.separator(), digits, padded, clock, format.offset());
    }

    /** Whether two cells have digits at the same places, and between them the same characters. */
    private static boolean sameShape(String first, String cell) {
        if (first.length() != cell.length()) {
            return false;
        }
        for (int i = 0; i < cell.length(); i++) {
            char a = first.charAt(i);
            char b = cell.charAt(i);
            boolean digits = a >= '0' && a <= '9' && b >= '0' && b <= '9';
            if (!digits && a != b) {
                return false;
            }
        }
        return true;
    }

    /** A number above 12 is a day, not a month. */
    private static TimeFormat.Order order(List<String> cells, String separator) {
        int dayFirst = -1;
        int dayLast = -1;
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            int end = cell.indexOf(separator);
            dayFirst = Integer.parseInt(cell.substring(0, end)) > 12 ? i : dayFirst;
            String second = cell.substring(end + 1, cell.indexOf(separator, end + 1));
            dayLast = Integer.parseInt(second) > 12 ? i : dayLast;
        }
        if (dayFirst < 0 == dayLast < 0) {
            int row = Math.max(0, dayFirst);
            throw new TimeFormatException(
                    row,
                    "has \"" + cells.get(row) + "\", and nothing in the column tells whether the day or the month is"
                            + " first; write dates as year-month-day");
        }
        return dayFirst >= 0 ? TimeFormat.Order.DAY_FIRST : TimeFormat.Order.MONTH_FIRST;
    }

    /** Four digits each between 1500 and 2200 are years, eight digits that are dates are dates, the rest an index. */
    private static TimeFormat ofIntegers(List<String> cells, TimeFormat index) {
        boolean years = true;
        boolean dates = true;
        TimeFormat date = simple(TimeFormat.Kind.DATE, "", 4);
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (cell.length() > MAX_LENGTH || !TimeFormat.INTEGERS.matcher(cell).matches()) {
                throw new TimeFormatException(
                        i,
                        "has \"" + Texts.shown(cell) + "\", which is no whole number like \"" + cells.get(0)
                                + "\"; write all of them in one way");
            }
            years &= cell.length() == 4 && cell.compareTo("1500") >= 0 && cell.compareTo("2200") <= 0;
            dates &= cell.length() == 8 && cell.compareTo("15000101") >= 0 && cell.compareTo("22001231") <= 0;
            if (dates) {
                try {
                    date.parse(cell);
                } catch (DateTimeException e) {
                    dates = false;
                }
            }
        }
        return years ? simple(TimeFormat.Kind.YEAR, "", 4) : dates ? date : index;
    }
}
