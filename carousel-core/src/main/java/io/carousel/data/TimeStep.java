package io.carousel.data;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * The distance from one time stamp to the next, aware of the calendar.
 *
 * @param unit the unit
 * @param count how many units
 */
public record TimeStep(Unit unit, long count) {
    /** What a step counts. */
    public enum Unit {
        /** Plain integers: an index, or row numbers. */
        INDEX(1),
        /** Calendar years. */
        YEAR(0),
        /** Calendar months; a series of month ends stays at month ends. */
        MONTH(0),
        /** Monday to Friday, as at a stock exchange. */
        WEEKDAY(0),
        /** Days of 24 hours. */
        DAY(86_400_000L),
        /** Hours. */
        HOUR(3_600_000L),
        /** Minutes. */
        MINUTE(60_000L),
        /** Seconds. */
        SECOND(1_000L),
        /** Milliseconds. */
        MILLISECOND(1L);

        private final long ticks;

        Unit(long ticks) {
            this.ticks = ticks;
        }
    }

    /** Checks that the count is positive. */
    public TimeStep {
        if (count < 1) {
            throw new DataException("a time step must be positive, got " + count);
        }
    }

    /**
     * Season lengths, in steps, that are usual for this step, the usual one first; empty where nothing is usual (years,
     * row numbers).
     */
    public List<Integer> seasonCandidates() {
        switch (unit) {
            case MONTH:
                return 12 % count == 0 && count < 12 ? List.of((int) (12 / count)) : List.of();
            case WEEKDAY:
                return count == 1 ? List.of(5) : List.of();
            case DAY:
                if (count == 7) {
                    return List.of(52);
                }
                return count == 1 ? List.of(7, 365) : List.of();
            case HOUR:
            case MINUTE:
            case SECOND:
            case MILLISECOND:
                return clockSeasons(unit.ticks * count);
            default:
                return List.of();
        }
    }

    private static List<Integer> clockSeasons(long step) {
        long hour = Unit.HOUR.ticks;
        long day = Unit.DAY.ticks;
        if (step >= hour / 60 && step < day && day % step == 0) {
            return List.of((int) (day / step), (int) (7 * day / step));
        }
        if (step < hour / 60 && hour % step == 0 && hour / step <= 100_000) {
            return List.of((int) (hour / step));
        }
        return List.of();
    }

    /** Such as {@code 1 month} or {@code 15 minutes}. */
    @Override
    public String toString() {
        if (unit == Unit.INDEX) {
            return count == 1 ? "1 row" : count + " rows";
        }
        return count + " " + unit.name().toLowerCase(Locale.ROOT) + (count == 1 ? "" : "s");
    }

    /** The stamp {@code steps} steps after {@code stamp}; month steps fall on {@code anchorDay} or the month's last day. */
    long plus(long stamp, long steps, int anchorDay) {
        switch (unit) {
            case YEAR:
                return plusMonths(stamp, Math.multiplyExact(12L, Math.multiplyExact(steps, count)), anchorDay);
            case MONTH:
                return plusMonths(stamp, Math.multiplyExact(steps, count), anchorDay);
            case WEEKDAY:
                return fromWeekdays(weekdays(stamp) + steps * count, stamp);
            default:
                return Math.addExact(stamp, Math.multiplyExact(unit.ticks, Math.multiplyExact(steps, count)));
        }
    }

    /** How many steps lead from {@code from} to {@code to}, or -1 if no whole positive number of them does. */
    long between(long from, long to, int anchorDay) {
        long steps;
        switch (unit) {
            case YEAR:
                steps = (month(to) - month(from)) / (12 * count);
                break;
            case MONTH:
                steps = (month(to) - month(from)) / count;
                break;
            case WEEKDAY:
                steps = (weekdays(to) - weekdays(from)) / count;
                break;
            default:
                steps = (to - from) / (unit.ticks * count);
        }
        return steps > 0 && plus(from, steps, anchorDay) == to ? steps : -1;
    }

    /** The number of the step that a stamp lies in, counted from 1970 or from the index 0: the same in every file. */
    long number(long stamp) {
        switch (unit) {
            case YEAR:
                return Math.floorDiv(month(stamp), 12 * count);
            case MONTH:
                return Math.floorDiv(month(stamp), count);
            case WEEKDAY:
                return Math.floorDiv(weekdays(stamp), count);
            default:
                return Math.floorDiv(stamp, unit.ticks * count);
        }
    }

    static LocalDateTime local(long stamp) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(stamp), ZoneOffset.UTC);
    }

    static long stamp(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    /** Months since year 0. */
    static long month(long stamp) {
        LocalDateTime time = local(stamp);
        return time.getYear() * 12L + time.getMonthValue() - 1;
    }

    private static long plusMonths(long stamp, long months, int anchorDay) {
        LocalDateTime moved = local(stamp).withDayOfMonth(1).plusMonths(months);
        int day = Math.min(anchorDay, moved.toLocalDate().lengthOfMonth());
        return stamp(moved.withDayOfMonth(day));
    }

    /** Weekdays since Monday, 1969-12-29; a weekend counts as the Friday before it. */
    private static long weekdays(long stamp) {
        long day = Math.floorDiv(stamp, Unit.DAY.ticks) + 3;
        return Math.floorDiv(day, 7) * 5 + Math.min(Math.floorMod(day, 7), 4);
    }

    private static long fromWeekdays(long weekdays, long timeOfDay) {
        long day = Math.floorDiv(weekdays, 5) * 7 + Math.floorMod(weekdays, 5) - 3;
        return day * Unit.DAY.ticks + Math.floorMod(timeOfDay, Unit.DAY.ticks);
    }

    static boolean isWeekend(long stamp) {
        DayOfWeek day =
                LocalDate.ofEpochDay(Math.floorDiv(stamp, Unit.DAY.ticks)).getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    }

    /** The largest clock unit that divides {@code ticks} milliseconds. */
    static TimeStep ofMillis(long ticks) {
        for (Unit unit : List.of(Unit.DAY, Unit.HOUR, Unit.MINUTE, Unit.SECOND)) {
            if (ticks % unit.ticks == 0) {
                return new TimeStep(unit, ticks / unit.ticks);
            }
        }
        return new TimeStep(Unit.MILLISECOND, ticks);
    }
}
