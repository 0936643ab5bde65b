package io.carousel.task.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** Numbered examples: each a series and the row from which it is forecast. */
final class WindowSet {
    private final EncodedSeries[] series;
    private final int[] origins;

    private WindowSet(EncodedSeries[] series, int[] origins) {
        this.series = series;
        this.origins = origins;
    }

    /** Where the targets of the examples of each series may lie. */
    interface Part {
        /** The first target row. */
        int from(int series);

        /** The row after the last target. */
        int to(int series);
    }

    /** The part between two rows of each split. */
    static Part part(List<SeriesSplit> splits, ToIntFunction<SeriesSplit> from, ToIntFunction<SeriesSplit> to) {
        return new Part() {
            @Override
            public int from(int series) {
                return from.applyAsInt(splits.get(series));
            }

            @Override
            public int to(int series) {
                return to.applyAsInt(splits.get(series));
            }
        };
    }

    /**
     * All examples whose targets lie whole in the part, thinned evenly to at most {@code most}.
     *
     * <p>They stand in the order of the series, then of their origins.
     */
    static WindowSet of(List<EncodedSeries> all, WindowEncoder encoder, Part part, int most) {
        long total = count(all, encoder, part);
        long stride = Math.max(1, (total + most - 1) / most);
        int size = (int) ((total + stride - 1) / stride);
        EncodedSeries[] series = new EncodedSeries[size];
        int[] origins = new int[size];
        long number = 0;
        int kept = 0;
        for (int s = 0; s < all.size(); s++) {
            int first = first(encoder, part, s);
            for (int i = 0; i < count(encoder, part, s); i++, number++) {
                if (number % stride == 0) {
                    series[kept] = all.get(s);
                    origins[kept++] = first + i;
                }
            }
        }
        return new WindowSet(series, origins);
    }

    /** How many examples have targets that lie whole in the part. */
    static long count(List<EncodedSeries> all, WindowEncoder encoder, Part part) {
        long total = 0;
        for (int s = 0; s < all.size(); s++) {
            total += count(encoder, part, s);
        }
        return total;
    }

    private static int first(WindowEncoder encoder, Part part, int s) {
        return Math.max(part.from(s), encoder.firstOrigin());
    }

    private static int count(WindowEncoder encoder, Part part, int s) {
        return Math.max(0, part.to(s) - encoder.steps() + 1 - first(encoder, part, s));
    }

    /** These examples. */
    static WindowSet of(List<EncodedSeries> series, int... origins) {
        return new WindowSet(series.toArray(EncodedSeries[]::new), origins.clone());
    }

    int size() {
        return origins.length;
    }

    EncodedSeries series(int i) {
        return series[i];
    }

    int origin(int i) {
        return origins[i];
    }

    /** At most {@code most} of the examples, evenly. */
    WindowSet thinned(int most) {
        int stride = Math.max(1, (origins.length + most - 1) / most);
        int kept = (origins.length + stride - 1) / stride;
        EncodedSeries[] some = new EncodedSeries[kept];
        int[] rows = new int[kept];
        for (int i = 0; i < kept; i++) {
            some[i] = series[i * stride];
            rows[i] = origins[i * stride];
        }
        return new WindowSet(some, rows);
    }

    /** The examples from one to before another. */
    WindowSet slice(int from, int to) {
        return new WindowSet(Arrays.copyOfRange(series, from, to), Arrays.copyOfRange(origins, from, to));
    }
}
