package io.carousel.task.language;

import io.carousel.data.DataException;
import io.carousel.kernel.Kernels;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.optim.Adam;
import io.carousel.optim.Schedule;
import io.carousel.task.FitOptions;
import io.carousel.text.Vocabulary;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Learns from a text how likely other texts are, and writes new ones, in the five steps of its life.
 *
 * <pre>{@code
 * LanguageSpec spec = LanguageSpec.builder().tokenizer(new CharacterTokenizer(false)).build();   // define
 * TrainingPlan plan = LanguageModel.defaultPlan(LanguageData.of(file));                           // compile
 * LanguageModel model = LanguageModel.fit(LanguageData.of(file), spec, plan, FitOptions.defaults()).model();
 * LanguageEvaluation evaluation = model.evaluate(otherFile);
 * GeneratedText text = model.generate("It's raining today, I", GenerationOptions.defaults());
 * }</pre>
 *
 * <p>A text is read token by token, and a token foreseen from all those before it: the state of the network is carried over the
 * whole text, in training, too. Source: Mikolov, Karafiát, Burget, Černocký, Khudanpur, <i>Recurrent neural network based
 * language model</i>, 2010. Immutable, safe for any number of threads.
 */
public final class LanguageModel {
    /** The bytes below which a text is short. */
    private static final long SHORT = 1 << 20;

    private static final List<String> GAPS = List.of("…", "...", "___");

    private final Model model;
    private final LanguageEncoding encoding;
    private final TextCode code;
    private final Kernels kernels;

    private LanguageModel(Model model, LanguageEncoding encoding, Kernels kernels) {
        this.model = model;
        this.encoding = encoding;
        this.kernels = kernels;
        code = new TextCode(encoding.spec().tokenizer(), encoding.vocabulary());
    }

    static LanguageModel of(Model model, LanguageEncoding encoding) {
        return new LanguageModel(model, encoding, Kernels.best());
    }

    /**
     * The plan that suits most texts: at most 20 epochs of 20 parallel pieces of the text, Adam at 0.002, a clip norm of 1, a
     * rate that is halved after each epoch without a gain, and an end after 4 of those.
     */
    public static TrainingPlan defaultPlan() {
        return TrainingPlan.defaults()
                .withEpochs(20)
                .withBatchSize(20)
                .withShardSize(10)
                .withOptimizer(new Adam())
                .withLearningRate(2e-3)
                .withSchedule(new Schedule.ReduceOnPlateau(0.5, 0, 1e-4, 0.01))
                .withPatience(4);
    }

    /**
     * The plan that suits a text: {@link #defaultPlan()}, but of a file below 1 MiB, which has few chunks, 8 pieces and a rate of
     * 0.005, so that there are enough updates.
     *
     * @throws DataException when the text cannot be read
     */
    public static TrainingPlan defaultPlan(LanguageData data) {
        TrainingPlan plan = defaultPlan();
        try {
            return Files.size(data.training()) >= SHORT
                    ? plan
                    : plan.withBatchSize(8).withShardSize(4).withLearningRate(5e-3);
        } catch (IOException e) {
            throw new DataException(
                    data.training() + " must be a text that can be read, got " + e + "; check the name and the folder",
                    e);
        }
    }

    /**
     * Reads a text, which may be larger than memory, numbers its tokens and trains.
     *
     * <p>The text is read twice: to count its tokens, unless the tokenizer knows them, and to write their numbers to a temporary
     * file. A line of more than 65,536 characters is cut into tokens part by part, before white space. The plan's batch size is
     * the number of pieces into which that is cut and which are read in parallel; an epoch reads all of them once, a chunk of
     * {@link LanguageSpec#steps} tokens for each update. The validation loss is that of as many pieces, each of which starts
     * without a past; an evaluation, which has none, gives a little less.
     *
     * @throws DataException when a text cannot be read or is too short
     * @throws java.util.concurrent.CancellationException when the signal of the options came before the training, so that
     *     nothing was learnt
     */
    public static LanguageFit fit(LanguageData data, LanguageSpec spec, TrainingPlan plan, FitOptions options) {
        return new LanguageTraining(data, spec, plan, options).run();
    }

