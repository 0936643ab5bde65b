package io.carousel.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The time stamps of a series, strictly ascending, and the step between them.
 *
 * <p>Stamps are read and printed in the file's own format. Immutable and safe for any number of threads.
 */
public final class TimeIndex {
    private static final TimeFormat INTEGERS = new TimeFormat(
            TimeFormat.Kind.INTEGER, TimeFormat.Order.YEAR_FIRST, "", 4, true, TimeFormat.Clock.NONE, "");

    /** Friday to Monday, in milliseconds. */
    private static final long WEEKEND = 3 * 86_400_000L;

    private final long[] stamps;
    private final TimeFormat format;
    private final TimeStep step;
    private final int anchorDay;
    private final boolean rowNumbers;
    private final List<Gap> gaps;

    private TimeIndex(long[] stamps, TimeFormat format, TimeStep step, int anchorDay, boolean rowNumbers) {
        this.stamps = stamps;
        this.format = format;
        this.step = step;
        this.anchorDay = anchorDay;
        this.rowNumbers = rowNumbers;
        this.gaps = List.copyOf(findGaps());
    }

    /** Row numbers 1 to {@code length}, for a series that has no time stamps. */
    public static TimeIndex rows(int length) {
        long[] stamps = new long[length];
        Arrays.setAll(stamps, i -> i + 1L);
        return new TimeIndex(stamps, INTEGERS, new TimeStep(TimeStep.Unit.INDEX, 1), 1, true);
    }

    /**
     * Reads time stamps that are all written in one way, and detects the step.
     *
     * @throws DataException if a cell is no time stamp or not after the one before; it names the row, from 1
     */
    public static TimeIndex of(List<String> cells) {
        try {
            TimeFormat format = TimeFormats.of(cells);
            if (format == null) {
                throw new TimeFormatException(
                        0,
                        cells.isEmpty()
                                ? "is missing"
                                : "has \"" + Texts.shown(cells.get(0)) + "\", which is no time stamp");
            }
            long[] stamps = new long[cells.size()];
            for (int i = 0; i < stamps.length; i++) {
                stamps[i] = parse(format, cells.get(i), i);
                if (i > 0 && stamps[i] <= stamps[i - 1]) {
                    throw new TimeFormatException(
                            i, "has " + cells.get(i) + ", which is not after " + cells.get(i - 1));
                }
            }
            return of(stamps, format, null);
        } catch (TimeFormatException e) {
            throw new DataException("row " + (e.row() + 1) + " of the time stamps " + e.getMessage(), e);
        }
    }

    static long parse(TimeFormat format, String cell, int row) {
        try {
            return format.parse(cell);
        } catch (DateTimeException | NumberFormatException e) {
            throw new TimeFormatException(
                    row, "has \"" + Texts.shown(cell) + "\", which names no day or time that exists; correct it");
        }
    }

    /** An index over ascending stamps; the step is detected unless it is given. */
    static TimeIndex of(long[] stamps, TimeFormat format, @Nullable TimeStep step) {
        int anchor = anchorDay(stamps);
        return new TimeIndex(stamps, format, step == null ? detect(stamps, format) : step, anchor, false);
    }

    /** How many stamps there are. */
    public int length() {
        return stamps.length;
    }

    /** The stamp of a row, printed in the format of the file. */
    public String label(int row) {
        return format.print(stamps[row]);
    }

    /** All stamps, printed in the format of the file. */
    public List<String> labels() {
        List<String> labels = new ArrayList<>(stamps.length);
        for (long stamp : stamps) {
            labels.add(format.print(stamp));
        }
        return labels;
    }

    /** Milliseconds since 1970-01-01 in the local time of the file; of an integer index, the number itself. */
    public long stamp(int row) {
        return stamps[row];
    }

    /**
     * The stamp that a text names, such as one from another file: written as those of this index, or with the year first.
     *
     * @throws DataException if it is no such time stamp, or names only the day where those of this index name the time
     */
    public long stampOf(String text) {
        TimeFormat written = TimeFormats.suggestedBy(text);
        try {
            if (written != null && comparable(written)) {
                boolean yearFirst = calendar()
                        && written.order() == TimeFormat.Order.YEAR_FIRST
                        && (written.kind() == TimeFormat.Kind.DATE || written.kind() == TimeFormat.Kind.TIME);
                return (yearFirst ? written.withOffset(format.offset()) : format).parse(text);
            }
        } catch (DateTimeException none) {
            // said below
        }
        throw new DataException("time stamp must "
                + (rowNumbers
                        ? "be the number of an event, from 1"
                        : "name a day or time that exists and be written like \"" + format.print(stamps[0]) + "\"")
                + ", got \"" + Texts.shown(text) + "\"; correct it");
    }

    /** Whether stamps of another format are as precise as those of this index, and of one clock. */
    private boolean comparable(TimeFormat other) {
        boolean day = other.kind() != TimeFormat.Kind.TIME;
        return day
                ? format.kind() != TimeFormat.Kind.TIME
                : other.offset().isEmpty() == format.offset().isEmpty();
    }

    /** The number of the step that a row lies in, counted from 1970 (integers: from 0), so that it is the same in every file. */
    public long stepNumber(int row) {
        return step.number(stamps[row]);
    }

    /** Whether these are only row numbers, because the file has no time column. */
    public boolean rowNumbers() {
        return rowNumbers;
    }

    /** Whether stamps are points in the calendar, not numbers. */
    public boolean calendar() {
        return format.kind() != TimeFormat.Kind.INTEGER;
    }

    /** The most frequent distance between neighbours; one row or one day where there is only one stamp. */
    public TimeStep step() {
        return step;
    }

    /** Whether every stamp is one step after the one before. */
    public boolean regular() {
        return gaps.isEmpty();
    }

