package io.carousel.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the time stamps of one column are written: reads them, and prints new ones alike.
 *
 * @param kind what a stamp names
 * @param order of the parts of a date
 * @param separator between the parts of a date, may be empty
 * @param yearDigits how many digits a year has at least
 * @param padded whether a month below 10 has a leading zero
 * @param clock how the time of day is written
 * @param offset the offset of the first stamp as it was written, such as {@code Z} or {@code +01:00}, or empty
 */
record TimeFormat(
        Kind kind, Order order, String separator, int yearDigits, boolean padded, Clock clock, String offset) {
    /** What a stamp names. */
    enum Kind {
        INTEGER,
        YEAR,
        QUARTER,
        MONTH,
        DATE,
        TIME
    }

    /** The order of year, month and day. */
    enum Order {
        YEAR_FIRST,
        MONTH_FIRST,
        DAY_FIRST,
        UNKNOWN
    }

    /**
     * How the time of day is written.
     *
     * @param separator between date and time
     * @param seconds whether seconds are written
     * @param fraction digits after the seconds
     */
    record Clock(String separator, boolean seconds, int fraction) {
        static final Clock NONE = new Clock("", false, 0);
    }

    private static final String TIME =
            "(?:([T ])(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)? ?(Z|[+-]\\d{2}(?::?\\d{2})?)?)?";
    private static final Pattern INTEGERS = Pattern.compile("-?\\d{1,18}");
    private static final Pattern QUARTERS = Pattern.compile("(\\d{4})([- ]?Q)([1-4])");
    private static final Pattern MONTHS = Pattern.compile("(\\d{1,4})([-/M])(\\d{1,2})");
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})" + TIME);
    private static final Pattern YEAR_LAST = Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})" + TIME);

    /** The format that a single cell suggests, or null if it is no time stamp. */
    static @Nullable TimeFormat suggestedBy(String cell) {
        if (INTEGERS.matcher(cell).matches()) {
            return new TimeFormat(Kind.INTEGER, Order.YEAR_FIRST, "", 4, true, Clock.NONE, "");
        }
        Matcher quarter = QUARTERS.matcher(cell);
        if (quarter.matches()) {
            return new TimeFormat(Kind.QUARTER, Order.YEAR_FIRST, quarter.group(2), 4, true, Clock.NONE, "");
        }
        Matcher month = MONTHS.matcher(cell);
        if (month.matches()) {
            return new TimeFormat(
                    Kind.MONTH, Order.YEAR_FIRST, month.group(2), month.group(1).length(), true, Clock.NONE, "");
        }
        Matcher date = YEAR_FIRST.matcher(cell);
        Order order = Order.YEAR_FIRST;
        if (!date.matches()) {
            date = YEAR_LAST.matcher(cell);
            order = Order.UNKNOWN;
            if (!date.matches()) {
                return null;
            }
        }
        String offset = date.group(10) == null ? "" : date.group(10);
        return new TimeFormat(
                date.group(5) == null ? Kind.DATE : Kind.TIME, order, date.group(2), 4, true, clockOf(date), offset);
    }

    private static Clock clockOf(Matcher date) {
        if (date.group(5) == null) {
            return Clock.NONE;
        }
        String fraction = date.group(9);
        return new Clock(date.group(5), date.group(8) != null, fraction == null ? 0 : fraction.length());
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
        if (format.kind == Kind.INTEGER) {
            return ofIntegers(cells, format);
        }
        boolean padded = true;
        int digits = format.yearDigits;
        int beyondTwelveFirst = -1;
        int beyondTwelveSecond = -1;
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            TimeFormat other = suggestedBy(cell);
            if (other == null || !format.alike(other)) {
                throw new TimeFormatException(
                        i,
                        "has \"" + cell + "\", which is no time stamp written like \"" + cells.get(0)
                                + "\"; write all of them in one way");
            }
            padded &= format.paddedIn(cell);
            digits = Math.min(digits, other.yearDigits);
            if (format.order == Order.UNKNOWN) {
                Matcher date = YEAR_LAST.matcher(cell);
                if (date.matches()) {
                    beyondTwelveFirst = Integer.parseInt(date.group(1)) > 12 ? i : beyondTwelveFirst;
                    beyondTwelveSecond = Integer.parseInt(date.group(3)) > 12 ? i : beyondTwelveSecond;
                }
            }
        }
        Order order = format.order;
        if (order == Order.UNKNOWN) {
            if (beyondTwelveFirst < 0 == beyondTwelveSecond < 0) {
                throw new TimeFormatException(
                        Math.max(0, beyondTwelveFirst),
                        "has \""
                                + cells.get(Math.max(0, beyondTwelveFirst))
                                + "\", and nothing in the column tells whether the day or the month is first;"
                                + " write dates as year-month-day");
            }
            order = beyondTwelveFirst >= 0 ? Order.DAY_FIRST : Order.MONTH_FIRST;
        }
        return new TimeFormat(format.kind, order, format.separator, digits, padded, format.clock, format.offset);
    }

    /** Four digits each between 1500 and 2200 are years, eight digits that are dates are dates, the rest an index. */
    private static TimeFormat ofIntegers(List<String> cells, TimeFormat index) {
        boolean years = true;
        boolean dates = true;
        TimeFormat date = new TimeFormat(Kind.DATE, Order.YEAR_FIRST, "", 4, true, Clock.NONE, "");
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (!INTEGERS.matcher(cell).matches()) {
                throw new TimeFormatException(
                        i,
                        "has \"" + cell + "\", which is no whole number like \"" + cells.get(0)
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
        if (years) {
            return new TimeFormat(Kind.YEAR, Order.YEAR_FIRST, "", 4, true, Clock.NONE, "");
        }
        return dates ? date : index;
    }

    private boolean alike(TimeFormat other) {
        return kind == other.kind
                && order == other.order
                && separator.equals(other.separator)
                && clock.separator.equals(other.clock.separator)
                && clock.seconds == other.clock.seconds
                && offset.isEmpty() == other.offset.isEmpty();
    }

    private boolean paddedIn(String cell) {
        Pattern pattern = kind == Kind.MONTH ? MONTHS : order == Order.YEAR_FIRST ? YEAR_FIRST : YEAR_LAST;
        Matcher matcher = pattern.matcher(cell);
        if (kind == Kind.QUARTER || !matcher.matches()) {
            return true;
        }
        int day = kind == Kind.MONTH ? 3 : order == Order.YEAR_FIRST ? 4 : 1;
        return matcher.group(3).length() == 2 && matcher.group(day).length() == 2;
    }

    /**
     * The stamp of a cell: milliseconds since 1970 for what the calendar knows, the number itself for an integer.
     *
     * @throws DateTimeException if the cell is not written in this format, or names a day that does not exist
     */
    long parse(String cell) {
        switch (kind) {
            case INTEGER:
                return parseInteger(cell);
            case YEAR:
                return TimeStep.stamp(
                        LocalDate.of((int) parseInteger(cell), 1, 1).atStartOfDay());
            case QUARTER: {
                Matcher m = matched(QUARTERS, cell);
                return date(m.group(1), Integer.toString(Integer.parseInt(m.group(3)) * 3 - 2), "1");
            }
            case MONTH: {
                Matcher m = matched(MONTHS, cell);
                return date(m.group(1), m.group(3), "1");
            }
            default:
                return parseDate(cell);
        }
    }

    private static long parseInteger(String cell) {
        if (!INTEGERS.matcher(cell).matches()) {
            throw new DateTimeException("no whole number");
        }
        return Long.parseLong(cell);
    }

    private long parseDate(String cell) {
        if (separator.isEmpty()) {
            parseInteger(cell);
            if (cell.length() != 8) {
                throw new DateTimeException("not eight digits");
            }
            return date(cell.substring(0, 4), cell.substring(4, 6), cell.substring(6));
        }
        Matcher m = matched(order == Order.YEAR_FIRST ? YEAR_FIRST : YEAR_LAST, cell);
        long day;
        switch (order) {
            case YEAR_FIRST:
                day = date(m.group(1), m.group(3), m.group(4));
                break;
            case DAY_FIRST:
                day = date(m.group(4), m.group(3), m.group(1));
                break;
            default:
                day = date(m.group(4), m.group(1), m.group(3));
        }
        if (m.group(5) == null) {
            return day;
        }
        return day + timeOfDay(m) - (offset.isEmpty() ? 0 : offsetMillis(m.group(10)) - offsetMillis(offset));
    }

    private static long timeOfDay(Matcher m) {
        int hour = Integer.parseInt(m.group(6));
        int minute = Integer.parseInt(m.group(7));
        int second = m.group(8) == null ? 0 : Integer.parseInt(m.group(8));
        if (hour > 23 || minute > 59 || second > 59) {
            throw new DateTimeException("no time of day");
        }
        String fraction = m.group(9) == null ? "" : m.group(9);
        if (fraction.length() > 3 && !fraction.substring(3).matches("0*")) {
            throw new DateTimeException("finer than milliseconds");
        }
        int millis = Integer.parseInt((fraction + "000").substring(0, 3));
        return ((hour * 60L + minute) * 60 + second) * 1000 + millis;
    }

    private static long offsetMillis(String offset) {
        return ZoneOffset.of(offset).getTotalSeconds() * 1000L;
    }

    private static Matcher matched(Pattern pattern, String cell) {
        Matcher matcher = pattern.matcher(cell);
        if (!matcher.matches()) {
            throw new DateTimeException("written otherwise");
        }
        return matcher;
    }

    private static long date(String year, String month, String day) {
        return TimeStep.stamp(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day))
                .atStartOfDay());
    }

    /** Writes a stamp the way the column writes them. */
    String print(long stamp) {
        if (kind == Kind.INTEGER) {
            return Long.toString(stamp);
        }
        LocalDateTime time = TimeStep.local(stamp);
        String month = padded ? String.format(Locale.ROOT, "%02d", time.getMonthValue()) : "" + time.getMonthValue();
        String day = padded ? String.format(Locale.ROOT, "%02d", time.getDayOfMonth()) : "" + time.getDayOfMonth();
        String year = String.format(Locale.ROOT, "%0" + yearDigits + "d", time.getYear());
        switch (kind) {
            case YEAR:
                return year;
            case QUARTER:
                return year + separator + (time.getMonthValue() + 2) / 3;
            case MONTH:
                return year + separator + month;
            default:
                String date = order == Order.YEAR_FIRST
                        ? year + separator + month + separator + day
                        : (order == Order.DAY_FIRST ? day + separator + month : month + separator + day)
                                + separator
                                + year;
                return kind == Kind.DATE ? date : date + clock.separator + printClock(time) + offset;
        }
    }

    @SuppressWarnings("JavaLocalDateTimeGetNano") // the seconds are printed just before
    private String printClock(LocalDateTime time) {
        String text = String.format(Locale.ROOT, "%02d:%02d", time.getHour(), time.getMinute());
        if (clock.seconds) {
            text += String.format(Locale.ROOT, ":%02d", time.getSecond());
        }
        if (clock.fraction > 0) {
            String digits = String.format(Locale.ROOT, "%09d", time.getNano());
            text += "." + digits.substring(0, clock.fraction);
        }
        return text;
    }
}
