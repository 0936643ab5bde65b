package io.carousel.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How good a method is on examples it never saw, and how good the simple ones are on the same.
 *
 * @param metrics of the method
 * @param baselines of the simple methods, by name
 * @param examples how many examples were judged
 */
public record Evaluation(Scores metrics, Map<String, Scores> baselines, long examples) {
    /** Copies the map. */
    public Evaluation {
        baselines = Collections.unmodifiableMap(new LinkedHashMap<>(baselines));
    }

    /** The name of the baseline with the smallest value of a measure, the first of several; empty if none has it. */
    public Optional<String> bestBaseline(String measure) {
        return baselines.entrySet().stream()
                .filter(e -> e.getValue().has(measure))
                .min(java.util.Comparator.comparingDouble(e -> e.getValue().get(measure)))
                .map(Map.Entry::getKey);
    }

    /** Whether the method has a smaller value of a measure than every baseline; false where they are equal. */
    public boolean beatsEveryBaseline(String measure) {
        return baselines.values().stream()
                .filter(baseline -> baseline.has(measure))
                .map(baseline -> baseline.get(measure))
                .min(Double::compare)
                .map(best -> metrics.get(measure) < best)
                .orElse(false);
    }
}
