package io.carousel.benchmarks.ledger;

import io.carousel.benchmarks.side.Timing;
import io.carousel.benchmarks.side.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One workload, as each side did it.
 *
 * @param workload as {@link Workload#toString} writes it
 * @param sides by their labels
 */
record Measured(String workload, Map<String, Entry> sides) {
    Measured {
        sides = new TreeMap<>(sides);
    }

    /**
     * What became of one side.
     *
     * @param absent why it was not timed; null when it was
     * @param difference the largest difference from what Carousel computes, as a share of what rounding explains; null where
     *     nothing was compared
     * @param apart the largest difference of two elements; null where nothing was compared
     * @param rounds the times of each, in the order in which they ran
     */
    record Entry(
            @Nullable String absent,
            @Nullable Double difference,
            @Nullable Double apart,
            List<Timing> rounds) {
        static Entry absent(String reason) {
            return new Entry(reason, null, null, List.of());
        }
    }

    Workload parsed() {
        return Workload.parse(workload);
    }

    /** The same, as if one round had been measured. */
    Measured ofRound(int round) {
        Map<String, Entry> one = new TreeMap<>();
        sides.forEach((label, entry) -> one.put(
                label,
                entry.absent() != null
                        ? entry
                        : new Entry(
                                null,
                                entry.difference(),
                                entry.apart(),
                                List.of(entry.rounds().get(round)))));
        return new Measured(workload, one);
    }

    boolean has(String label) {
        Entry entry = sides.get(label);
        return entry != null && entry.absent() == null && !entry.rounds().isEmpty();
    }

    /** The rounds of a side that was timed. */
    List<Timing> rounds(String label) {
        Entry entry = sides.get(label);
        if (entry == null || entry.absent() != null) {
            throw new IllegalArgumentException(
                    "side must be one that was timed, got " + label + " of " + sides.keySet());
        }
        return entry.rounds();
    }

    /** Nanoseconds for one call. */
    Spread mean(String label) {
        return Spread.of(rounds(label), Timing::mean);
    }

    /**
     * How many times faster the first is: in each round the two stood next to each other, so their times are compared round
     * by round, and the middle ratio counts. NaN when one was not timed.
     */
    double ratio(String label, String other, ToDoubleFunction<Timing> value) {
        if (!has(label) || !has(other)) {
            return Double.NaN;
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(rounds(label).size(), rounds(other).size()); round++) {
            ratios.add(value.applyAsDouble(rounds(other).get(round))
                    / value.applyAsDouble(rounds(label).get(round)));
        }
        return Spread.of(ratios, Double::doubleValue).median();
    }

    /** {@link #ratio(String, String, ToDoubleFunction)} of the mean times. */
    double ratio(String label, String other) {
        return ratio(label, other, Timing::mean);
    }

    /** The fastest of those that were timed; null when none was. */
    @Nullable
    String fastest(String... labels) {
        String best = null;
        for (String label : labels) {
            if (has(label) && (best == null || mean(label).median() < mean(best).median())) {
                best = label;
            }
        }
        return best;
    }
}
