package io.carousel.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final long DAY = 86_400_000L;
    private static final long NOT_PLAIN = Long.MIN_VALUE;

    static final Pattern INTEGERS = Pattern.compile("-?\\d{1,18}");
    static final Pattern QUARTERS = Pattern.compile("(\\d{4})([- ]?Q)([1-4])");
    static final Pattern MONTHS = Pattern.compile("(\\d{1,4})([-/M])(\\d{1,2})");
    static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})" + TIME);
    static final Pattern YEAR_LAST = Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})" + TIME);

    /** Whether two formats differ in nothing that a reader of the column would notice. */
    boolean alike(TimeFormat other) {
        return kind == other.kind
                && order == other.order
                && separator.equals(other.separator)
                && clock.separator.equals(other.clock.separator)
                && clock.seconds == other.clock.seconds
                && offset.isEmpty() == other.offset.isEmpty();
    }

    /** The same, its stamps in the clock of another offset. */
    TimeFormat withOffset(String other) {
        return new TimeFormat(kind, order, separator, yearDigits, padded, clock, other);
    }

    /** Whether the month and the day of a cell have two digits. */
    boolean paddedIn(String cell) {
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
        long plain = parsePlain(cell);
        if (plain != NOT_PLAIN) {
            return plain;
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

    /** Reads the common form, such as {@code 2016-07-01 00:00:00}, by its fixed places; a tenth of the pattern's time. */
    private long parsePlain(String cell) {
        boolean day = kind == Kind.DATE && cell.length() == 10;
        boolean time = kind == Kind.TIME && cell.length() == (clock.seconds ? 19 : 16);
        if (order != Order.YEAR_FIRST || !offset.isEmpty() || !(day || time)) {
            return NOT_PLAIN;
        }
        String shape = time && clock.seconds ? "0000-00-00 00:00:00" : time ? "0000-00-00 00:00" : "0000-00-00";
        for (int i = 0; i < shape.length(); i++) {
            char c = cell.charAt(i);
            char expected = shape.charAt(i);
            boolean fits = expected == '0'
                    ? c >= '0' && c <= '9'
                    : c == (expected == '-' ? separator.charAt(0) : expected == ' ' ? clock.separator.charAt(0) : ':');
            if (!fits) {
                return NOT_PLAIN;
            }
        }
        long stamp = LocalDate.of(two(cell, 0) * 100 + two(cell, 2), two(cell, 5), two(cell, 8))
                        .toEpochDay()
                * DAY;
        if (!time) {
            return stamp;
        }
        int second = clock.seconds ? two(cell, 17) : 0;
        return stamp + LocalTime.of(two(cell, 11), two(cell, 14), second).toSecondOfDay() * 1000L;
    }

    private static int two(String cell, int at) {
        return (cell.charAt(at) - '0') * 10 + cell.charAt(at + 1) - '0';
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
