package io.carousel.task.encode;

import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.data.Standardizer;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.layer.Source;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.task.FitOptions;
import io.carousel.task.classify.Example;
import io.carousel.task.classify.ExampleInput;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.classify.FeatureScales;
import io.carousel.task.encode.SequenceCoder.Coded;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import io.carousel.text.TokenCode;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a vector of fixed size of a sequence of any length, and a sequence of a vector, in the five steps of its life.
 *
 * <pre>{@code
 * ExampleSet set = ExampleReader.builder().key("gesture").labelled(false).build().read(Path.of("gestures.csv"));
 * EncodeSpec spec = EncodeSpec.builder().size(8).build();                           // define
 * TrainingPlan plan = Autoencoder.defaultPlan(set);                                 // compile
 * Autoencoder autoencoder = Autoencoder.fit(set, spec, plan, FitOptions.defaults()).autoencoder();
 * EncodeEvaluation evaluation = autoencoder.evaluate(set);
 * List<Encoded> vectors = autoencoder.encode(set);
 * }</pre>
 *
 * <p>Nobody says what the vectors are to hold: they hold what the decoder needs to make the sequence again, or to go on with it.
 * Sources: Sutskever, Vinyals, Le, <i>Sequence to Sequence Learning with Neural Networks</i>, 2014; Srivastava, Mansimov,
 * Salakhutdinov, <i>Unsupervised Learning of Video Representations using LSTMs</i>, 2015; Bowman et al., <i>Generating Sentences from
 * a Continuous Space</i>, 2016. Immutable, safe for any number of threads.
 */
public final class Autoencoder {
    private final Model model;
    private final EncodeEncoding encoding;
    private final SequenceCoder coder;
    private final Map<Part, Network> decoders = new EnumMap<>(Part.class);

    private Autoencoder(Model model, EncodeEncoding encoding, SequenceCoder coder) {
        this.model = model;
        this.encoding = encoding;
        this.coder = coder;
        for (Part part : encoding.chosen().decoder().parts()) {
            decoders.put(
                    part,
                    model.network().part(EncodeNetwork.part(encoding.chosen(), part, coder.symbols(), coder.width())));
        }
    }

    static Autoencoder of(Model model, EncodeEncoding encoding) {
        return new Autoencoder(model, encoding, SequenceCoder.of(encoding));
    }

    /** The plan that suits most sets of that size: Adam, and an end without a gain. */
    public static TrainingPlan defaultPlan(ExampleSet set) {
        return EncodeTraining.plan(set);
    }

    /**
     * Learns from examples, whose labels are not looked at; some are set aside to choose the epoch.
     *
     * @throws io.carousel.data.DataException when an example is too long, or too short to predict its end, or no text has a token
     */
    public static EncodeFit fit(ExampleSet set, EncodeSpec spec, TrainingPlan plan, FitOptions options) {
        return fit(set, null, spec, plan, options);
    }

    /**
     * Learns from examples; others choose the epoch.
     *
     * @param validation null to set examples of {@code set} aside
     */
    public static EncodeFit fit(
            ExampleSet set, @Nullable ExampleSet validation, EncodeSpec spec, TrainingPlan plan, FitOptions options) {
        return new EncodeTraining(set, validation, spec, plan, options).run();
    }

    // ---------------------------------------------------------------- vectors

    /**
     * The vectors of examples, each read whole.
     *
     * @throws io.carousel.data.DataException when an example is of another kind than those of the training
     */
    public List<Encoded> encode(ExampleSet set) {
        return encode(set, Kernels.best());
    }

    List<Encoded> encode(ExampleSet set, Kernels kernels) {
        float[][] vectors = vectors(kernels, code(set, 0));
        List<Encoded> encoded = new ArrayList<>();
        for (int i = 0; i < vectors.length; i++) {
            Example example = set.examples().get(i);
            encoded.add(new Encoded(example.id(), example.labels(), vectors[i]));
        }
        return encoded;
    }

    /** Examples as the network reads them. */
    List<Coded> code(ExampleSet set, int ahead) {
        return set.examples().stream()
                .map(example -> coder.code(example, set.source(), ahead))
                .toList();
    }

