package io.carousel.task.classify;

import io.carousel.data.SequenceBatch;
import io.carousel.data.Texts;
import io.carousel.kernel.Kernels;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.task.FitOptions;
import io.carousel.tensor.Workspace;
import io.carousel.text.WordVectors;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells what sequences of words or numbers are, in the five steps of its life.
 *
 * <pre>{@code
 * ExampleSet set = ExampleReader.builder().build().read(file);
 * ClassifySpec spec = ClassifySpec.builder().build();                              // define
 * TrainingPlan plan = SequenceClassifier.defaultPlan(set);                          // compile
 * SequenceClassifier classifier = SequenceClassifier.fit(set, spec, plan, FitOptions.defaults()).classifier();
 * ClassifyEvaluation evaluation = classifier.evaluate(test);
 * List<Classification> found = classifier.predict(others);
 * }</pre>
 *
 * <p>The network is a mean of some, each of an embedding of tokens where texts are read, recurrent layers in both directions,
 * a pooling and a dense layer. Each is trained without a validation part of its own, and the epoch that did best there is
 * kept. The temperature of the probabilities comes from those parts, too. Immutable, safe for any number of threads.
 */
public final class SequenceClassifier {
    private final Model model;
    private final ClassifyEncoding encoding;
    private final InputEncoder encoder;

    private SequenceClassifier(Model model, ClassifyEncoding encoding, InputEncoder encoder) {
        this.model = model;
        this.encoding = encoding;
        this.encoder = encoder;
    }

    static SequenceClassifier of(Model model, ClassifyEncoding encoding) {
        return new SequenceClassifier(model, encoding, InputEncoder.of(encoding));
    }

    /** {@link #defaultPlan(ExampleSet, ClassifySpec)} of the default spec. */
    public static TrainingPlan defaultPlan(ExampleSet set) {
        return defaultPlan(set, ClassifySpec.builder().build());
    }

    /** The plan that suits most sets of that kind and size: AdamW with decay 0.01, and an end without a gain. */
    public static TrainingPlan defaultPlan(ExampleSet set, ClassifySpec spec) {
        return Choices.plan(spec, set);
    }

    /**
     * Learns from examples, of which some choose the epoch and calibrate.
     *
     * @throws io.carousel.data.DataException when there are fewer than two labels, an example has none, or a text no words
     */
    public static ClassifyFit fit(ExampleSet set, ClassifySpec spec, TrainingPlan plan, FitOptions options) {
        return fit(set, null, spec, plan, options);
    }

    /**
     * Learns from examples; others choose the epoch and calibrate.
     *
     * @param validation null to set examples of {@code set} aside
     * @throws io.carousel.data.DataException as without, and when a validation example has a label that is not in training
     */
    public static ClassifyFit fit(
            ExampleSet set, @Nullable ExampleSet validation, ClassifySpec spec, TrainingPlan plan, FitOptions options) {
        return fit(set, validation, null, spec, plan, options);
    }

    /**
     * Learns from texts whose words start with pretrained vectors.
     *
     * @param vectors null for none; a word has the vector of its own form or, if there is none, that of the first word of the
     *     file that is the same in small letters
     * @throws io.carousel.data.DataException as without, and when no word of the training has a vector, or the examples are
     *     numbers
     */
    public static ClassifyFit fit(
            ExampleSet set,
            @Nullable ExampleSet validation,
            @Nullable WordVectors vectors,
            ClassifySpec spec,
            TrainingPlan plan,
            FitOptions options) {
        return new ClassifyTraining(set, validation, vectors, spec, plan, options).run();
    }

    /**
     * Classifies examples whose labels are known, and counts.
     *
     * <p>A label that training did not have cannot be found: its examples count as wrong, and a note says so.
     *
     * @throws io.carousel.data.DataException when an example has no label where each has one, or is of another kind
     */
    public ClassifyEvaluation evaluate(ExampleSet set) {
        return Evaluator.evaluate(this, set);
    }

