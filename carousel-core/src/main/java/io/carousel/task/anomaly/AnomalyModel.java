package io.carousel.task.anomaly;

import io.carousel.cell.StatePart;
import io.carousel.layer.State;
import java.util.List;

/**
 * A network that has learnt what is usual, and says of each event how far it is from that.
 *
 * <p>Immutable, safe for any number of threads.
 */
interface AnomalyModel {
    /** What a stream remembers. */
    List<StatePart> stateParts();

    /** The first events of a stream that get no residual. */
    int warmUp();

    /** One stream, before its first event. */
    Run run();

    /** One stream at work; allocates nothing in {@link #step}. Belongs to one thread at a time. */
    interface Run {
        /**
         * Takes an event.
         *
         * @param values {@code [C]} scaled, NaN where one is missing; what is missing is taken to be as expected
         * @param residuals {@code [C]} out: how far each is from what was expected, NaN where that cannot be said
         * @param expected {@code [C]} out: what was expected, scaled; NaN where nothing was
         */
        void step(double[] values, double[] residuals, double[] expected);

        /** Forgets the stream: the next event is its first. */
        void restart();

        /** Overwrites what the stream remembers with parts of a state. */
        void load(State state);

        /** Copies what the stream remembers to parts of a state. */
        void store(State state);
    }
}
