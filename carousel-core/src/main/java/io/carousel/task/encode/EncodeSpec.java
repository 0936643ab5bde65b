package io.carousel.task.encode;

import io.carousel.cell.CellSpec;
import io.carousel.cell.Cells;
import io.carousel.layer.Direction;
import io.carousel.task.Ranges;
import io.carousel.task.classify.NumberScaling;
import io.carousel.text.TokenSpec;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a vector is to hold and with what network: the first of the five steps. Prints as JSON and reads back equal.
 *
 * <p>Everything has a default. What is {@code null}, 0 or -1 where that is allowed is decided when the examples are seen, and the
 * decision is recorded in the model: see {@link EncodeEncoding#chosen}.
 *
 * @param decoder what is made of the vector
 * @param conditioned whether a decoder reads what came in the time step before, the truth in training and its own in use, and not
 *     nothing; null: of texts, as neighbouring tokens hang together
 * @param reversed whether a sequence is made again from its end to its beginning
 * @param ahead the time steps to predict, the last of each training example; 0 where nothing is predicted
 * @param size Z, of the vector
 * @param variational whether the vector is drawn from a distribution in training
 * @param divergence what the divergence of that distribution from the standard one counts in the end
 * @param divergenceEpochs the epochs over which it grows from 0; -1: a quarter of the plan's
 * @param text how texts are cut and numbered; null: words in small letters
 * @param embedding the width of a token's row; 0: 64 for words and their pieces, 32 for characters
 * @param longest the most time steps of a sequence: a longer text is cut, longer numbers are refused
 * @param scaling of numbers; null: all alike where the features are the same quantity, else each feature
 * @param cell what runs at each time step, of encoder and decoders
 * @param hidden H of each of their layers; 0: by the number of the examples
 * @param layers recurrent layers of each
 * @param direction in which order the encoder reads
 * @param dropout the probability that an element of what a decoder's layers give is dropped
 * @param validation the share of the examples that choose the epoch, in (0, 0.5], or 0 for none; -1: a tenth, or a fifth of few
 */
public record EncodeSpec(
        DecoderKind decoder,
        @Nullable Boolean conditioned,
        boolean reversed,
        int ahead,
        int size,
        boolean variational,
        double divergence,
        int divergenceEpochs,
        @Nullable TokenSpec text,
        int embedding,
        int longest,
        @Nullable NumberScaling scaling,
        CellSpec cell,
        int hidden,
        int layers,
        Direction direction,
        double dropout,
        double validation) {
    private static final int LONGEST = 1_000_000;
    private static final int WIDEST = 16_384;
    private static final int MOST_LAYERS = 64;

    /** The largest vector: a map of it takes the cube of its size. */
    private static final int LARGEST = 4_096;

    public EncodeSpec {
        Ranges.within("time steps to predict", ahead, decoder.predicts() ? 1 : 0, decoder.predicts() ? LONGEST : 0);
        Ranges.within("size of the vector", size, 1, LARGEST);
        Ranges.within("epochs of the growing divergence", divergenceEpochs, -1, LONGEST);
        Ranges.within("embedding", embedding, 0, WIDEST);
        Ranges.within("longest", longest, 1, LONGEST);
        Ranges.within("hidden", hidden, 0, WIDEST);
        Ranges.within("layers", layers, 1, MOST_LAYERS);
        if (!(divergence >= 0) || Double.isInfinite(divergence)) {
            throw new IllegalArgumentException(
                    "weight of the divergence must be finite and not negative, got " + divergence);
        }
        Ranges.rate("dropout", dropout);
        if (validation != -1 && !(validation >= 0 && validation <= 0.5)) {
            throw new IllegalArgumentException("validation must be from 0 to 0.5, or -1, got " + validation);
        }
        if (Cells.create(cell, 2, Math.max(1, hidden)).readsTimeGap()) {
            throw new IllegalArgumentException("cell of an autoencoder must not need the time since the last step, got "
                    + cell + "; use lstm or gru");
        }
    }

    /** Whether a decoder reads what came before, once that is decided. */
    boolean readsBefore() {
        return Boolean.TRUE.equals(conditioned);
    }

    /**
     * A spec with the defaults: a vector of 16 numbers, of which the sequence is made again from its end to its beginning, as by
     * Srivastava et al.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** The same with some choices changed. */
    EncodeSpec with(Consumer<Builder> change) {
        Builder builder = new Builder();
        builder.decoder = decoder;
        builder.conditioned = conditioned;
        builder.reversed = reversed;
        builder.ahead = ahead;
        builder.size = size;
        builder.variational = variational;
        builder.divergence = divergence;
        builder.divergenceEpochs = divergenceEpochs;
        builder.text = text;
        builder.embedding = embedding;
        builder.longest = longest;
        builder.scaling = scaling;
        builder.cell = cell;
        builder.hidden = hidden;
        builder.layers = layers;
        builder.direction = direction;
        builder.dropout = dropout;
        builder.validation = validation;
        change.accept(builder);
        return builder.build();
    }

    /** Collects the options of an {@link EncodeSpec}. */
    public static final class Builder {
        private DecoderKind decoder = DecoderKind.RECONSTRUCTION;
        private @Nullable Boolean conditioned;
        private boolean reversed = true;
        private int ahead;
        private int size = 16;
        private boolean variational;
        private double divergence = 1;
        private int divergenceEpochs = -1;
        private @Nullable TokenSpec text;
        private int embedding;
        private int longest = 2_000;
        private @Nullable NumberScaling scaling;
        private CellSpec cell = CellSpec.parse("lstm");
        private int hidden;
        private int layers = 1;
        private Direction direction = Direction.FORWARD;
        private double dropout;
        private double validation = -1;

        private Builder() {}

        /** What is made of the vector. */
        public Builder decoder(DecoderKind kind) {
            decoder = kind;
            return this;
        }

        /** Whether decoders read what came before; null, the default, to decide by the kind of the examples. */
        public Builder conditioned(@Nullable Boolean reads) {
            conditioned = reads;
            return this;
        }

        /** Whether a sequence is made again from its end; true by default. */
        public Builder reversed(boolean backwards) {
            reversed = backwards;
            return this;
        }

        /** The time steps to predict; 0 by default. */
        public Builder ahead(int steps) {
            ahead = steps;
            return this;
        }

        /** The numbers of a vector; 16 by default. */
        public Builder size(int numbers) {
            size = numbers;
            return this;
        }

        /** Whether vectors are drawn in training; false by default. */
        public Builder variational(boolean drawn) {
            variational = drawn;
            return this;
        }

        /** What the divergence counts in the end; 1 by default, the bound of Kingma and Welling. */
        public Builder divergence(double weight) {
            divergence = weight;
            return this;
        }

        /** The epochs over which the divergence grows; -1, the default, for a quarter. */
        public Builder divergenceEpochs(int epochs) {
            divergenceEpochs = epochs;
            return this;
        }

        /** How texts are cut; null, the default, for words in small letters. */
        public Builder text(@Nullable TokenSpec choice) {
            text = choice;
            return this;
        }

        public Builder embedding(int width) {
            embedding = width;
            return this;
        }

        /** The most time steps; 2,000 by default. */
        public Builder longest(int steps) {
            longest = steps;
            return this;
        }

        public Builder scaling(@Nullable NumberScaling choice) {
            scaling = choice;
            return this;
        }

        /** The cell by the text form of its spec, such as {@code gru}; {@code lstm} by default. */
        public Builder cell(String spec) {
            cell = CellSpec.parse(spec);
            return this;
        }

        public Builder hidden(int width) {
            hidden = width;
            return this;
        }

        public Builder layers(int count) {
            layers = count;
            return this;
        }

        /** Forward by default. */
        public Builder direction(Direction choice) {
            direction = choice;
            return this;
        }

        public Builder dropout(double rate) {
            dropout = rate;
            return this;
        }

        public Builder validation(double share) {
            validation = share;
            return this;
        }

        public EncodeSpec build() {
            return new EncodeSpec(
                    decoder,
                    conditioned,
                    reversed,
                    ahead,
                    size,
                    variational,
                    divergence,
                    divergenceEpochs,
                    text,
                    embedding,
                    longest,
                    scaling,
                    cell,
                    hidden,
                    layers,
                    direction,
                    dropout,
                    validation);
        }
    }
}
