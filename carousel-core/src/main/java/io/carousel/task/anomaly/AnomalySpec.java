package io.carousel.task.anomaly;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.carousel.cell.CellSpec;
import io.carousel.cell.Cells;
import io.carousel.cell.LstmCell;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is watched, by how large a network, and from when on an event is an anomaly: the first of the five steps. Prints as JSON
 * and reads back equal.
 *
 * <p>Everything has a default; {@link #builder} says which.
 *
 * @param channels the columns that are watched; empty for all
 * @param time the column of the time stamps, as it was named; null: the first one if it holds points in the calendar
 * @param key the column that tells several series apart, each a stream of its own; null for one series
 * @param source what residuals are the errors of
 * @param cell what runs at each time step
 * @param hidden H of each recurrent layer
 * @param layers recurrent layers
 * @param window the events that a reconstruction is of; a forecast does not read it
 * @param scorer how distances become probabilities
 * @param threshold the least probability of an anomaly, in (0, 1); a scorer that decides by itself does not read it
 * @param quiet after an event whose surprise stood out, the events in which only a larger surprise is told as one; 0 for none,
 *     null for three tenths of the history's events (of the mean series, at least 10 and at most 200)
 * @param warmUp the first events of a stream that are not scored, beside those that the model needs
 * @param validation the last part of the history that is not learnt from, but chooses the epoch and tells what distances are
 *     usual, in [0.05, 0.5]
 * @param gap the usual steps of time up to which an event follows the one before; after more, its stream begins anew. 0 for no
 *     gaps, null for 10 or as many as 99 of 100 events of the history need; null is left out of JSON
 */
public record AnomalySpec(
        List<String> channels,
        @Nullable String time,
        @Nullable String key,
        ResidualSource source,
        CellSpec cell,
        int hidden,
        int layers,
        int window,
        AnomalyScorer scorer,
        double threshold,
        @Nullable Integer quiet,
        int warmUp,
        double validation,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JacksonInject(value = "absent", useInput = OptBoolean.TRUE, optional = OptBoolean.TRUE)
        @Nullable
        Integer gap) {
    private static final int WIDEST = 16_384;
    private static final int MOST_LAYERS = 64;
    private static final int LONGEST = 10_000;
    static final int MOST_EVENTS = 1 << 24; // a float counts so far

    public AnomalySpec {
        channels = List.copyOf(channels);
        if (new HashSet<>(channels).size() != channels.size()) {
            throw new IllegalArgumentException("channels must be different, got " + channels);
        }
        between("hidden", hidden, 1, WIDEST);
        between("layers", layers, 1, MOST_LAYERS);
        between("window", window, 2, LONGEST);
        if (quiet != null) {
            between("quiet", quiet, 0, MOST_EVENTS);
        }
        between("warm-up", warmUp, 0, MOST_EVENTS);
        if (gap != null) {
            between("gap", gap, 0, MOST_EVENTS);
        }
        if (Cells.create(cell, 2, 2).readsTimeGap()) {
            throw new IllegalArgumentException("cell of a detector must not need the time since the last step, got "
                    + cell + "; events are taken as they follow each other: use " + LstmCell.NAME);
        }
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException(
                    "threshold must be a probability above 0 and below 1, got " + threshold + "; such as 0.9999");
        }
        if (!(validation >= 0.05 && validation <= 0.5)) {
            throw new IllegalArgumentException("validation part must be in [0.05, 0.5], got " + validation);
        }
    }

    private static void between(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " must be from " + least + " to " + most + ", got " + value + "; choose one in between");
        }
    }

    /** {@code -log10(1 - threshold)}: the least surprise of an anomaly. */
    public double leastSurprise() {
        return -StrictMath.log10(1 - threshold);
    }

    /** The same with another threshold. */
    public AnomalySpec withThreshold(double probability) {
        return new AnomalySpec(
                channels,
                time,
                key,
                source,
                cell,
                hidden,
                layers,
                window,
                scorer,
                probability,
                quiet,
                warmUp,
                validation,
                gap);
    }

    /**
     * A spec with these defaults: all columns, forecasts of one LSTM layer of 32, the rolling Gaussian tail, a threshold of 0.9999,
     * three tenths of the history quiet, a warm-up of 10, a fifth to validate, and gaps of more than 10 steps or what the history
     * needs; for reconstructions a window of 32.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the options of an {@link AnomalySpec}. */
    public static final class Builder {
        private List<String> channels = List.of();
        private @Nullable String time;
        private @Nullable String key;
        private ResidualSource source = ResidualSource.FORECAST;
        private CellSpec cell = CellSpec.parse(LstmCell.NAME);
        private int hidden = 32;
        private int layers = 1;
        private int window = 32;
        private AnomalyScorer scorer = new RollingGaussianTail();
        private double threshold = 0.9999;
        private @Nullable Integer quiet;
        private int warmUp = 10;
        private double validation = 0.2;
        private @Nullable Integer gap;

        private Builder() {}

        public Builder channels(List<String> columns) {
            channels = columns;
            return this;
        }

        public Builder time(@Nullable String column) {
            time = column;
            return this;
        }

        public Builder key(@Nullable String column) {
            key = column;
            return this;
        }

        public Builder source(ResidualSource choice) {
            source = choice;
            return this;
        }

        /** The cell by the text form of its spec, such as {@code gru}. */
        public Builder cell(String spec) {
            cell = CellSpec.parse(spec);
            return this;
        }

        public Builder hidden(int size) {
            hidden = size;
            return this;
        }

        public Builder layers(int count) {
            layers = count;
            return this;
        }

        public Builder window(int events) {
            window = events;
            return this;
        }

        public Builder scorer(AnomalyScorer choice) {
            scorer = choice;
            return this;
        }

        public Builder threshold(double probability) {
            threshold = probability;
            return this;
        }

        public Builder quiet(@Nullable Integer events) {
            quiet = events;
            return this;
        }

        public Builder warmUp(int events) {
            warmUp = events;
            return this;
        }

        public Builder validation(double part) {
            validation = part;
            return this;
        }

        public Builder gap(@Nullable Integer steps) {
            gap = steps;
            return this;
        }

        public AnomalySpec build() {
            return new AnomalySpec(
                    channels,
                    time,
                    key,
                    source,
                    cell,
                    hidden,
                    layers,
                    window,
                    scorer,
                    threshold,
                    quiet,
                    warmUp,
                    validation,
                    gap);
        }
    }
}