    /** {@code [B][Z]}. */
    float[][] vectors(Kernels kernels, List<Coded> sequences) {
        float[][] vectors = new float[sequences.size()][];
        for (int from = 0; from < vectors.length; from += Decoding.BATCH) {
            int to = Math.min(vectors.length, from + Decoding.BATCH);
            List<Source> sources = model.network().encode(kernels, sources(sequences.subList(from, to)));
            for (int i = from; i < to; i++) {
                vectors[i] = sources.get(i - from).vector().orElseThrow();
            }
        }
        return vectors;
    }

    /** What the encoder reads of sequences. */
    private SequenceBatch sources(List<Coded> sequences) {
        List<Tensor> rows = sequences.stream().map(coder::source).toList();
        int[] lengths = rows.stream().mapToInt(Tensor::rows).toArray();
        int width = coder.width();
        SequenceBatch batch = SequenceBatch.allocate(new Workspace(), BatchLayout.of(lengths), width);
        for (int i = 0; i < lengths.length; i++) {
            for (int t = 0; t < lengths[i]; t++) {
                System.arraycopy(rows.get(i).data(), t * width, batch.values().data(), batch.offset(i, t), width);
            }
        }
        return batch;
    }

    // ---------------------------------------------------------------- sequences

    /**
     * Makes sequences of vectors, such as those of {@link #encode} or ones between them.
     *
     * <p>Numbers come in the units of the training, unless each sequence had scales of its own: then they have a mean near 0 and a
     * deviation near 1, as nothing in a vector says what they were.
     *
     * @param vectors {@code [B][Z]}
     * @param length time steps; of texts the most tokens
     * @throws IllegalArgumentException when the model has no decoder for that part, or a vector is not of its size
     */
    public List<Decoded> decode(float[][] vectors, Part part, int length) {
        int size = encoding.chosen().size();
        for (int i = 0; i < vectors.length; i++) {
            if (vectors[i].length != size) {
                throw new IllegalArgumentException(
                        "vector " + (i + 1) + " must have shape [Z] = [" + size + "], got [" + vectors[i].length + "]");
            }
            for (float number : vectors[i]) {
                if (!Float.isFinite(number)) {
                    throw new IllegalArgumentException("vector " + (i + 1) + " must be finite, got " + number);
                }
            }
        }
        if (length < 0 || length > encoding.chosen().longest()) {
            throw new IllegalArgumentException("length must be from 0 to "
                    + encoding.chosen().longest() + ", the most time steps of the model, got " + length);
        }
        int[] lengths = new int[vectors.length];
        Arrays.fill(lengths, length);
        float[][] made = decoding(Kernels.best(), part).decode(vectors, lengths);
        List<Decoded> decoded = new ArrayList<>();
        for (int i = 0; i < made.length; i++) {
            decoded.add(decoded(Integer.toString(i + 1), part, made[i], coder.scales()));
        }
        return decoded;
    }

    /**
     * Encodes examples whole, and makes them again: numbers as many time steps, texts until the end of what is made.
     *
     * @throws IllegalArgumentException when the model only predicts
     * @throws io.carousel.data.DataException when an example is of another kind than those of the training
     */
    public List<Decoded> reconstruct(ExampleSet set) {
        return made(Kernels.best(), set, Part.RECONSTRUCTION);
    }

    /**
     * Encodes examples whole, and makes what comes after them: of numbers as many time steps as the model learned to predict.
     *
     * @throws IllegalArgumentException when the model only reconstructs
     * @throws io.carousel.data.DataException when an example is of another kind than those of the training
     */
    public List<Decoded> predict(ExampleSet set) {
        return made(Kernels.best(), set, Part.PREDICTION);
    }

    List<Decoded> made(Kernels kernels, ExampleSet set, Part part) {
        requirePart(part);
        List<Coded> sequences = code(set, 0);
        float[][] made = made(kernels, sequences, part);
        List<Decoded> decoded = new ArrayList<>();
        for (int i = 0; i < made.length; i++) {
            decoded.add(decoded(
                    set.examples().get(i).id(), part, made[i], sequences.get(i).scales()));
        }
        return decoded;
    }