    /**
     * How well the model foresees the text of a file.
     *
     * @throws DataException when it cannot be read or is empty
     */
    public LanguageEvaluation evaluate(Path text) {
        Sum sum = new Sum();
        SurpriseReader reader = reader((number, logProbability) -> sum.nats -= logProbability);
        code.read(text, line -> {
            sum.add(line);
            reader.read(line.numbers());
        });
        reader.flush();
        return sum.evaluation(name(text));
    }

    /** {@link #evaluate(Path)}, with the surprise of each token. */
    public LanguageEvaluation evaluate(Path text, SurpriseListener listener) {
        Sum sum = new Sum();
        Deque<String> waiting = new ArrayDeque<>();
        SurpriseReader reader = reader(surprises(sum, waiting, listener));
        code.read(text, line -> {
            sum.add(line);
            waiting.addAll(line.tokens());
            reader.read(line.numbers());
        });
        reader.flush();
        return sum.evaluation(name(text));
    }

    /**
     * How likely a text is, such as a sentence: it begins after a line end, and ends with one.
     *
     * @throws DataException when it is empty
     */
    public TextScore score(String text) {
        List<TokenSurprise> tokens = new ArrayList<>();
        Sum sum = new Sum();
        Deque<String> waiting = new ArrayDeque<>();
        SurpriseReader reader = reader(surprises(sum, waiting, tokens::add));
        for (TextCode.Line line : code.lines(text)) {
            sum.add(line);
            waiting.addAll(line.tokens());
            reader.read(line.numbers());
        }
        reader.flush();
        return new TextScore(text, sum.evaluation("the text"), tokens);
    }

    private SurpriseReader reader(SurpriseReader.Sink sink) {
        return new SurpriseReader(model.network(), kernels, code.lineEnd(), sink);
    }

    private SurpriseReader.Sink surprises(Sum sum, Deque<String> waiting, SurpriseListener listener) {
        return (number, logProbability) -> {
            sum.nats -= logProbability;
            String symbol = waiting.remove();
            double bits = -logProbability / StrictMath.log(2);
            listener.token(new TokenSurprise(symbol, vocabulary().contains(symbol), bits));
        };
    }

    /** What is counted of a text. */
    private static final class Sum {
        private long tokens;
        private long characters;
        private long unknown;
        private double nats;

        void add(TextCode.Line line) {
            tokens += line.numbers().length;
            characters += line.characters();
            for (int i = 0; i < line.numbers().length; i++) {
                if (line.numbers()[i] == 0 && !line.tokens().get(i).equals(Vocabulary.UNKNOWN)) {
                    unknown++;
                }
            }
        }

        LanguageEvaluation evaluation(String source) {
            if (tokens == 0) {
                throw new DataException(source + " must have at least one line, got none; give a text");
            }
            return new LanguageEvaluation(source, tokens, characters, unknown, nats);
        }
    }

    private static String name(Path path) {
        return path.getFileName() == null ? path.toString() : path.getFileName().toString();
    }

    /**
     * Fills the gap in a text in several ways and ranks the results, the most likely first; those that are equally likely
     * stay in their order.
     *
     * @param text with one gap, written as {@code …}, {@code ...} or {@code ___}, such as {@code the sky has turned …}
     * @param fillings what may stand in the gap
     * @throws IllegalArgumentException when the text has no gap or more than one, or nothing is to be ranked
     */
    public List<RankedText> rank(String text, List<String> fillings) {
        String gap = gap(text);
        if (fillings.isEmpty() || fillings.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("fillings must be at least one, none of them empty, got " + fillings
                    + "; name what may fill the gap");
        }
        int at = text.indexOf(gap);
        String before = text.substring(0, at);
        String after = text.substring(at + gap.length());
        List<RankedText> ranked = new ArrayList<>();
        for (String filling : fillings) {
            String whole = before + filling + after;
            List<String> tokens = code.open(whole);
            Sum sum = new Sum();
            SurpriseReader reader = reader((number, logProbability) -> sum.nats -= logProbability);
            reader.read(vocabulary().numbers(tokens));
            reader.flush();
            ranked.add(new RankedText(filling, whole, -sum.nats, 0, code.unknown(tokens)));
        }
        ranked.sort(Comparator.comparingDouble((RankedText each) -> -each.logProbability()));
        return withShares(ranked);
    }

