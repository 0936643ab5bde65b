package io.carousel.task.anomaly;

import io.carousel.cell.StatePart;
import io.carousel.layer.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One live stream of events: each is scored when it comes, from what came before it only.
 *
 * <pre>{@code
 * DetectorSession session = detector.session();
 * if (session.step(stamp, values) == EventOutcome.SCORED && session.anomaly()) … session.probability() …
 * }</pre>
 *
 * <p>What a stream remembers is a {@link State}, which can be copied, kept elsewhere and restored between any two events: the
 * session goes on with the same bits. {@link #step} allocates nothing. Belongs to one thread at a time; any number of sessions
 * share a detector.
 *
 * <p>Rules. The first events of a stream are not scored: as many as the spec says, and as the model needs. An event in which no
 * channel has a number is not scored, and moves the model on by what it expected; of some channels missing, the others are scored.
 * An event whose time stamp is not after the one before is not taken at all.
 *
 * <p>An event that comes after a gap in time, longer than {@link UsualSteps#longest}, is not judged by what was expected before: the
 * model begins anew with it, and so does the warm-up. What the scorer remembers of distances is kept, and so is which surprise stood
 * out last. Without time stamps, events are taken as they follow each other.
 *
 * <p>A surprise <i>stands out</i> when it is larger than the one that stood out last, or when that is more than `quiet` events ago.
 * An anomaly is an event that is surprising enough, and stands out: so one trouble is told once, and again when it grows.
 */
public final class DetectorSession {
    private static final String TIME = "session.time";
    private static final String EVENTS = "session.events";
    private static final String PEAK = "session.peak";

    /** A stamp is written as floats of so many bits each, so that none is rounded. */
    private static final int BITS = 22;

    private static final int STAMP_FLOATS = 4;

    /** Where P has a billion zeros, nothing more could be told. */
    private static final double MOST_SURPRISE = 1e9;

    private final AnomalyDetector detector;
    private final AnomalyModel.Run model;
    private final AnomalyScorer.Run scorer;
    private final ResidualDistance distances;
    private final double[] scaled;
    private final double[] residuals;
    private final double[] expected;
    private final int warmUp;
    private final int quiet;
    private final double leastSurprise;
    private final @Nullable UsualSteps steps;

    private boolean timed;
    private long time;
    private int events;
    private float peak;
    private int sincePeak;

    private double distance;
    private double surprise;
    private boolean standsOut;
    private boolean anomaly;

    DetectorSession(AnomalyDetector detector, AnomalyModel model, AnomalyEncoding encoding) {
        this.detector = detector;
        this.model = model.run();
        AnomalySpec spec = encoding.spec();
        scorer = spec.scorer().run(encoding.usual());
        int channels = encoding.channels().size();
        distances = new ResidualDistance(channels, encoding.moments());
        scaled = new double[channels];
        residuals = new double[channels];
        expected = new double[channels];
        warmUp = Math.max(spec.warmUp(), model.warmUp());
        quiet = encoding.quiet();
        leastSurprise = spec.leastSurprise();
        steps = encoding.steps();
        clear();
    }

    static List<StatePart> stateParts(AnomalyModel model, AnomalyScorer scorer) {
        List<StatePart> parts = new ArrayList<>(model.stateParts());
        parts.addAll(scorer.stateParts());
        parts.add(new StatePart(TIME, STAMP_FLOATS));
        parts.add(new StatePart(EVENTS, 1));
        parts.add(new StatePart(PEAK, 2));
        return List.copyOf(parts);
    }

    /**
     * Takes an event with a time stamp.
     *
     * @param stamp in any unit; that of the event before must be smaller
     * @param values {@code [C]}, NaN where one is missing
     * @throws IllegalArgumentException when there is another number of values, or one is infinite; then nothing was taken
     */
    public EventOutcome step(long stamp, double[] values) {
        require(values);
        if (timed && stamp <= time) {
            clear();
            return stamp == time ? EventOutcome.DUPLICATE : EventOutcome.LATE;
        }
        boolean afterGap = timed && steps != null && steps.gap(time, stamp);
        timed = true;
        time = stamp;
        if (!afterGap) {
            return take(values);
        }
        model.restart();
        events = 0;
        take(values);
        return EventOutcome.AFTER_GAP;
    }

    /**
     * Takes an event without a time stamp, as the next one.
     *
     * @param values {@code [C]}, NaN where one is missing
     * @throws IllegalArgumentException as the other
     */
    public EventOutcome step(double[] values) {
        require(values);
        return take(values);
    }

    private void require(double[] values) {
        if (values.length != scaled.length) {
            throw new IllegalArgumentException(
                    "event must have shape [C] = [" + scaled.length + "], got [" + values.length + "]");
        }
        for (int c = 0; c < values.length; c++) {
            if (Double.isInfinite(values[c])) {
                throw new IllegalArgumentException("value of channel "
                        + detector.encoding().channels().get(c).name()
                        + " must be finite, or NaN where it is missing, got "
                        + values[c]);
            }
        }
    }

    private EventOutcome take(double[] values) {
        List<ChannelScale> scales = detector.encoding().channels();
        boolean any = false;
        for (int c = 0; c < scaled.length; c++) {
            scaled[c] = scales.get(c).scale(values[c]);
            any |= !Double.isNaN(scaled[c]);
        }
        model.step(scaled, residuals, expected);
        clear();
        sincePeak = Math.min(sincePeak + 1, quiet + 1);
        if (events < warmUp) {
            events++;
            return EventOutcome.WARMING_UP;
        }
        if (!any) {
            return EventOutcome.MISSING;
        }
        distance = distances.of(residuals);
        surprise = Math.min(MOST_SURPRISE, scorer.surprise(distance));
        standsOut = quiet == 0 || surprise > peak || sincePeak > quiet;
        if (standsOut) {
            peak = (float) surprise;
            sincePeak = 0;
        }
        anomaly = standsOut && scorer.anomalous(leastSurprise);
        return EventOutcome.SCORED;
    }

    private void clear() {
        distance = Double.NaN;
        surprise = Double.NaN;
        standsOut = false;
        anomaly = false;
    }

    /** How far the last event is from what was expected, in units of what is usual; NaN unless it was scored. */
    public double distance() {
        return distance;
    }

    /** {@code -log10} of the probability that a usual event is at least as far away; NaN unless the event was scored. */
    public double surprise() {
        return surprise;
    }

    /** The probability that the last event is anomalous: {@code 1 - 10^-surprise}; NaN unless it was scored. */
    public double probability() {
        return Double.isNaN(surprise) ? Double.NaN : 1 - StrictMath.pow(10, -surprise);
    }

    /** Whether the surprise of the last event is larger than those shortly before it. */
    public boolean standsOut() {
        return standsOut;
    }

    /** Whether the last event is an anomaly. */
    public boolean anomaly() {
        return anomaly;
    }

    /** What was expected of a channel in the last event that was taken; NaN where nothing was. */
    public double expected(int channel) {
        return detector.encoding().channels().get(channel).unscale(expected[channel]);
    }

    /** What the stream remembers, as a value of its own. */
    public State state() {
        State state = new State(detector.stateParts(), 1);
        model.store(state);
        scorer.store(state);
        float[] stamp = state.values(TIME);
        stamp[0] = timed ? 1 : 0;
        for (int i = 1; i < STAMP_FLOATS; i++) {
            stamp[i] = (time >>> (BITS * (i - 1))) & ((1 << BITS) - 1);
        }
        state.values(EVENTS)[0] = events;
        state.values(PEAK)[0] = peak;
        state.values(PEAK)[1] = sincePeak;
        return state;
    }

    /**
     * Goes on from a state, which is copied.
     *
     * @throws IllegalArgumentException when it is of another detector, or holds what no stream remembers
     */
    public void restore(State state) {
        detector.require(state);
        State before = state();
        try {
            load(state);
        } catch (IllegalArgumentException e) {
            load(before);
            throw e;
        }
    }

    private void load(State state) {
        model.load(state);
        scorer.load(state);
        timed = StateNumbers.count(state, TIME, 0, 1) != 0;
        time = 0;
        for (int i = 1; i < STAMP_FLOATS; i++) {
            time |= (long) StateNumbers.count(state, TIME, i, (1 << BITS) - 1) << (BITS * (i - 1));
        }
        events = StateNumbers.count(state, EVENTS, 0, warmUp);
        peak = state.values(PEAK)[0];
        sincePeak = StateNumbers.count(state, PEAK, 1, quiet + 1);
        clear();
    }

    /** A session of its own that goes on from the same state. */
    public DetectorSession fork() {
        DetectorSession fork = detector.session();
        fork.restore(state());
        return fork;
    }
}
