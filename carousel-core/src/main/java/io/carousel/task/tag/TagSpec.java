package io.carousel.task.tag;

import io.carousel.cell.CellSpec;
import io.carousel.cell.Cells;
import io.carousel.cell.LstmCell;
import io.carousel.layer.Direction;
import io.carousel.task.CharacterReader;
import io.carousel.task.Ranges;
import io.carousel.text.TagScheme;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What network tags words, and how it reads them: the first of the five steps. Prints as JSON and reads back equal.
 *
 * <p>Everything has a default; {@link #builder} says which.
 *
 * @param wordSize E of words; 0: that of the pretrained vectors, or 100
 * @param lowerCase whether words are looked up in small letters; their characters always keep their case
 * @param zeroDigits whether words are looked up with every digit as 0
 * @param leastCount words seen less often in training are unknown
 * @param mostWords V at most, the most frequent words
 * @param vectorWords how many words of the pretrained vectors' file, from its start, are known though training has not seen
 *     them
 * @param frozenWords whether the rows of words keep the values that they start with
 * @param wordDropout α: in training a word that was seen n times is taken for unknown with probability α / (n + α)
 * @param characters what reads characters
 * @param characterSize E of characters
 * @param characterOutputs what the reader of characters gives, even for a recurrent one, which gives half of it in each
 *     direction
 * @param mostCharacters C: of a longer word the first half and the last half of so many are read
 * @param capitals whether the {@linkplain WordShape shape} of a word is read, too
 * @param suffixes the last letters of a word that are read as one, by their number; may be empty
 * @param featureSize E of shapes, suffixes and the columns that are read beside the word
 * @param cell what runs at each time step of the recurrent layers
 * @param hidden H of each recurrent layer, in each direction
 * @param layers recurrent layers
 * @param direction in which sentences are read
 * @param dropout of what goes into the recurrent layers, between them, and of what they give, in [0, 1)
 * @param output how tags are chosen
 * @param scheme what tags of spans are converted to for the network, and back in what it gives; null: BIOES, which tells
 *     beginnings and ends apart (Ratinov and Roth 2009). Tags without spans are never converted
 * @param validation the part of the training sentences that is held out to choose the best epoch, in [0, 0.5]; 0 for none,
 *     and then the last epoch counts
 */
public record TagSpec(
        int wordSize,
        boolean lowerCase,
        boolean zeroDigits,
        int leastCount,
        int mostWords,
        int vectorWords,
        boolean frozenWords,
        double wordDropout,
        CharacterReader characters,
        int characterSize,
        int characterOutputs,
        int mostCharacters,
        boolean capitals,
        List<Integer> suffixes,
        int featureSize,
        CellSpec cell,
        int hidden,
        int layers,
        Direction direction,
        double dropout,
        TagOutput output,
        @Nullable TagScheme scheme,
        double validation) {
    /** The widest layer, whose recurrent weights take 4 GB. */
    private static final int WIDEST = 16_384;

    private static final int MOST_LAYERS = 64;
    private static final int LONGEST_SUFFIX = 16;

    /** The most words that a model can keep. */
    private static final int MOST_WORDS = 200_000;

    private static final int MOST_CHARACTERS = 1_000;

    public TagSpec {
        suffixes = List.copyOf(suffixes);
        Ranges.within("word size", wordSize, 0, WIDEST);
        Ranges.within("least count", leastCount, 1, Integer.MAX_VALUE);
        Ranges.within("most words", mostWords, 1, MOST_WORDS);
        Ranges.within("words of vectors", vectorWords, 0, MOST_WORDS);
        if (!(wordDropout >= 0) || Double.isInfinite(wordDropout)) {
            throw new IllegalArgumentException("word dropout must be finite and not negative, got " + wordDropout);
        }
        Ranges.within("character size", characterSize, 1, WIDEST);
        Ranges.within("character outputs", characterOutputs, 1, WIDEST);
        if (characters == CharacterReader.RECURRENT && characterOutputs % 2 != 0) {
            throw new IllegalArgumentException(
                    "character outputs of a recurrent reader must be even, got " + characterOutputs);
        }
        Ranges.within("most characters", mostCharacters, 1, MOST_CHARACTERS);
        suffixes.forEach(length -> Ranges.within("length of a suffix", length, 1, LONGEST_SUFFIX));
        if (new TreeSet<>(suffixes).size() != suffixes.size()) {
            throw new IllegalArgumentException("lengths of suffixes must be different, got " + suffixes);
        }
        Ranges.within("feature size", featureSize, 1, WIDEST);
        Ranges.within("hidden", hidden, 1, WIDEST);
        Ranges.within("layers", layers, 1, MOST_LAYERS);
        if (Cells.create(cell, 2, 2).readsTimeGap()) {
            throw new IllegalArgumentException("cell of a tagger must not need the time since the last step, got "
                    + cell + "; words are evenly spaced: use " + LstmCell.NAME);
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout must be in [0, 1), got " + dropout);
        }
        if (scheme == TagScheme.NONE) {
            throw new IllegalArgumentException("scheme to convert tags to must have spans, got NONE; leave it out");
        }
        if (!(validation >= 0 && validation <= 0.5)) {
            throw new IllegalArgumentException("validation part must be in [0, 0.5], got " + validation);
        }
    }

    /**
     * A spec with these defaults: words of 100 in small letters with digits as 0, all that were seen, α 0.25 (Kiperwasser and
     * Goldberg 2016); a convolution of 50 filters over up to 24 characters of 30 (Ma and Hovy 2016); shapes, suffixes of two
     * and three letters (Huang, Xu and Yu 2015), features of 20; one bidirectional LSTM layer of 200 (Ma and Hovy 2016),
     * dropout 0.5; a CRF over BIOES; a tenth to validate.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the options of a {@link TagSpec}. */
    public static final class Builder {
        private int wordSize;
        private boolean lowerCase = true;
        private boolean zeroDigits = true;
        private int leastCount = 1;
        private int mostWords = 100_000;
        private int vectorWords;
        private boolean frozenWords;
        private double wordDropout = 0.25;
        private CharacterReader characters = CharacterReader.CONVOLUTION;
        private int characterSize = 30;
        private int characterOutputs = 50;
        private int mostCharacters = 24;
        private boolean capitals = true;
        private List<Integer> suffixes = List.of(2, 3);
        private int featureSize = 20;
        private CellSpec cell = CellSpec.parse(LstmCell.NAME);
        private int hidden = 200;
        private int layers = 1;
        private Direction direction = Direction.BIDIRECTIONAL;
        private double dropout = 0.5;
        private TagOutput output = TagOutput.CRF;
        private @Nullable TagScheme scheme;
        private double validation = 0.1;

        private Builder() {}

        public Builder wordSize(int size) {
            wordSize = size;
            return this;
        }

        public Builder lowerCase(boolean lower) {
            lowerCase = lower;
            return this;
        }

        public Builder zeroDigits(boolean zero) {
            zeroDigits = zero;
            return this;
        }

        public Builder leastCount(int count) {
            leastCount = count;
            return this;
        }

        public Builder mostWords(int count) {
            mostWords = count;
            return this;
        }

        public Builder vectorWords(int count) {
            vectorWords = count;
            return this;
        }

        public Builder frozenWords(boolean frozen) {
            frozenWords = frozen;
            return this;
        }

        public Builder wordDropout(double alpha) {
            wordDropout = alpha;
            return this;
        }

        public Builder characters(CharacterReader reader) {
            characters = reader;
            return this;
        }

        public Builder characterSize(int size) {
            characterSize = size;
            return this;
        }

        public Builder characterOutputs(int width) {
            characterOutputs = width;
            return this;
        }

        public Builder mostCharacters(int count) {
            mostCharacters = count;
            return this;
        }

        public Builder capitals(boolean read) {
            capitals = read;
            return this;
        }

        public Builder suffixes(List<Integer> lengths) {
            suffixes = lengths;
            return this;
        }

        public Builder featureSize(int size) {
            featureSize = size;
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

        public Builder dropout(double rate) {
            dropout = rate;
            return this;
        }

        public Builder output(TagOutput choice) {
            output = choice;
            return this;
        }

        public Builder scheme(@Nullable TagScheme of) {
            scheme = of;
            return this;
        }

        public Builder validation(double part) {
            validation = part;
            return this;
        }

        public TagSpec build() {
            return new TagSpec(
                    wordSize,
                    lowerCase,
                    zeroDigits,
                    leastCount,
                    mostWords,
                    vectorWords,
                    frozenWords,
                    wordDropout,
                    characters,
                    characterSize,
                    characterOutputs,
                    mostCharacters,
                    capitals,
                    suffixes,
                    featureSize,
                    cell,
                    hidden,
                    layers,
                    direction,
                    dropout,
                    output,
                    scheme,
                    validation);
        }
    }
}
