package io.carousel.task.translate;

import io.carousel.cell.CellSpec;
import io.carousel.cell.Cells;
import io.carousel.cell.LstmCell;
import io.carousel.layer.Direction;
import io.carousel.train.ScheduledSampling;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is made of what, and with what network: the first of the five steps. Prints as JSON and reads back equal.
 *
 * <p>Everything has a default; {@link #builder} says which.
 *
 * @param source how sources are read
 * @param target how targets are read and written
 * @param longest the most tokens of a side: longer pairs are not learnt from
 * @param cell what runs at each time step of encoder and decoder
 * @param hidden H of each recurrent layer, of the encoder in each direction
 * @param layers recurrent layers of the encoder, and of the decoder
 * @param direction in which sources are read
 * @param bridge how the decoder begins
 * @param embedding E, the width of a token's row on both sides
 * @param dropout of embeddings, between recurrent layers and of what they give, in [0, 1)
 * @param smoothing the share of the probability of each target that all tokens get alike, in [0, 1)
 * @param sampling how often training lets the decoder read what it wrote itself; null for never
 * @param validation the part of the sources that is held out to choose the best epoch, in [0, 0.5]; 0 for none, and then the last
 *     epoch counts
 */
public record TranslateSpec(
        SideSpec source,
        SideSpec target,
        int longest,
        CellSpec cell,
        int hidden,
        int layers,
        Direction direction,
        BridgeKind bridge,
        int embedding,
        double dropout,
        double smoothing,
        @Nullable ScheduledSampling sampling,
        double validation) {
    private static final int WIDEST = 16_384;
    private static final int MOST_LAYERS = 64;
    private static final int LONGEST = 100_000;

    public TranslateSpec {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(bridge, "bridge");
        within("longest", longest, 1, LONGEST);
        within("hidden", hidden, 1, WIDEST);
        within("layers", layers, 1, MOST_LAYERS);
        within("embedding", embedding, 1, WIDEST);
        rate("dropout", dropout);
        rate("label smoothing", smoothing);
        if (Cells.create(cell, 2, hidden).readsTimeGap()) {
            throw new IllegalArgumentException("cell of a translator must not need the time since the last step, got "
                    + cell + "; tokens have no times: use " + LstmCell.NAME);
        }
        if (!(validation >= 0 && validation <= 0.5)) {
            throw new IllegalArgumentException("validation part must be in [0, 0.5], got " + validation);
        }
    }

    private static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be from " + least + " to " + most + ", got " + value);
        }
    }

    private static void rate(String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(what + " must be in [0, 1), got " + value);
        }
    }

    /**
     * A spec with these defaults: words with their capitals on both sides, at most 100 of them; one LSTM layer of 256, the
     * source read in both directions, a dense bridge, embeddings of 256; dropout 0.3, no label smoothing, no scheduled sampling; a
     * twentieth of the sources to validate.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the options of a {@link TranslateSpec}. */
    public static final class Builder {
        private SideSpec source = SideSpec.of(TextLevel.WORDS);
        private SideSpec target = SideSpec.of(TextLevel.WORDS);
        private int longest = 100;
        private CellSpec cell = CellSpec.parse(LstmCell.NAME);
        private int hidden = 256;
        private int layers = 1;
        private Direction direction = Direction.BIDIRECTIONAL;
        private BridgeKind bridge = BridgeKind.DENSE;
        private int embedding = 256;
        private double dropout = 0.3;
        private double smoothing;
        private @Nullable ScheduledSampling sampling;
        private double validation = 0.05;

        private Builder() {}

        public Builder source(SideSpec side) {
            source = side;
            return this;
        }

        public Builder target(SideSpec side) {
            target = side;
            return this;
        }

        public Builder longest(int tokens) {
            longest = tokens;
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

        public Builder direction(Direction order) {
            direction = order;
            return this;
        }

        public Builder bridge(BridgeKind kind) {
            bridge = kind;
            return this;
        }

        public Builder embedding(int size) {
            embedding = size;
            return this;
        }

        public Builder dropout(double rate) {
            dropout = rate;
            return this;
        }

        public Builder smoothing(double share) {
            smoothing = share;
            return this;
        }

        public Builder sampling(@Nullable ScheduledSampling schedule) {
            sampling = schedule;
            return this;
        }

        public Builder validation(double part) {
            validation = part;
            return this;
        }

        public TranslateSpec build() {
            return new TranslateSpec(
                    source,
                    target,
                    longest,
                    cell,
                    hidden,
                    layers,
                    direction,
                    bridge,
                    embedding,
                    dropout,
                    smoothing,
                    sampling,
                    validation);
        }
    }
}
