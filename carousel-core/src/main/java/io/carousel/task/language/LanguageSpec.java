package io.carousel.task.language;

import io.carousel.cell.CellSpec;
import io.carousel.cell.Cells;
import io.carousel.cell.LstmCell;
import io.carousel.task.Ranges;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.Tokenizer;
import io.carousel.text.WordTokenizer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a language model reads and with what network: the first of the five steps. Prints as JSON and reads back equal.
 *
 * <p>Everything has a default; {@link #builder} says which.
 *
 * @param tokenizer cuts the text; it sets the level: characters, bytes, words or pieces of words
 * @param vocabulary V at most, with {@code <unk>} and what ends a line; a tokenizer that knows its symbols gives all of them
 * @param leastCount tokens that the text has less often are unknown; 0: 1 of characters, else 2, so that the model learns what
 *     comes before and after an unknown token
 * @param cell what runs at each time step
 * @param hidden H of each recurrent layer
 * @param layers recurrent layers
 * @param embedding E, the width of a token's row; 0: as hidden
 * @param tied whether the output scores tokens by their rows of the embedding; the top layer then has the width E
 * @param output how symbols get their probabilities; an adaptive one cannot be tied
 * @param regularizers dropout and the like
 * @param initialRange all weights start uniform in ±this; null: each layer as its own default says
 * @param steps T, the time steps between two updates, through which gradients flow back
 */
public record LanguageSpec(
        Tokenizer tokenizer,
        int vocabulary,
        int leastCount,
        CellSpec cell,
        int hidden,
        int layers,
        int embedding,
        boolean tied,
        LanguageOutput output,
        LanguageRegularizers regularizers,
        @Nullable Double initialRange,
        int steps) {
    /** The largest vocabulary: a model file must hold its list. */
    public static final int MOST_SYMBOLS = 1 << 18;

    private static final int WIDEST = 16_384;
    private static final int MOST_LAYERS = 64;
    private static final int MOST_STEPS = 100_000;

    public LanguageSpec {
        Objects.requireNonNull(tokenizer, "tokenizer");
        Objects.requireNonNull(cell, "cell");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(regularizers, "regularizers");
        Ranges.within("symbols of the vocabulary", vocabulary, 2, MOST_SYMBOLS);
        Ranges.within("least count of a token", leastCount, 0, Integer.MAX_VALUE);
        Ranges.within("hidden", hidden, 1, WIDEST);
        Ranges.within("layers", layers, 1, MOST_LAYERS);
        Ranges.within("embedding", embedding, 0, WIDEST);
        Ranges.within("steps", steps, 1, MOST_STEPS);
        if (Cells.create(cell, 2, hidden).readsTimeGap()) {
            throw new IllegalArgumentException(
                    "cell of a language model must not need the time since the last step, got " + cell
                            + "; the tokens of a text have no times: use " + LstmCell.NAME);
        }
        if (tied && output instanceof LanguageOutput.Adaptive) {
            throw new IllegalArgumentException(
                    "tied must be false where the output is adaptive, got true; its clusters have"
                            + " fewer features than the embedding");
        }
        if (initialRange != null && (!(initialRange > 0) || Double.isInfinite(initialRange))) {
            throw new IllegalArgumentException(
                    "initial range of weights must be positive and finite, got " + initialRange);
        }
    }

    /** How often a text must have a token for it to be known. */
    int knownFrom() {
        return leastCount > 0 ? leastCount : tokenizer instanceof CharacterTokenizer ? 1 : 2;
    }

    /** E: the width of a token's row. */
    int embeddingSize() {
        return embedding == 0 ? hidden : embedding;
    }

    /**
     * A spec with these defaults: words, at most 50,000 symbols, of them those that the text has twice, two LSTM layers of 200, an embedding
     * of the same width, tied unless the output is adaptive, a softmax, dropout 0.2, layers that start as they do, 35 time steps.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the options of a {@link LanguageSpec}. */
    public static final class Builder {
        private Tokenizer tokenizer = new WordTokenizer(false);
        private int vocabulary = 50_000;
        private int leastCount;
        private CellSpec cell = CellSpec.parse(LstmCell.NAME);
        private int hidden = 200;
        private int layers = 2;
        private int embedding;
        private @Nullable Boolean tied;
        private LanguageOutput output = new LanguageOutput.Softmax();
        private LanguageRegularizers regularizers = LanguageRegularizers.dropout(0.2);
        private @Nullable Double initialRange;
        private int steps = 35;

        private Builder() {}

        public Builder tokenizer(Tokenizer choice) {
            tokenizer = choice;
            return this;
        }

        public Builder vocabulary(int mostSymbols) {
            vocabulary = mostSymbols;
            return this;
        }

        public Builder leastCount(int times) {
            leastCount = times;
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

        public Builder embedding(int size) {
            embedding = size;
            return this;
        }

        public Builder tied(boolean shared) {
            tied = shared;
            return this;
        }

        public Builder output(LanguageOutput choice) {
            output = choice;
            return this;
        }

        public Builder regularizers(LanguageRegularizers choice) {
            regularizers = choice;
            return this;
        }

        public Builder initialRange(@Nullable Double limit) {
            initialRange = limit;
            return this;
        }

        public Builder steps(int timeSteps) {
            steps = timeSteps;
            return this;
        }

        public LanguageSpec build() {
            return new LanguageSpec(
                    tokenizer,
                    vocabulary,
                    leastCount,
                    cell,
                    hidden,
                    layers,
                    embedding,
                    tied != null ? tied : !(output instanceof LanguageOutput.Adaptive),
                    output,
                    regularizers,
                    initialRange,
                    steps);
        }
    }
}
