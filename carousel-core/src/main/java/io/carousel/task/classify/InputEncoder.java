package io.carousel.task.classify;

import io.carousel.data.BatchLayout;
import io.carousel.data.DataException;
import io.carousel.data.SequenceBatch;
import io.carousel.data.Standardizer;
import io.carousel.data.Texts;
import io.carousel.task.CharacterReader;
import io.carousel.task.WordCharacters;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import io.carousel.text.Tokenizer;
import io.carousel.text.Vocabulary;
import io.carousel.text.VocabularyBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes what the network reads of examples: numbers of tokens, or scaled numbers. */
final class InputEncoder {
    /** The characters of a token that are read. */
    static final int MOST_CHARACTERS = 24;

    /** Characters that are seen less often are unknown, so that the unknown is learnt, too. */
    private static final int LEAST_COUNT = 2;

    private final ClassifySpec spec;
    private final @Nullable Vocabulary vocabulary;
    private final @Nullable Vocabulary characters;
    private final List<String> features;
    private final FeatureScales scales;

    /**
     * An encoder.
     *
     * @param spec with everything decided
     * @param vocabulary null for numbers
     * @param characters null where those of the tokens are not read
     */
    InputEncoder(
            ClassifySpec spec,
            @Nullable Vocabulary vocabulary,
            @Nullable Vocabulary characters,
            List<String> features,
            List<Standardizer> scales) {
        this.spec = spec;
        this.vocabulary = vocabulary;
        this.characters = characters;
        this.features = features;
        this.scales = new FeatureScales(scaling(spec), scales);
        if (vocabulary == null ? features.isEmpty() : !features.isEmpty()) {
            throw new IllegalArgumentException("a classifier must read texts or features, got "
                    + (vocabulary == null ? "neither" : "a vocabulary and " + features.size() + " features"));
        }
        this.scales.requireFit(features.size());
        if (vocabulary != null && (spec.tokenizer() == null || spec.embedding() < 1)) {
            throw new IllegalArgumentException("a classifier of texts must have a tokenizer and an embedding");
        }
        boolean read = vocabulary != null && spec.characters() != CharacterReader.NONE;
        if (read != (characters != null)) {
            throw new IllegalArgumentException("a classifier must know characters where it reads them, got "
                    + (read ? "none" : "some") + " for the reader " + spec.characters());
        }
    }

    static InputEncoder of(ClassifyEncoding encoding) {
        return new InputEncoder(
                encoding.chosen(),
                encoding.vocabulary(),
                encoding.characters(),
                encoding.features(),
                encoding.scales());
    }

    /** Learns vocabulary or scales from training examples. */
    static InputEncoder fit(ClassifySpec spec, ExampleSet set) {
        Tokenizer tokenizer = spec.tokenizer();
        if (tokenizer == null) {
            return new InputEncoder(
                    spec,
                    null,
                    null,
                    set.features(),
                    FeatureScales.fit(scaling(spec), set).learned());
        }
        VocabularyBuilder builder = new VocabularyBuilder();
        VocabularyBuilder characters = new VocabularyBuilder();
        boolean read = spec.characters() != CharacterReader.NONE;
        for (Example example : set.examples()) {
            if (example.input() instanceof ExampleInput.Text text) {
                List<String> tokens = tokenizer.tokens(text.text());
                builder.add(tokens);
                tokens.stream()
                        .filter(token -> read)
                        .forEach(token -> characters.add(WordCharacters.of(token, MOST_CHARACTERS)));
            }
        }
        return new InputEncoder(
                spec,
                builder.build(spec.leastCount(), spec.vocabulary()),
                read ? characters.build(LEAST_COUNT, Integer.MAX_VALUE) : null,
                List.of(),
                List.of());
    }

    /** The same for another spec of the same vocabulary and scales. */
    InputEncoder with(ClassifySpec other) {
        return new InputEncoder(other, vocabulary, characters, features, scales.learned());
    }

    private static NumberScaling scaling(ClassifySpec spec) {
        NumberScaling scaling = spec.scaling();
        return scaling == null ? NumberScaling.NONE : scaling;
    }

    /** F of the network. */
    int width() {
        return vocabulary == null ? features.size() : characters == null ? 1 : 1 + MOST_CHARACTERS;
    }