    private static List<RankedText> withShares(List<RankedText> ranked) {
        double most = ranked.get(0).logProbability();
        double all = 0;
        for (RankedText each : ranked) {
            all += StrictMath.exp(each.logProbability() - most);
        }
        List<RankedText> shared = new ArrayList<>();
        for (RankedText each : ranked) {
            double share = StrictMath.exp(each.logProbability() - most) / all;
            shared.add(new RankedText(each.filling(), each.text(), each.logProbability(), share, each.unknown()));
        }
        return List.copyOf(shared);
    }

    private static String gap(String text) {
        String found = null;
        for (String gap : GAPS) {
            for (int at = text.indexOf(gap); at >= 0; at = text.indexOf(gap, at + gap.length())) {
                if (found != null) {
                    throw new IllegalArgumentException("text must have one gap, got more: \"" + text + "\"");
                }
                found = gap;
            }
        }
        if (found == null) {
            throw new IllegalArgumentException(
                    "text must have a gap, written as … or ... or ___, got none: \"" + text + "\"");
        }
        return found;
    }

    /**
     * What most likely comes after a text, the most likely first; {@code <unk>} is left out.
     *
     * @param count how many tokens, or fewer if the vocabulary has no more
     */
    public List<NextToken> next(String text, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count of next tokens must be at least 1, got " + count);
        }
        LanguageSession session = session();
        session.read(text);
        float[] logs = session.next();
        return IntStream.range(1, logs.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer v) -> -logs[v]))
                .limit(count)
                .map(v -> new NextToken(vocabulary().symbol(v), StrictMath.exp(logs[v])))
                .toList();
    }

    /** Goes on with a text; see {@link #generate(String, GenerationOptions, GenerationListener)}. */
    public GeneratedText generate(String prompt, GenerationOptions options) {
        return generate(prompt, options, token -> true);
    }

    /**
     * Goes on with a text, token by token. The same seed gives the same text.
     *
     * @param prompt what stands before; may be empty. Tokens that the model does not know are read as {@code <unk>}, and
     *     named in the result
     * @throws IllegalArgumentException when the stop symbol is not in the vocabulary
     */
    public GeneratedText generate(String prompt, GenerationOptions options, GenerationListener listener) {
        return new Generation(model.network(), code, kernels, options, listener).run(prompt);
    }

    /** A text to be read token by token, before its first. */
    public LanguageSession session() {
        return new LanguageSession(model.network(), code, kernels);
    }

    /** The same model that computes with these kernels; the bits are the same with all of them. */
    public LanguageModel withKernels(Kernels choice) {
        return new LanguageModel(model, encoding, choice);
    }

    /** Writes the model as one file. */
    public void save(Path path) throws IOException {
        model.save(path);
    }

    /**
     * Reads a model.
     *
     * @throws io.carousel.model.FormatException if the file is no sound model of a language
     */
    public static LanguageModel load(Path path) throws IOException {
        return of(Model.load(path), path.toString());
    }

    /**
     * The language model in a model.
     *
     * @param source the name that errors use
     * @throws io.carousel.model.FormatException if it is a model of another task, or damaged
     */
    public static LanguageModel of(Model model, String source) throws IOException {
        LanguageEncoding encoding = Json.convert(model.task(), LanguageEncoding.class, source);
        EncodingCheck.check(model, encoding, source);
        return of(model, encoding);
    }

    /** The network, its weights and where they come from. */
    public Model model() {
        return model;
    }

    /** What was asked for. */
    public LanguageSpec spec() {
        return encoding.spec();
    }

    /** What was decided, and how the training went. */
    public LanguageEncoding encoding() {
        return encoding;
    }

    /** The symbols in the order of their numbers. */
    public Vocabulary vocabulary() {
        return encoding.vocabulary();
    }

    /** The symbol that ends a line. */
    public String lineEnd() {
        return TextCode.lineEnd(spec().tokenizer());
    }
}