    /**
     * Classifies examples; their labels, if any, are not looked at. A text without words is read as one unknown word.
     *
     * @throws io.carousel.data.DataException when an example is of another kind than those of the training
     */
    public List<Classification> predict(ExampleSet set) {
        return predict(set, Kernels.best());
    }

    List<Classification> predict(ExampleSet set, Kernels kernels) {
        List<Classification> found = new ArrayList<>();
        float[][] scores = scores(set.examples(), set.source(), kernels);
        for (int i = 0; i < scores.length; i++) {
            found.add(classification(set.examples().get(i).id(), scores[i]));
        }
        return found;
    }

    /** The network's raw outputs. */
    float[][] scores(List<Example> examples, String source, Kernels kernels) {
        float[][] encoded = encode(examples, source);
        int[] all = IntStream.range(0, encoded.length).toArray();
        return Scorer.score(kernels, model.network(), encoder, encoded, all);
    }

    private float[][] encode(List<Example> examples, String source) {
        float[][] encoded = new float[examples.size()][];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = encoder.encode(examples.get(i), source);
        }
        return encoded;
    }

    private Classification classification(String id, float[] raw) {
        boolean several = encoding.chosen().several();
        double[] p = Probabilities.of(raw, several, encoding.temperature());
        List<String> found = new ArrayList<>();
        if (several) {
            for (int c = 0; c < p.length; c++) {
                if (raw[c] >= 0) {
                    found.add(labels().get(c));
                }
            }
        } else {
            found.add(labels().get(Probabilities.largest(raw)));
        }
        return new Classification(id, found, Arrays.stream(p).boxed().toList());
    }

    /**
     * What speaks for a label, and what against it; the example's own labels are not looked at.
     *
     * @param label one of {@link #labels}
     * @throws io.carousel.data.DataException when the example is of another kind than those of the training
     */
    public Explanation explain(Example example, String label) {
        int number = labels().indexOf(label);
        if (number < 0) {
            throw new IllegalArgumentException("label to explain must be one of the model, got " + Texts.shown(label)
                    + "; it has " + Texts.shown(labels()));
        }
        return Explainer.explain(this, encoder, example, "the examples", number);
    }

    /** Writes the model as one file. */
    public void save(Path path) throws IOException {
        model.save(path);
    }

    /**
     * Reads a model.
     *
     * @throws io.carousel.model.FormatException if the file is no sound model of a classifier
     */
    public static SequenceClassifier load(Path path) throws IOException {
        return of(Model.load(path), path.toString());
    }

    /**
     * The classifier in a model.
     *
     * @param source the name that errors use
     * @throws io.carousel.model.FormatException if it is a model of another task, or damaged
     */
    public static SequenceClassifier of(Model model, String source) throws IOException {
        ClassifyEncoding encoding = Json.convert(model.task(), ClassifyEncoding.class, source);
        return new SequenceClassifier(model, encoding, EncodingCheck.check(model, encoding, source));
    }

    /** The labels in the order of the network's outputs. */
    public List<String> labels() {
        return encoding.labels();
    }

    /** The network, its weights and where they come from. */
    public Model model() {
        return model;
    }

    /** What was asked for. */
    public ClassifySpec spec() {
        return encoding.spec();
    }

    /** What was decided and learned, and how. */
    public ClassifyEncoding encoding() {
        return encoding;
    }

    /**
     * What the network reads of examples, to look into it: one row for each token or time step.
     *
     * @throws io.carousel.data.DataException when an example is of another kind than those of the training
     */
    public SequenceBatch batch(ExampleSet set) {
        float[][] encoded = encode(set.examples(), set.source());
        int[] all = IntStream.range(0, encoded.length).toArray();
        return encoder.batch(new Workspace(), encoded, all, 0, all.length, null);
    }

    /** The tokens that the network reads of a text, one for each time step; none of numbers. */
    public List<String> tokens(Example example) {
        return encoder.tokens(example);
    }
}
