package io.carousel.eval;

import java.util.Collections;
import java.util.Comparator;
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
        return best(measure).map(Map.Entry::getKey);
    }

    /** Whether the method has a smaller value of a measure than every baseline; false where they are equal. */
    public boolean beatsEveryBaseline(String measure) {
        return best(measure)
                .map(best -> metrics.get(measure) < best.getValue().get(measure))
                .orElse(false);
    }

    private Optional<Map.Entry<String, Scores>> best(String measure) {
        return baselines.entrySet().stream()
                .filter(entry -> entry.getValue().has(measure))
                .min(Comparator.comparingDouble(entry -> entry.getValue().get(measure)));
    }
}