    /** The places where the index does not go on by one step. */
    public List<Gap> gaps() {
        return gaps;
    }

    /** Usual season lengths for the step, in steps, the usual one first; may be empty. */
    public List<Integer> seasonCandidates() {
        return step.seasonCandidates();
    }

    /** The {@code count} stamps after the last one, printed in the format of the file. */
    public List<String> next(int count) {
        List<String> labels = new ArrayList<>(count);
        for (long stamp : nextStamps(count)) {
            labels.add(format.print(stamp));
        }
        return labels;
    }

    private long[] nextStamps(int count) {
        if (stamps.length == 0) {
            throw new DataException("an empty time index has no next stamp");
        }
        long last = stamps[stamps.length - 1];
        long[] next = new long[count];
        Arrays.setAll(next, i -> step.plus(last, i + 1L, anchorDay));
        return next;
    }

    /** The rows from {@code from} to before {@code to}, with the same step. */
    public TimeIndex slice(int from, int to) {
        return new TimeIndex(Arrays.copyOfRange(stamps, from, to), format, step, anchorDay, rowNumbers);
    }

    /** This index and the {@code count} stamps after it. */
    public TimeIndex extended(int count) {
        long[] all = Arrays.copyOf(stamps, stamps.length + count);
        System.arraycopy(nextStamps(count), 0, all, stamps.length, count);
        return new TimeIndex(all, format, step, anchorDay, rowNumbers);
    }

    /** The row of a stamp, or -1. */
    int rowOf(long stamp) {
        int row = Arrays.binarySearch(stamps, stamp);
        return row < 0 ? -1 : row;
    }

    /** This index with the stamps that its gaps leave out; every gap must be on the grid. */
    TimeIndex withoutGaps() {
        long added = 0;
        for (Gap gap : gaps) {
            added += gap.missing();
        }
        long[] all = new long[Math.toIntExact(stamps.length + added)];
        Arrays.setAll(all, i -> step.plus(stamps[0], i, anchorDay));
        return new TimeIndex(all, format, step, anchorDay, rowNumbers);
    }

    private List<Gap> findGaps() {
        List<Gap> found = new ArrayList<>();
        for (int i = 1; i < stamps.length; i++) {
            long steps = step.between(stamps[i - 1], stamps[i], anchorDay);
            if (steps != 1) {
                found.add(new Gap(i, label(i - 1), label(i), steps < 0 ? -1 : steps - 1));
            }
        }
        return found;
    }

    private static int anchorDay(long[] stamps) {
        int day = 0;
        boolean ends = true;
        boolean same = true;
        for (long stamp : stamps) {
            LocalDate date = TimeStep.local(stamp).toLocalDate();
            same &= day == 0 || day == date.getDayOfMonth();
            day = Math.max(day, date.getDayOfMonth());
            ends &= date.getDayOfMonth() == date.lengthOfMonth();
        }
        return ends && !same ? 31 : Math.max(day, 1);
    }

    private static TimeStep detect(long[] stamps, TimeFormat format) {
        switch (format.kind()) {
            case INTEGER:
                return new TimeStep(TimeStep.Unit.INDEX, stamps.length < 2 ? 1 : mode(stamps, false));
            case YEAR:
                return new TimeStep(TimeStep.Unit.YEAR, stamps.length < 2 ? 1 : mode(stamps, true) / 12);
            case QUARTER:
                return new TimeStep(TimeStep.Unit.MONTH, stamps.length < 2 ? 3 : mode(stamps, true));
            case MONTH:
                return new TimeStep(TimeStep.Unit.MONTH, stamps.length < 2 ? 1 : mode(stamps, true));
            default:
                return stamps.length < 2 ? new TimeStep(TimeStep.Unit.DAY, 1) : detectDates(stamps);
        }
    }

    private static TimeStep detectDates(long[] stamps) {
        if (onOneDayOfTheMonth(stamps)) {
            long months = mode(stamps, true);
            return months % 12 == 0
                    ? new TimeStep(TimeStep.Unit.YEAR, months / 12)
                    : new TimeStep(TimeStep.Unit.MONTH, months);
        }
        TimeStep step = TimeStep.ofMillis(mode(stamps, false));
        if (step.unit() == TimeStep.Unit.DAY && step.count() == 1 && skipsWeekends(stamps)) {
            return new TimeStep(TimeStep.Unit.WEEKDAY, 1);
        }
        return step;
    }

    private static boolean onOneDayOfTheMonth(long[] stamps) {
        int anchor = anchorDay(stamps);
        TimeStep month = new TimeStep(TimeStep.Unit.MONTH, 1);
        for (int i = 0; i < stamps.length; i++) {
            if (month.plus(stamps[i], 0, anchor) != stamps[i]) {
                return false;
            }
            if (i > 0 && TimeStep.month(stamps[i]) == TimeStep.month(stamps[i - 1])) {
                return false;
            }
        }
        return true;
    }

    private static boolean skipsWeekends(long[] stamps) {
        boolean crossed = false;
        for (int i = 0; i < stamps.length; i++) {
            if (TimeStep.isWeekend(stamps[i])) {
                return false;
            }
            crossed |= i > 0 && stamps[i] - stamps[i - 1] == WEEKEND;
        }
        return crossed;
    }

    /** The most frequent difference of neighbours, the smallest of several. */
    private static long mode(long[] stamps, boolean months) {
        Map<Long, Integer> counts = new HashMap<>();
        for (int i = 1; i < stamps.length; i++) {
            long difference =
                    months ? TimeStep.month(stamps[i]) - TimeStep.month(stamps[i - 1]) : stamps[i] - stamps[i - 1];
            counts.merge(difference, 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .min(Map.Entry.<Long, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
    }
}
