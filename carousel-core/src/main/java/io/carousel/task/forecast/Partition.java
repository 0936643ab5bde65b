package io.carousel.task.forecast;

import io.carousel.data.DataException;
import io.carousel.data.Series;
import java.util.ArrayList;
import java.util.List;

/** Cuts series into a training, a validation and a test part, and decides season and window by the rows that are there. */
final class Partition {
    private static final int FEWEST_WINDOWS = 4;
    private static final int LONGEST_SEASONAL_WINDOW = 168;
    private static final int USUAL_WINDOW = 24;
    private static final int LONG_SEASON_WINDOW = 60;

    private final ForecastSpec spec;
    private final List<Series> series;
    private final List<SeriesSplit> splits;
    private final int season;
    private final int window;

    Partition(List<Series> series, List<TargetSeries> targets, ForecastSpec spec) {
        this.spec = spec;
        this.series = series;
        this.splits = targets.stream().map(this::split).toList();
        int longest = splits.stream().mapToInt(SeriesSplit::testFrom).max().orElse(0);
        this.season = spec.season() > 0 ? spec.season() : usualSeason(targets.get(0), longest);
        this.window = spec.window() > 0 ? spec.window() : usualWindow();
        requireRows();
    }

    private SeriesSplit split(TargetSeries target) {
        int rows = target.rows();
        int test = spec.testRows() >= 0 ? spec.testRows() : Math.max(spec.horizon(), rows / 5);
        int testFrom = Math.max(0, rows - test);
        int validation = spec.validationRows() >= 0 ? spec.validationRows() : Math.max(spec.horizon(), testFrom / 5);
        int validationFrom = Math.max(0, testFrom - validation);
        boolean any = testFrom > 0;
        return new SeriesSplit(
                target.name(),
                rows,
                validationFrom,
                testFrom,
                any ? target.time().label(testFrom - 1) : "",
                any ? target.time().stamp(testFrom - 1) : Long.MIN_VALUE);
    }

    /** The first usual season of the time step that the longest training part holds three times; else none. */
    private static int usualSeason(TargetSeries target, int rows) {
        for (int candidate : target.time().seasonCandidates()) {
            if (3L * candidate <= rows) {
                return candidate;
            }
        }
        return 1;
    }

    /** Two seasons up to 24 rows, one season up to a week of hours, else 60 rows; less where the series are short. */
    private int usualWindow() {
        int usual = season > LONGEST_SEASONAL_WINDOW
                ? LONG_SEASON_WINDOW
                : season > 1 ? Math.max(season, Math.min(2 * season, USUAL_WINDOW)) : USUAL_WINDOW;
        int shortest = Integer.MAX_VALUE;
        for (SeriesSplit split : splits) {
            shortest = Math.min(shortest, (split.validationFrom() - spec.steps()) / 2);
        }
        return Math.max(1, Math.min(usual, shortest));
    }

    private void requireRows() {
        long windows = 0;
        long validation = 0;
        SeriesSplit longest = splits.get(0);
        for (SeriesSplit split : splits) {
            windows += Math.max(0, split.validationFrom() - window - spec.steps() + 1);
            int from = Math.max(split.validationFrom(), window);
            validation += Math.max(0, split.testFrom() - from - spec.steps() + 1);
            longest = split.testFrom() > longest.testFrom() ? split : longest;
        }
        if (windows < FEWEST_WINDOWS || (validation < 1 && spec.validationRows() != 0)) {
            int test = longest.rows() - longest.testFrom();
            int kept = longest.testFrom() - longest.validationFrom();
            int needed = window + spec.steps() + FEWEST_WINDOWS - 1 + Math.max(kept, spec.steps()) + test;
            throw new DataException("series '" + longest.series() + "' has " + longest.rows() + " rows; window "
                    + window
                    + ", horizon " + spec.horizon() + ", " + Math.max(kept, spec.steps()) + " rows to validate and "
                    + test + " to test need at least " + needed
                    + "; use a smaller window or horizon, or fewer rows to test, or a longer series");
        }
    }

    List<SeriesSplit> splits() {
        return splits;
    }

    int season() {
        return season;
    }

    int window() {
        return window;
    }

    /** The rows that training may see, and nothing else. */
    List<TargetSeries> seen() {
        List<TargetSeries> seen = new ArrayList<>();
        for (int s = 0; s < series.size(); s++) {
            seen.add(TargetSeries.of(series.get(s).slice(0, splits.get(s).testFrom()), spec));
        }
        return seen;
    }
}
