package io.carousel.task.encode;

import io.carousel.data.DataException;
import io.carousel.data.SequencePair;
import io.carousel.data.Standardizer;
import io.carousel.data.Texts;
import io.carousel.task.classify.Example;
import io.carousel.task.classify.ExampleInput;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.classify.FeatureScales;
import io.carousel.task.classify.NumberScaling;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.text.TokenCode;
import io.carousel.text.TokenSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes what the network reads and should give of examples: numbers of tokens, or scaled numbers. Immutable. */
final class SequenceCoder {
    private final EncodeSpec spec;
    private final @Nullable TokenCode side;
    private final List<String> features;
    private final FeatureScales scales;

    private SequenceCoder(
            EncodeSpec spec, @Nullable TokenCode side, List<String> features, List<Standardizer> learned) {
        this.spec = spec;
        this.side = side;
        this.features = features;
        NumberScaling scaling = spec.scaling();
        scales = new FeatureScales(scaling == null ? NumberScaling.NONE : scaling, learned);
        scales.requireFit(features.size());
    }

    /** The coder of a model. */
    static SequenceCoder of(EncodeEncoding encoding) {
        return new SequenceCoder(encoding.chosen(), encoding.side(), encoding.features(), encoding.scales());
    }

    /**
     * Learns vocabulary or scales from training examples.
     *
     * @param spec with everything decided
     */
    static SequenceCoder fit(EncodeSpec spec, ExampleSet set) {
        NumberScaling scaling = spec.scaling();
        if (!set.isText()) {
            FeatureScales learned = FeatureScales.fit(scaling == null ? NumberScaling.NONE : scaling, set);
            return new SequenceCoder(spec, null, set.features(), learned.learned());
        }
        List<String> texts = set.examples().stream()
                .map(example -> ((ExampleInput.Text) example.input()).text())
                .toList();
        TokenSpec text = Objects.requireNonNull(spec.text(), "text");
        return new SequenceCoder(spec, TokenCode.learn(text, texts, set.source()), List.of(), List.of());
    }

    @Nullable
    TokenCode side() {
        return side;
    }

    List<String> features() {
        return features;
    }

    List<Standardizer> scales() {
        return scales.learned();
    }

    /** The symbols of texts; 0 for numbers. */
    int symbols() {
        return side == null ? 0 : side.vocabulary().size();
    }

    /** F of the network. */
    int width() {
        return side == null ? features.size() : 1;
    }

    /**
     * A sequence as the network reads it.
     *
     * @param values {@code [T, F]}, scaled, or numbers of tokens
     * @param seen how many of the T time steps the encoder reads; the others are to be predicted
     * @param scales of the features; none for texts
     */
    record Coded(float[] values, int width, int seen, List<Standardizer> scales) {
        int steps() {
            return values.length / width;
        }
    }

    /**
     * Codes an example.
     *
     * @param ahead the time steps at its end that the encoder does not read; scales of its own do not know them either
     * @throws DataException when it is of another kind than those that were learned from, too long, or too short
     */
    Coded code(Example example, String source, int ahead) {
        TokenCode known = side;
        Coded coded = known == null ? numbers(example, source, ahead) : text(known, example, source, ahead);
        int least = known == null ? 1 : 0;
        if (coded.seen() < least) {
            throw new DataException("example " + Texts.shown(example.id()) + ExampleSet.place(example, source, "")
                    + " must have at least " + (ahead + least) + " time steps, of which the last " + ahead
                    + " are predicted, got " + coded.steps() + "; leave it out, or predict fewer");
        }
        return coded;
    }

    private Coded text(TokenCode known, Example example, String source, int ahead) {
        if (!(example.input() instanceof ExampleInput.Text text)) {
            throw wrongKind(example, source, "a text", "numbers");
        }
        int[] numbers = known.numbers(known.tokens(text.text()));
        float[] values = new float[Math.min(numbers.length, spec.longest())];
        for (int t = 0; t < values.length; t++) {
            values[t] = numbers[t];
        }
        return new Coded(values, 1, values.length - ahead, List.of());
    }

    /** Whether a text is longer than what is read of it. */
    boolean isCut(Example example) {
        return side != null
                && example.input() instanceof ExampleInput.Text text
                && text.text().length() > spec.longest()
                && side.tokens(text.text()).size() > spec.longest();
    }

    private Coded numbers(Example example, String source, int ahead) {
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
        return scaled(numbers.values(), numbers.steps() - ahead);
    }

    /**
     * Scales numbers.
     *
     * @param values {@code [T, F]}
     * @param seen how many time steps the encoder reads
     */
    Coded scaled(float[] values, int seen) {
        int width = features.size();
        if (seen < 1) {
            return new Coded(values, width, seen, List.of());
        }
        List<Standardizer> own = scales.of(Arrays.copyOf(values, seen * width), width);
        return new Coded(FeatureScales.scaled(values, own), width, seen, own);
    }

    private static DataException wrongKind(Example example, String source, String wanted, String got) {
        return new DataException("example " + Texts.shown(example.id()) + ExampleSet.place(example, source, "")
                + " must have " + wanted + " like those of the training, got " + got);
    }

    /** What the encoder reads, {@code [S, F]}: a text with its end, so that it is never empty. */
    Tensor source(Coded coded) {
        if (side == null) {
            return rows(Arrays.copyOf(coded.values(), coded.seen() * coded.width()), coded.width());
        }
        float[] closed = Arrays.copyOf(coded.values(), coded.seen() + 1);
        closed[coded.seen()] = TokenCode.END_NUMBER;
        return rows(closed, 1);
    }

    private static Tensor rows(float[] values, int width) {
        return new Tensor(Shape.of(values.length / width, width), values, 0);
    }

    /** What a decoder should give of a sequence, in its order and without an end, {@code [T, F]}. */
    float[] target(Part part, Coded coded) {
        int cut = coded.seen() * coded.width();
        return part == Part.PREDICTION
                ? Arrays.copyOfRange(coded.values(), cut, coded.values().length)
                : turned(part, Arrays.copyOf(coded.values(), cut));
    }

    /** Takes time steps from the order of a decoder to that of the sequence, or back. */
    float[] turned(Part part, float[] values) {
        if (part == Part.PREDICTION || !spec.reversed()) {
            return values;
        }
        int width = width();
        int steps = values.length / width;
        float[] turned = new float[values.length];
        for (int t = 0; t < steps; t++) {
            System.arraycopy(values, t * width, turned, (steps - 1 - t) * width, width);
        }
        return turned;
    }

    /** A sequence and what a decoder reads and should give of it. */
    SequencePair pair(Part part, Coded coded) {
        float[] target = target(part, coded);
        boolean before = spec.readsBefore();
        if (side == null) {
            float[] inputs = new float[target.length];
            if (before && target.length > 0) {
                System.arraycopy(target, 0, inputs, width(), target.length - width());
            }
            return new SequencePair(source(coded), rows(inputs, width()), rows(target, width()));
        }
        int end = TokenCode.END_NUMBER;
        int[] tokens = new int[target.length];
        Arrays.setAll(tokens, t -> (int) target[t]);
        SequencePair told = SequencePair.ofTokens(new int[0], tokens, end, end);
        Tensor inputs = told.inputs();
        if (!before) {
            inputs.fill(end);
        }
        return new SequencePair(source(coded), inputs, told.targets());
    }
}
