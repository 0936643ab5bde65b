package io.carousel.task.translate;

import io.carousel.kernel.Kernels;
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
import java.util.function.BooleanSupplier;

/**
 * Makes sequences of symbols of others, such as translations and pronunciations, in the five steps of its life.
 *
 * <pre>{@code
 * PairSet pairs = PairReader.builder().build().read(Path.of("fra.txt"));
 * TranslateSpec spec = TranslateSpec.builder().build();                                      // define
 * TrainingPlan plan = Translator.defaultPlan();                                              // compile
 * Translator translator = Translator.fit(TranslateData.of(pairs), spec, plan, FitOptions.defaults()).translator();
 * TranslateEvaluation evaluation = translator.evaluate(others);
 * List<Translation> translations = translator.predict(List.of("Where is the station?"));
 * }</pre>
 *
 * <p>An encoder reads the source, a decoder writes the target, token by token, and in each time step attends to what it needs of
 * the source. Source: Bahdanau, Cho, Bengio, <i>Neural Machine Translation by Jointly Learning to Align and Translate</i>, 2015.
 * Immutable, safe for any number of threads.
 */
public final class Translator {
    private final Model model;
    private final TranslateEncoding encoding;
    private final Kernels kernels;

    private Translator(Model model, TranslateEncoding encoding, Kernels kernels) {
        this.model = model;
        this.encoding = encoding;
        this.kernels = kernels;
    }

    static Translator of(Model model, TranslateEncoding encoding) {
        return new Translator(model, encoding, Kernels.best());
    }

    /** The plan that suits most pairs: 15 epochs of batches of 64, Adam from 0.002 along a cosine to 0, a clip norm of 1. */
    public static TrainingPlan defaultPlan() {
        return TrainingPlan.defaults()
                .withEpochs(15)
                .withBatchSize(64)
                .withShardSize(16)
                .withLearningRate(2e-3)
                .withOptimizer(new Adam())
                .withSchedule(new Schedule.CosineWithWarmUp(0, 0.01))
                .withClipNorm(1);
    }

    /**
     * Learns symbols of both sides, and trains.
     *
     * @throws io.carousel.data.DataException when no pair is left to learn from
     * @throws java.util.concurrent.CancellationException when the signal of the options came before the training, so that
     *     nothing was learnt
     */
    public static TranslateFit fit(TranslateData data, TranslateSpec spec, TrainingPlan plan, FitOptions options) {
        return new TranslateTraining(data, spec, plan, options).run();
    }

    /** {@link #evaluate(PairSet, DecoderOptions)} of what {@link #defaultOptions} find. */
    public TranslateEvaluation evaluate(PairSet pairs) {
        return evaluate(pairs, defaultOptions());
    }

    /**
     * Scores the best translations of sources whose targets are known.
     *
     * @param options how they are searched for
     * @throws io.carousel.data.DataException when there is no pair
     */
    public TranslateEvaluation evaluate(PairSet pairs, DecoderOptions options) {
        TranslateEvaluator.requirePairs(pairs);
        List<String> translations = predict(List.copyOf(pairs.bySource().keySet()), options).stream()
                .map(Translation::text)
                .toList();
        return new TranslateEvaluator(encoding).evaluate(pairs, translations, model.network(), kernels);
    }

    /** A search with a beam of 5, for one translation that is no longer than what was learned. */
    public DecoderOptions defaultOptions() {
        return DecoderOptions.search(5).withTokens(0, spec().longest());
    }

    /** {@link #predict(List, DecoderOptions)} of what {@link #defaultOptions} find. */
    public List<Translation> predict(List<String> sources) {
        return predict(sources, defaultOptions());
    }

    /** {@link #predict(List, DecoderOptions, BooleanSupplier)} without being cancelled. */
    public List<Translation> predict(List<String> sources, DecoderOptions options) {
        return predict(sources, options, () -> false);
    }

    /**
     * The best translations of each source, or some that are drawn. A source without tokens becomes a target without.
     *
     * @param options how they are searched for, or drawn, and how many are wanted
     * @param cancelled asked before some sources are read and before each time step; then what has been written so far is given
     */
    public List<Translation> predict(List<String> sources, DecoderOptions options, BooleanSupplier cancelled) {
        return new Decoding(model.network(), encoding, kernels).translate(sources, options, cancelled);
    }

    /**
     * What was attended to while a candidate was written.
     *
     * @return for each token, and then for the end where there is one, the share of each of {@link Translation#sourceTokens}, the
     *     mean of all heads; empty without attention
     */
    public List<List<Double>> attention(Translation translation, Translation.Candidate candidate) {
        return new Decoding(model.network(), encoding, kernels).attention(translation.source(), candidate);
    }

    /** The same translator that computes with these kernels; the bits are the same with all of them. */
    public Translator withKernels(Kernels choice) {
        return new Translator(model, encoding, choice);
    }

    /** Writes the model as one file. */
    public void save(Path path) throws IOException {
        model.save(path);
    }

    /**
     * Reads a model.
     *
     * @throws FormatException if the file is no sound model of a translator
     */
    public static Translator load(Path path) throws IOException {
        return of(Model.load(path), path.toString());
    }

    /**
     * The translator in a model.
     *
     * @param source the name that errors use
     * @throws FormatException if it is a model of another task, or damaged
     */
    public static Translator of(Model model, String source) throws IOException {
        TranslateEncoding encoding = Json.convert(model.task(), TranslateEncoding.class, source);
        boolean same;
        try {
            same = TranslateNetwork.spec(encoding).equals(model.spec());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FormatException(source, e.getMessage() + "; the file is damaged", e);
        }
        if (!same) {
            throw new FormatException(
                    source, "network must be the one that the task describes, got another; the file is damaged");
        }
        return of(model, encoding);
    }

    /** The network, its weights and where they come from. */
    public Model model() {
        return model;
    }

    /** What was asked for. */
    public TranslateSpec spec() {
        return encoding.spec();
    }

    /** What was decided and learnt beside the weights. */
    public TranslateEncoding encoding() {
        return encoding;
    }
}
