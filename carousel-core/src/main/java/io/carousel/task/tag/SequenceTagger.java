package io.carousel.task.tag;

import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.optim.Adam;
import io.carousel.optim.Schedule;
import io.carousel.task.FitOptions;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tags the words of sentences with a recurrent network, in the five steps of its life.
 *
 * <pre>{@code
 * TagData data = TagData.of(new ColumnFormat().read(Path.of("train.txt")));
 * TagSpec spec = TagSpec.builder().build();                                         // define
 * TrainingPlan plan = SequenceTagger.defaultPlan();                                 // compile
 * SequenceTagger tagger = SequenceTagger.fit(data, spec, plan, FitOptions.defaults()).tagger();
 * TagEvaluation evaluation = tagger.evaluate(new ColumnFormat().read(Path.of("test.txt")));
 * List<TagPrediction> tagged = tagger.predict(List.of(Sentence.of(List.of("Teddy", "bears", "are", "on", "sale"))), 2);
 * }</pre>
 *
 * <p>A word is the row of an embedding beside what a layer makes of its characters; a recurrent layer reads the sentence in
 * both directions, and a linear chain chooses the tags together. Source: Lample et al., <i>Neural Architectures for Named
 * Entity Recognition</i>, 2016; Ma, Hovy, <i>End-to-end Sequence Labeling via Bi-directional LSTM-CNNs-CRF</i>, 2016.
 * Immutable, safe for any number of threads.
 */
public final class SequenceTagger {
    private final Model model;
    private final TagEncoding encoding;

    private SequenceTagger(Model model, TagEncoding encoding) {
        this.model = model;
        this.encoding = encoding;
    }

    static SequenceTagger of(Model model, TagEncoding encoding) {
        return new SequenceTagger(model, encoding);
    }

    /** The plan that suits most data: 15 epochs of batches of 16, Adam from 0.002 along a cosine to 0, a clip norm of 5. */
    public static TrainingPlan defaultPlan() {
        return TrainingPlan.defaults()
                .withEpochs(15)
                .withBatchSize(16)
                .withShardSize(8)
                .withLearningRate(2e-3)
                .withOptimizer(new Adam())
                .withSchedule(new Schedule.CosineWithWarmUp(0, 0.01))
                .withClipNorm(5);
    }

    /**
     * Learns words, characters and tags, and trains.
     *
     * @throws io.carousel.data.DataException when sentences have no tags, all have the same one, or vectors cannot be read
     */
    public static TagFit fit(TagData data, TagSpec spec, TrainingPlan plan, FitOptions options) {
        return new TagTraining(data, spec, plan, options).run();
    }

    /**
     * Scores the tagger on sentences whose tags are known; a tag that training has not seen counts as wrong.
     *
     * @throws io.carousel.data.DataException when a sentence has no tags, or other features than in training
     */
    public TagEvaluation evaluate(SentenceSet set) {
        return new TagEvaluator(model.network(), encoding).evaluate(set.sentences(), set.source());
    }

    /**
     * Tags sentences, whose own tags are not looked at. A sentence without words has one tagging, without tags.
     *
     * @param best how many taggings of each sentence; there are fewer where so many are not possible
     * @throws io.carousel.data.DataException when words have other features than in training
     */
    public List<TagPrediction> predict(List<Sentence> sentences, int best) {
        if (best < 1) {
            throw new IllegalArgumentException("number of taggings must be positive, got " + best);
        }
        return new TagDecoding(model.network(), encoding).best(sentences, best);
    }

    /** The tags of sentences alone, which is faster than {@link #predict}. */
    public List<List<String>> tags(List<Sentence> sentences) {
        return new TagDecoding(model.network(), encoding).best(sentences);
    }

    /** Whether training has seen a word, in the form by which it is looked up, or has a pretrained vector for it. */
    public boolean knows(String word) {
        return encoding.words().number(new WordForms(encoding.spec()).lookup(word)) != 0;
    }

    /** Writes the model as one file. */
    public void save(Path path) throws IOException {
        model.save(path);
    }

    /**
     * Reads a model.
     *
     * @throws FormatException if the file is no sound model of a tagger
     */
    public static SequenceTagger load(Path path) throws IOException {
        return of(Model.load(path), path.toString());
    }

    /**
     * The tagger in a model.
     *
     * @param source the name that errors use
     * @throws FormatException if it is a model of another task, or damaged
     */
    public static SequenceTagger of(Model model, String source) throws IOException {
        TagEncoding encoding = Json.convert(model.task(), TagEncoding.class, source);
        check(model, encoding, source);
        return new SequenceTagger(model, encoding);
    }

    private static void check(Model model, TagEncoding encoding, String source) throws FormatException {
        int derived = new WordForms(encoding.spec()).derived();
        SentenceFormat format = encoding.format();
        int features =
                format == null ? Math.max(derived, encoding.features().size()) : derived + format.featureColumns();
        if (encoding.features().size() != features) {
            throw new FormatException(
                    source,
                    "task must have a vocabulary for each of " + features + " features, got "
                            + encoding.features().size() + "; the file is damaged");
        }
        boolean same;
        try {
            same = TagNetwork.spec(encoding).equals(model.spec());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FormatException(source, e.getMessage() + "; the file is damaged", e);
        }
        if (!same) {
            throw new FormatException(
                    source, "network must be the one that the task describes, got another; the file is damaged");
        }
    }

    /** The network, its weights and where they come from. */
    public Model model() {
        return model;
    }

    /** What was asked for. */
    public TagSpec spec() {
        return encoding.spec();
    }

    /** What was decided and learnt beside the weights. */
    public TagEncoding encoding() {
        return encoding;
    }

    static ObjectNode task(TagEncoding encoding) {
        return (ObjectNode) Json.tree(encoding);
    }
}