    @Nullable
    Vocabulary vocabulary() {
        return vocabulary;
    }

    @Nullable
    Vocabulary characters() {
        return characters;
    }

    List<String> features() {
        return features;
    }

    List<Standardizer> scales() {
        return scales.learned();
    }

    /**
     * The tokens of a text that the network reads; those that it does not know are among them. A text without tokens is read
     * as one that is unknown.
     */
    List<String> tokens(Example example) {
        Tokenizer tokenizer = spec.tokenizer();
        if (tokenizer == null || !(example.input() instanceof ExampleInput.Text text)) {
            return List.of();
        }
        List<String> tokens = tokenizer.tokens(text.text());
        return tokens.isEmpty()
                ? List.of(Vocabulary.UNKNOWN)
                : tokens.subList(0, Math.min(tokens.size(), spec.longest()));
    }

    /** Whether a text has tokens at all. */
    boolean isEmpty(Example example) {
        Tokenizer tokenizer = spec.tokenizer();
        return tokenizer != null
                && example.input() instanceof ExampleInput.Text text
                && tokenizer.tokens(text.text()).isEmpty();
    }

    /** Whether a text is longer than what is read of it. */
    boolean isCut(Example example) {
        Tokenizer tokenizer = spec.tokenizer();
        return tokenizer != null
                && example.input() instanceof ExampleInput.Text text
                && text.text().length() > spec.longest()
                && tokenizer.tokens(text.text()).size() > spec.longest();
    }

    /**
     * The rows that the network reads, {@code [T, F]}.
     *
     * @throws DataException when the example is of another kind than those that were learned from, or too long
     */
    float[] encode(Example example, String source) {
        Vocabulary known = vocabulary;
        if (known != null) {
            if (!example.isText()) {
                throw wrongKind(example, source, "a text", "numbers");
            }
            List<String> tokens = tokens(example);
            int width = width();
            float[] rows = new float[tokens.size() * width];
            for (int t = 0; t < tokens.size(); t++) {
                rows[t * width] = known.number(tokens.get(t));
                if (characters != null) {
                    WordCharacters.write(tokens.get(t), MOST_CHARACTERS, characters, rows, t * width + 1);
                }
            }
            return rows;
        }
        if (!(example.input() instanceof ExampleInput.Numbers numbers)) {
            throw wrongKind(example, source, features.size() + " features", "a text");
        }
        if (numbers.features() != features.size()) {
            throw wrongKind(example, source, features.size() + " features", Integer.toString(numbers.features()));
        }
        if (numbers.steps() > spec.longest()) {
            throw new DataException("example " + Texts.shown(example.id()) + ExampleSet.place(example, source, "")
                    + " must have at most " + spec.longest() + " time steps, got " + numbers.steps()
                    + "; allow more, or cut it");
        }
        return FeatureScales.scaled(numbers.values(), scales.of(numbers.values(), features.size()));
    }

    private static DataException wrongKind(Example example, String source, String wanted, String got) {
        return new DataException("example " + Texts.shown(example.id()) + ExampleSet.place(example, source, "")
                + " must have " + wanted + " like those of the training, got " + got);
    }

    /**
     * Encoded examples as a batch.
     *
     * @param examples which of them, from {@code from} to before {@code to}
     * @param random drops tokens; null for none
     */
    SequenceBatch batch(
            Workspace workspace, float[][] encoded, int[] examples, int from, int to, @Nullable Rng random) {
        int width = width();
        int[] lengths = new int[to - from];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = encoded[examples[from + i]].length / width;
        }
        SequenceBatch batch = SequenceBatch.allocate(workspace, BatchLayout.of(lengths), width);
        float[] values = batch.values().data();
        Rng drops = vocabulary != null && spec.tokenDropout() > 0 ? random : null;
        for (int i = 0; i < lengths.length; i++) {
            float[] rows = encoded[examples[from + i]];
            for (int t = 0; t < lengths[i]; t++) {
                int at = batch.offset(i, t);
                System.arraycopy(rows, t * width, values, at, width);
                if (drops != null && drops.nextFloat() < spec.tokenDropout()) {
                    values[at] = 0; // its characters stay, as those of a word that is unknown
                }
            }
        }
        return batch;
    }
}
