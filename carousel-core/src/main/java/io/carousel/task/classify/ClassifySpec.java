package io.carousel.task.classify;

import io.carousel.cell.CellSpec;
import io.carousel.cell.Cells;
import io.carousel.layer.Direction;
import io.carousel.layer.Pooling;
import io.carousel.task.CharacterReader;
import io.carousel.task.Ranges;
import io.carousel.text.Tokenizer;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to classify and with what network: the first of the five steps. Prints as JSON and reads back equal.
 *
 * <p>Everything has a default. What is {@code null}, 0 or -1 where that is allowed is decided when the examples are seen, and
 * the decision is recorded in the model: see {@link ClassifyEncoding#chosen}.
 *
 * @param several whether an example may have any number of labels, and not just one
 * @param tokenizer of texts; null: words in small letters
 * @param vocabulary the most symbols
 * @param leastCount how often a token must be seen in training to have a symbol; 0: twice for words of many
 *     examples, else once
 * @param embedding the width of a token's row; 0: that of pretrained vectors, else 128 for words, 32 for characters
 * @param frozenWords whether the rows of tokens keep the values that they start with
 * @param characters what reads the characters of each token beside its row
 * @param longest the most time steps of a sequence: a longer text is cut, longer numbers are refused
 * @param scaling of numbers; null: all alike where the features are the same quantity, else each feature
 * @param cell what runs at each time step
 * @param hidden H in each direction; 0: by kind and number of the examples
 * @param layers recurrent layers
 * @param direction in which order sequences are read
 * @param pooling how the rows of a sequence become one; null: the largest for texts, the last for characters, the mean for numbers
 * @param members networks that are trained from different first weights, with different validation parts, and averaged; 0: by
 *     the number of the examples
 * @param tokenDropout the probability that a token is read as unknown in training; -1: by kind
 * @param inputDropout the probability that an element of what the recurrent layers read is dropped for a sequence; -1: by kind
 * @param dropout the probability that an element of what they give is dropped; -1: by kind
 * @param smoothing of the targets, in [0, 1)
 * @param weighting how much labels count
 * @param labelWeights what the weights of some labels are multiplied by
 * @param validation the share of the examples that choose and stop, in (0, 0.5], or 0 for none; -1: a tenth, or a fifth of few
 */
public record ClassifySpec(
        boolean several,
        @Nullable Tokenizer tokenizer,
        int vocabulary,
        int leastCount,
        int embedding,
        boolean frozenWords,
        CharacterReader characters,
        int longest,
        @Nullable NumberScaling scaling,
        CellSpec cell,
        int hidden,
        int layers,
        Direction direction,
        @Nullable Pooling pooling,
        int members,
        double tokenDropout,
        double inputDropout,
        double dropout,
        double smoothing,
        LabelWeighting weighting,
        Map<String, Double> labelWeights,
        double validation) {

    /** The most symbols: a model file must stay readable. */
    static final int MOST_SYMBOLS = 400_000;

    private static final int LONGEST = 1_000_000;
    private static final int WIDEST = 16_384;
    private static final int MOST_LAYERS = 64;
    private static final int MOST_MEMBERS = 100;

    public ClassifySpec {
        labelWeights = java.util.Collections.unmodifiableMap(new TreeMap<>(labelWeights));
        Ranges.within("vocabulary", vocabulary, 2, MOST_SYMBOLS);
        Ranges.within("least count", leastCount, 0, LONGEST);
        Ranges.within("embedding", embedding, 0, WIDEST);
        Ranges.within("longest", longest, 1, LONGEST);
        Ranges.within("hidden", hidden, 0, WIDEST);
        Ranges.within("layers", layers, 1, MOST_LAYERS);
        Ranges.within("members", members, 0, MOST_MEMBERS);
        rate("token dropout", tokenDropout);
        rate("input dropout", inputDropout);
        rate("dropout", dropout);
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("label smoothing must be in [0, 1), got " + smoothing);
        }
        if (several && smoothing > 0) {
            throw new IllegalArgumentException(
                    "label smoothing must be 0 where an example may have several labels, got " + smoothing);
        }
        if (validation != -1 && !(validation >= 0 && validation <= 0.5)) {
            throw new IllegalArgumentException("validation must be from 0 to 0.5, or -1, got " + validation);
        }
        labelWeights.forEach((label, weight) -> {
            if (!(weight > 0) || weight.isInfinite()) {
                throw new IllegalArgumentException(
                        "weight of label " + label + " must be positive and finite, got " + weight);
            }
        });
        if (Cells.create(cell, 2, Math.max(1, hidden)).readsTimeGap()) {
            throw new IllegalArgumentException("cell of a classifier must not need the time since the last step, got "
                    + cell + "; use lstm or gru");
        }
    }

    private static void rate(String what, double value) {
        if (value != -1 && !(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(what + " must be in [0, 1), or -1, got " + value);
        }
    }

    /** A spec with the defaults: one label, a recurrent layer in both directions, and everything else decided by the examples. */
    public static Builder builder() {
        return new Builder();
    }

    /** The same with some choices changed. */
    ClassifySpec with(Consumer<Builder> change) {
        Builder builder = new Builder();
        builder.several = several;
        builder.tokenizer = tokenizer;
        builder.vocabulary = vocabulary;
        builder.leastCount = leastCount;
        builder.embedding = embedding;
        builder.frozenWords = frozenWords;
        builder.characters = characters;
        builder.longest = longest;
        builder.scaling = scaling;
        builder.cell = cell;
        builder.hidden = hidden;
        builder.layers = layers;
        builder.direction = direction;
        builder.pooling = pooling;
        builder.members = members;
        builder.tokenDropout = tokenDropout;
        builder.inputDropout = inputDropout;
        builder.dropout = dropout;
        builder.smoothing = smoothing;
        builder.weighting = weighting;
        builder.labelWeights = labelWeights;
        builder.validation = validation;
        change.accept(builder);
        return builder.build();
    }

    /** Collects the options of a {@link ClassifySpec}. */
    public static final class Builder {
        private boolean several;
        private @Nullable Tokenizer tokenizer;
        private int vocabulary = 50_000;
        private int leastCount;
        private int embedding;
        private boolean frozenWords;
        private CharacterReader characters = CharacterReader.NONE;
        private int longest = 2_000;
        private @Nullable NumberScaling scaling;
        private CellSpec cell = CellSpec.parse("lstm");
        private int hidden;
        private int layers = 1;
        private Direction direction = Direction.BIDIRECTIONAL;
        private @Nullable Pooling pooling;
        private int members;
        private double tokenDropout = -1;
        private double inputDropout = -1;
        private double dropout = -1;
        private double smoothing;
        private LabelWeighting weighting = LabelWeighting.NONE;
        private Map<String, Double> labelWeights = Map.of();
        private double validation = -1;

        private Builder() {}

        /** Whether an example may have any number of labels; false by default. */
        public Builder several(boolean labels) {
            several = labels;
            return this;
        }

        /** Of texts; null, the default, for words in small letters. */
        public Builder tokenizer(@Nullable Tokenizer choice) {
            tokenizer = choice;
            return this;
        }

        /** The most symbols; 50,000 by default. */
        public Builder vocabulary(int symbols) {
            vocabulary = symbols;
            return this;
        }

        /** How often a token must be seen in training to have a symbol; 0, the default, for twice or once. */
        public Builder leastCount(int count) {
            leastCount = count;
            return this;
        }

        public Builder embedding(int size) {
            embedding = size;
            return this;
        }

        /** Whether rows of tokens are not learned, for pretrained vectors; false by default. */
        public Builder frozenWords(boolean frozen) {
            frozenWords = frozen;
            return this;
        }

        /** What reads the characters of each token beside its row; nothing by default. */
        public Builder characters(CharacterReader reader) {
            characters = reader;
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

        public Builder hidden(int size) {
            hidden = size;
            return this;
        }

        public Builder layers(int count) {
            layers = count;
            return this;
        }

        /** Both directions by default. */
        public Builder direction(Direction choice) {
            direction = choice;
            return this;
        }

        public Builder pooling(@Nullable Pooling choice) {
            pooling = choice;
            return this;
        }

        public Builder members(int count) {
            members = count;
            return this;
        }

        public Builder tokenDropout(double rate) {
            tokenDropout = rate;
            return this;
        }

        public Builder inputDropout(double rate) {
            inputDropout = rate;
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

        public Builder weighting(LabelWeighting choice) {
            weighting = choice;
            return this;
        }

        /** What the weights of some labels are multiplied by. */
        public Builder labelWeights(Map<String, Double> weights) {
            labelWeights = Map.copyOf(weights);
            return this;
        }

        public Builder validation(double share) {
            validation = share;
            return this;
        }

        public ClassifySpec build() {
            return new ClassifySpec(
                    several,
                    tokenizer,
                    vocabulary,
                    leastCount,
                    embedding,
                    frozenWords,
                    characters,
                    longest,
                    scaling,
                    cell,
                    hidden,
                    layers,
                    direction,
                    pooling,
                    members,
                    tokenDropout,
                    inputDropout,
                    dropout,
                    smoothing,
                    weighting,
                    labelWeights,
                    validation);
        }
    }
}
