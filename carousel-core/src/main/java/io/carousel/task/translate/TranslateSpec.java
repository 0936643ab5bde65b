package io.carousel.task.translate;

import io.carousel.cell.CellSpec;
import io.carousel.cell.Cells;
import io.carousel.cell.LstmCell;
import io.carousel.layer.AttentionSpec;
import io.carousel.layer.DecoderSpec;
import io.carousel.layer.Direction;
import io.carousel.task.Ranges;
import io.carousel.text.TokenSpec;
import io.carousel.text.WordTokenizer;
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
 * @param attention how the decoder looks at the source
 * @param heads of an attention with several, which divide H; else 1
 * @param window D of a local attention, which sees the rows around a place that it foresees; 0 for one that sees all
 * @param feeding what the decoder reads beside the token before; without attention nothing
 * @param coverage whether an additive attention knows what it has attended to before
 * @param coverageLoss λ, what it costs to attend to the same again
 * @param copying whether tokens of the source may be copied, also those that training has not seen
 * @param dropout of embeddings, between recurrent layers and of what they give, in [0, 1)
 * @param smoothing the share of the probability of each target that all tokens get alike, in [0, 1)
 * @param sampling how often training lets the decoder read what it wrote itself; null for never
 * @param validation the part of the sources that is held out to choose the best epoch, in [0, 0.5]; 0 for none, and then the last
 *     epoch counts
 */
public record TranslateSpec(
        TokenSpec source,
        TokenSpec target,
        int longest,
        CellSpec cell,
        int hidden,
        int layers,
        Direction direction,
        BridgeKind bridge,
        int embedding,
        AttentionKind attention,
        int heads,
        int window,
        DecoderSpec.Feeding feeding,
        boolean coverage,
        double coverageLoss,
        boolean copying,
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
        Objects.requireNonNull(attention, "attention");
        Objects.requireNonNull(feeding, "feeding");
        Ranges.within("longest", longest, 1, LONGEST);
        Ranges.within("hidden", hidden, 1, WIDEST);
        Ranges.within("layers", layers, 1, MOST_LAYERS);
        Ranges.within("embedding", embedding, 1, WIDEST);
        Ranges.within("heads", heads, 1, WIDEST);
        Ranges.within("window", window, 0, LONGEST);
        Ranges.rate("dropout", dropout);
        Ranges.rate("label smoothing", smoothing);
        if (Cells.create(cell, 2, hidden).readsTimeGap()) {
            throw new IllegalArgumentException("cell of a translator must not need the time since the last step, got "
                    + cell + "; tokens have no times: use " + LstmCell.NAME);
        }
        if (attention == AttentionKind.NONE) {
            boolean plain = heads == 1 && window == 0 && !coverage && coverageLoss == 0 && !copying;
            if (!plain || feeding != DecoderSpec.Feeding.NOTHING) {
                throw new IllegalArgumentException(
                        "heads, window, feeding, coverage and copying must be left away without "
                                + "attention, got some; choose an attention");
            }
            if (bridge == BridgeKind.NONE) {
                throw new IllegalArgumentException("bridge must not be none without attention, got both none; nothing "
                        + "would lead from the source to the target");
            }
        } else {
            attentionSpec(attention, hidden, heads, window, coverage ? longest + 1 : 0, coverageLoss);
        }
        if (copying && sampling != null) {
            throw new IllegalArgumentException(
                    "scheduled sampling must be left away with copying, got " + sampling + "; leave one of them away");
        }
        if (!(validation >= 0 && validation <= 0.5)) {
            throw new IllegalArgumentException("validation part must be in [0, 0.5], got " + validation);
        }
    }

    /** The attention of the decoder's layer, when there is one. */
    AttentionSpec attentionSpec() {
        return attentionSpec(attention, hidden, heads, window, coverage ? longest + 1 : 0, coverageLoss);
    }

    private static AttentionSpec attentionSpec(
            AttentionKind attention, int hidden, int heads, int window, int covered, double loss) {
        AttentionSpec.Score score =
                switch (attention) {
                    case ADDITIVE -> AttentionSpec.Score.ADDITIVE;
                    case DOT -> AttentionSpec.Score.DOT;
                    case GENERAL -> AttentionSpec.Score.GENERAL;
                    case HEADS -> AttentionSpec.Score.SCALED;
                    case NONE -> throw new IllegalStateException("without attention there is nothing to score");
                };
        return new AttentionSpec(score, hidden, heads, window, covered, loss);
    }

    /**
     * A spec with these defaults: words with their capitals on both sides, at most 100 of them; one LSTM layer of 256, the
     * source read in both directions, a dense bridge, embeddings of 256; additive attention whose context the decoder
     * reads (Bahdanau et al. 2014), and of the other kinds its output of the time step before (Luong et al. 2015), 4 heads where
     * there are several, no window, no coverage, no copying; dropout 0.3, no label smoothing, no scheduled sampling; a twentieth of the
     * sources to validate.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the options of a {@link TranslateSpec}. */
    public static final class Builder {
        private TokenSpec source = TokenSpec.of(new WordTokenizer(false));
        private TokenSpec target = TokenSpec.of(new WordTokenizer(false));
        private int longest = 100;
        private CellSpec cell = CellSpec.parse(LstmCell.NAME);
        private int hidden = 256;
        private int layers = 1;
        private Direction direction = Direction.BIDIRECTIONAL;
        private BridgeKind bridge = BridgeKind.DENSE;
        private int embedding = 256;
        private AttentionKind attention = AttentionKind.ADDITIVE;
        private @Nullable Integer heads;
        private int window;
        private DecoderSpec.@Nullable Feeding feeding;
        private boolean coverage;
        private double coverageLoss;
        private boolean copying;
        private double dropout = 0.3;
        private double smoothing;
        private @Nullable ScheduledSampling sampling;
        private double validation = 0.05;

        private Builder() {}

        public Builder source(TokenSpec side) {
            source = side;
            return this;
        }

        public Builder target(TokenSpec side) {
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

        public Builder attention(AttentionKind kind) {
            attention = kind;
            return this;
        }

        /** Of {@link AttentionKind#HEADS}; 4 by default. */
        public Builder heads(int count) {
            heads = count;
            return this;
        }

        public Builder window(int width) {
            window = width;
            return this;
        }

        /** What the decoder reads beside the token before; null for what the attention usually feeds. */
        public Builder feeding(DecoderSpec.@Nullable Feeding choice) {
            feeding = choice;
            return this;
        }

        /**
         * Coverage.
         *
         * @param loss λ
         */
        public Builder coverage(boolean known, double loss) {
            coverage = known;
            coverageLoss = loss;
            return this;
        }

        public Builder copying(boolean allowed) {
            copying = allowed;
            return this;
        }

        private DecoderSpec.Feeding usualFeeding() {
            return switch (attention) {
                case NONE -> DecoderSpec.Feeding.NOTHING;
                case ADDITIVE -> DecoderSpec.Feeding.CONTEXT;
                case DOT, GENERAL, HEADS -> DecoderSpec.Feeding.OUTPUT;
            };
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
                    attention,
                    heads != null ? heads : attention == AttentionKind.HEADS ? 4 : 1,
                    window,
                    feeding != null ? feeding : usualFeeding(),
                    coverage,
                    coverageLoss,
                    copying,
                    dropout,
                    smoothing,
                    sampling,
                    validation);
        }
    }
}
