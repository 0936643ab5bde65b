package io.carousel.task.classify;

import io.carousel.data.DataException;
import io.carousel.data.Sha256;
import io.carousel.data.Texts;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Examples of one kind, in the order of their file.
 *
 * @param source the name of the file, for errors and for what the model says of itself
 * @param sha256 of the file in hexadecimal digits
 * @param features the names of the columns of numbers; none for texts
 * @param commonScale whether all features are the same quantity, as the pixels of an image are
 * @param examples the sequences
 * @param notes what one should know of the reading, one sentence each
 */
public record ExampleSet(
        String source,
        String sha256,
        List<String> features,
        boolean commonScale,
        List<Example> examples,
        List<String> notes) {

    /** The longest id and the longest label. */
    static final int LONGEST_NAME = 256;

    /**
     * Checks the examples.
     *
     * @throws DataException when two have the same id, one is of another kind than the first, or has numbers that are not
     *     finite
     */
    public ExampleSet {
        features = List.copyOf(features);
        examples = List.copyOf(examples);
        notes = List.copyOf(notes);
        Set<String> ids = new HashSet<>(2 * examples.size());
        for (Example example : examples) {
            if (!ids.add(example.id())) {
                throw new DataException("id of an example must be there once, got " + Texts.shown(example.id())
                        + place(example, source, " again") + "; number them, or leave the ids out");
            }
            checkKind(example, features, source);
            for (String label : example.labels()) {
                if (label.isEmpty() || label.length() > LONGEST_NAME) {
                    throw new DataException("label of example " + Texts.shown(example.id())
                            + place(example, source, "") + " must have 1 to " + LONGEST_NAME + " characters, got "
                            + label.length());
                }
            }
        }
    }

    private static void checkKind(Example example, List<String> features, String source) {
        if (example.input() instanceof ExampleInput.Numbers numbers) {
            if (numbers.features() != features.size()) {
                throw new DataException("example " + Texts.shown(example.id()) + place(example, source, "")
                        + " must have " + features.size() + " features, got " + numbers.features());
            }
            for (float value : numbers.values()) {
                if (!Float.isFinite(value)) {
                    throw new DataException("numbers of example " + Texts.shown(example.id())
                            + place(example, source, "") + " must be finite, got " + value
                            + "; fill what is missing, or leave the example out");
                }
            }
        } else if (!features.isEmpty()) {
            throw new DataException("example " + Texts.shown(example.id()) + place(example, source, "") + " must have "
                    + features.size() + " features, got a text");
        }
    }

    /** Such as {@code on line 7 of train.csv}. */
    public static String place(Example example, String source, String more) {
        return (example.line() > 0 ? " on line " + example.line() + " of " + source : " of " + source) + more;
    }

    /** A set of texts that stand in no file. */
    public static ExampleSet ofTexts(String source, List<Example> examples) {
        return new ExampleSet(source, digest(examples), List.of(), false, examples, List.of());
    }

    /**
     * A set of sequences of numbers that stand in no file.
     *
     * @param features the names of the columns
     */
    public static ExampleSet ofNumbers(String source, List<String> features, List<Example> examples) {
        return new ExampleSet(source, digest(examples), features, false, examples, List.of());
    }

    private static String digest(List<Example> examples) {
        Sha256 digest = new Sha256();
        examples.forEach(example -> addTo(digest, example));
        return digest.hex();
    }

    private static void addTo(Sha256 digest, Example example) {
        digest.add(example.id());
        if (example.input() instanceof ExampleInput.Numbers numbers) {
            digest.add(numbers.values());
        } else if (example.input() instanceof ExampleInput.Text text) {
            digest.add(text.text());
        }
        digest.add(Integer.toString(example.labels().size()));
        example.labels().forEach(digest::add);
    }

    /** The digest of the examples as they were read, so that other columns of a file are other data. */
    public String contentSha256() {
        Sha256 digest = new Sha256().add(sha256);
        examples.forEach(example -> addTo(digest, example));
        return digest.hex();
    }

    /** Whether these are texts. */
    public boolean isText() {
        return features.isEmpty();
    }

    public int size() {
        return examples.size();
    }

    /** The same set with other examples of it, such as those of a part. */
    public ExampleSet with(List<Example> some) {
        return new ExampleSet(source, sha256, features, commonScale, some, notes);
    }

    /**
     * One way to hold examples back.
     *
     * @param training what is left to learn from
     * @param test what is held back
     */
    public record Fold(ExampleSet training, ExampleSet test) {}

    /**
     * Cuts into parts of which each has its share of every label, each held back once: cross-validation.
     *
     * <p>An example that is the only one of its label is never held back.
     *
     * @param count how many parts, at least 2
     * @param seed decides who is in which
     * @throws DataException when no example has a label
     */
    public List<Fold> folds(int count, long seed) {
        if (count < 2 || count > size()) {
            throw new IllegalArgumentException("folds must be from 2 to the " + size() + " examples, got " + count);
        }
        LabelSet labels = LabelSet.of(this, true);
        int[][] numbers = labels.numbers(examples);
        StratifiedParts parts = StratifiedParts.of(numbers, labels.counts(numbers), count, seed, "folds");
        return IntStream.range(0, count)
                .mapToObj(fold -> new Fold(with(select(parts.without(fold))), with(select(parts.part(fold)))))
                .toList();
    }

    private List<Example> select(int[] chosen) {
        return Arrays.stream(chosen).mapToObj(examples::get).toList();
    }
}