    /**
     * Encodes windows of numbers, and makes them again.
     *
     * @param windows each {@code [T, F]}, row by row, at least one time step
     * @return as many, of the same lengths and in the same units
     * @throws IllegalArgumentException when the model reads texts, or only predicts, or a window does not consist of rows
     */
    public float[][] reconstruct(float[][] windows) {
        requirePart(Part.RECONSTRUCTION);
        if (encoding.isText()) {
            throw new IllegalArgumentException("windows of numbers must be made again by a model of numbers, got one of"
                    + " texts; give it examples");
        }
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < windows.length; i++) {
            ExampleInput numbers = new ExampleInput.Numbers(coder.width(), windows[i]);
            examples.add(new Example(Integer.toString(i + 1), numbers, List.of(), 0));
        }
        return reconstruct(ExampleSet.ofNumbers("the windows", coder.features(), examples)).stream()
                .map(Decoded::values)
                .toArray(float[][]::new);
    }

    /** What a decoder makes of sequences, in its order. */
    float[][] made(Kernels kernels, List<Coded> sequences, Part part) {
        EncodeSpec spec = encoding.chosen();
        int[] lengths = new int[sequences.size()];
        Arrays.setAll(
                lengths,
                i -> encoding.isText()
                        ? spec.longest()
                        : part == Part.PREDICTION
                                ? spec.ahead()
                                : sequences.get(i).seen());
        return decoding(kernels, part).decode(vectors(kernels, sequences), lengths);
    }

    private Decoding decoding(Kernels kernels, Part part) {
        return new Decoding(kernels, requirePart(part), encoding.chosen(), encoding.isText());
    }

    private Network requirePart(Part part) {
        Network decoder = decoders.get(part);
        if (decoder == null) {
            throw new IllegalArgumentException(
                    "the model must have a decoder for the " + part.layer() + ", got only one for the "
                            + encoding.chosen().decoder().parts().get(0).layer()
                            + "; train one that does both, a composite one");
        }
        return decoder;
    }

    private Decoded decoded(String id, Part part, float[] made, List<Standardizer> scales) {
        TokenCode side = encoding.side();
        if (side == null) {
            float[] values = coder.turned(part, made);
            float[] own = scales.isEmpty() ? values : FeatureScales.unscaled(values, scales);
            return new Decoded(id, part, coder.width(), own, List.of(), "", true);
        }
        boolean ended = made.length > 0 && made[made.length - 1] == TokenCode.END_NUMBER;
        float[] numbers = coder.turned(part, ended ? Arrays.copyOf(made, made.length - 1) : made);
        List<String> tokens = new ArrayList<>();
        for (float number : numbers) {
            tokens.add(side.vocabulary().symbol((int) number));
        }
        return new Decoded(id, part, 0, new float[0], tokens, side.tokenizer().text(tokens), ended);
    }

    // ---------------------------------------------------------------- scores

    /**
     * Compares what the decoders make with what the examples are, and with trivial ways to do it.
     *
     * <p>Where the model predicts, the last time steps of each example are left away before it is encoded.
     *
     * @throws io.carousel.data.DataException when an example is of another kind than those of the training, or too short
     */
    public EncodeEvaluation evaluate(ExampleSet set) {
        return new EncodeEvaluator(this, coder, set, Kernels.best()).evaluate();
    }

    // ---------------------------------------------------------------- files

    /** Writes the model as one file. */
    public void save(Path path) throws IOException {
        model.save(path);
    }

    /**
     * Reads a model.
     *
     * @throws FormatException if the file is no sound model of an autoencoder
     */
    public static Autoencoder load(Path path) throws IOException {
        return of(Model.load(path), path.toString());
    }

    /**
     * The autoencoder in a model.
     *
     * @param source the name that errors use
     * @throws FormatException if it is a model of another task, or damaged
     */
    public static Autoencoder of(Model model, String source) throws IOException {
        EncodeEncoding encoding = Json.convert(model.task(), EncodeEncoding.class, source);
        SequenceCoder coder;
        boolean same;
        try {
            coder = SequenceCoder.of(encoding);
            same = EncodeNetwork.whole(encoding.chosen(), coder.symbols(), coder.width())
                    .equals(model.spec());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FormatException(source, e.getMessage() + "; the file is damaged", e);
        }
        if (!same) {
            throw new FormatException(
                    source, "network must be the one that the task describes, got another; the file is damaged");
        }
        return new Autoencoder(model, encoding, coder);
    }

    /** The network, its weights and where they come from. */
    public Model model() {
        return model;
    }

    /** What was asked for. */
    public EncodeSpec spec() {
        return encoding.spec();
    }

    /** What was decided and learned, and how. */
    public EncodeEncoding encoding() {
        return encoding;
    }
}
