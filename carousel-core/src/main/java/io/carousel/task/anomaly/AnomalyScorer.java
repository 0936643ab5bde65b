package io.carousel.task.anomaly;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.carousel.cell.StatePart;
import io.carousel.layer.State;
import java.util.List;

/**
 * How unusual an event is, from its distance to what was expected and the distances before it.
 *
 * <p>The answer is a surprise: {@code -log10 P}, where P is the probability that a usual event is at least as far away. So 0 says
 * nothing, 2 is one usual event in a hundred, and the probability that the event is anomalous is {@code 1 - 10^-surprise}; unlike
 * that probability, a surprise still tells the rare from the rarer.
 *
 * <p>Scorers are records that print as JSON and read back equal. Immutable, safe for any number of threads.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RollingGaussianTail.class, name = "gaussian-tail"),
    @JsonSubTypes.Type(value = DynamicThreshold.class, name = "dynamic-threshold"),
    @JsonSubTypes.Type(value = ResidualQuantiles.class, name = "quantiles")
})
public sealed interface AnomalyScorer permits RollingGaussianTail, DynamicThreshold, ResidualQuantiles {
    /** What a stream remembers. */
    List<StatePart> stateParts();

    /**
     * One stream, before its first event.
     *
     * @param usual the distances of events that training did not learn from
     */
    Run run(UsualDistances usual);

    /** One stream at work; allocates nothing in {@link #surprise}. Belongs to one thread at a time. */
    interface Run {
        /**
         * The surprise of an event, from the distances before it and its own; then it is remembered.
         *
         * @param distance not negative
         */
        double surprise(double distance);

        /**
         * Whether the event that was taken last is an anomaly.
         *
         * @param least the surprise from which on it is, for a scorer that does not decide by itself
         */
        boolean anomalous(double least);

        /** Overwrites what the stream remembers with parts of a state. */
        void load(State state);

        /** Copies what the stream remembers to parts of a state. */
        void store(State state);
    }
}
