package io.carousel.task.language;

import io.carousel.data.DataException;
import io.carousel.data.Sha256;
import io.carousel.data.Streams;
import io.carousel.data.TokenFile;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.model.Provenance;
import io.carousel.task.FitOptions;
import io.carousel.task.FitRun;
import io.carousel.task.TrainingStage;
import io.carousel.tensor.Rng;
import io.carousel.train.TrainingPlan;
import io.carousel.train.TrainingResult;
import io.carousel.train.TruncatedBackpropagation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One fit from text to model: count, encode into temporary files, train on parallel pieces, put together. */
final class LanguageTraining {
    /** The characters of JSON that a vocabulary may take in the header of a model file, which holds more than that. */
    private static final int MOST_JSON = 6 << 20;

    private static final double MUCH_UNKNOWN = 0.1;
    private static final int STAGES = 3;

    private final LanguageData data;
    private final LanguageSpec spec;
    private final TrainingPlan plan;
    private final FitOptions options;
    private final List<String> notes = new ArrayList<>();

    LanguageTraining(LanguageData data, LanguageSpec spec, TrainingPlan plan, FitOptions options) {
        this.data = data;
        this.spec = spec;
        this.plan = plan;
        this.options = options;
    }

    LanguageFit run() {
        long start = System.nanoTime();
        options.listener().stage("reading the text", 1, STAGES);
        TextCode.Counted counted = TextCode.count(data.training(), spec, this::requireNotStopped);
        TextCode code = new TextCode(spec.tokenizer(), counted.vocabulary());
        requireRoom(code);
        options.listener().stage("numbering its tokens", 2, STAGES);
        try (Encoded texts = encode(code)) {
            requireNotStopped();
            String before = counted.sha256();
            if (before != null && !before.equals(texts.training.sha256())) {
                throw new DataException(data.training() + " must stay as it is while it is read, but it has changed;"
                        + " fit again when it is whole");
            }
            return train(code, texts, start);
        }
    }

    /** Both texts as token numbers; closing it removes the files. */
    private record Encoded(TextCode.Encoded training, TextCode.@Nullable Encoded validation) implements AutoCloseable {
        @Override
        public void close() {
            training.close();
            if (validation != null) {
                validation.close();
            }
        }
    }

    private Encoded encode(TextCode code) {
        TextCode.Encoded training = code.encode(data.training(), this::requireNotStopped);
        Path text = data.validation();
        if (text == null) {
            return new Encoded(training, null);
        }
        try {
            return new Encoded(training, code.encode(text, this::requireNotStopped));
        } catch (RuntimeException e) {
            training.close();
            throw e;
        }
    }

    private void requireNotStopped() {
        options.stop().requireNotStopped("it was reading the text");
    }

    private void requireRoom(TextCode code) {
        int symbols = code.vocabulary().size();
        if (spec.output() instanceof LanguageOutput.Sampled sampled && sampled.samples() >= symbols) {
            throw new DataException("samples of the output must be fewer than the " + symbols
                    + " symbols of the vocabulary, got " + sampled.samples()
                    + "; ask for fewer, or for a softmax, which takes all");
        }
        int length = Json.write(code.vocabulary()).length();
        if (length > MOST_JSON) {
            throw new DataException("vocabulary must take at most " + MOST_JSON + " characters in a model file, got "
                    + length + "; ask for fewer symbols, or leave out rare ones by a least count");
        }
    }

    private LanguageFit train(TextCode code, Encoded texts, long start) {
        TokenFile training = texts.training.file();
        TextCode.Encoded given = texts.validation;
        long cut = given != null ? training.size() : training.size() - (long) (training.size() * data.share());
        Streams learnt = streams(training, 0, cut, name(data.training()));
        Streams judged = given != null
                ? streams(given.file(), 0, given.file().size(), name(data.validation()))
                : data.share() > 0
                        ? streams(training, cut, training.size(), "the part of the text that validates")
                        : null;
        if (learnt.count() < plan.batchSize()) {
            notes.add("the text was read in " + learnt.count() + " pieces and not in " + plan.batchSize()
                    + ", because it is short");
        }

        noteUnknown(texts.training);
        Network network = LanguageNetwork.create(spec, code.vocabulary().size(), Rng.of(plan.seed()).stream("weights"));
        FitRun run = FitRun.begin(options, digest(texts), spec, plan);
        options.listener().stage("training", STAGES, STAGES);
        TrainingResult result = run.train(
                plan, "training", objective(network, learnt), judged == null ? null : objective(network, judged));
        boolean stopped = run.stopped();
        if (stopped) {
            notes.add(FitRun.STOPPED);
        }
        int best = judged == null ? result.history().size() : result.bestEpoch();
        List<TrainingStage> stages = List.of(new TrainingStage("training", result.history(), best, null));
        LanguageEncoding encoding =
                new LanguageEncoding(LanguageEncoding.TASK, spec, code.vocabulary(), cut, stages, stopped, notes);
        Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
        Model model = Model.of(network, (ObjectNode) Json.tree(encoding), provenance(texts, wallTime));
        run.end();
        return new LanguageFit(LanguageModel.of(model, encoding), stages, stopped, notes, wallTime);
    }

    private void noteUnknown(TextCode.Encoded text) {
        double share = (double) text.unknown() / text.file().size();
        if (share > MUCH_UNKNOWN) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%.0f %% of the tokens are unknown; a lower least count or a larger vocabulary would know more",
                    100 * share));
        }
    }

    /** As many pieces as the plan has sequences in a batch, or fewer, so that each has at least the steps of a chunk. */
    private Streams streams(TokenFile file, long from, long to, String name) {
        long tokens = to - from;
        if (tokens < 2) {
            throw new DataException(name + " must have at least 2 tokens, a line end among them, got " + tokens
                    + "; give a longer text");
        }
        return file.streams(from, to, (int) Math.max(1, Math.min(plan.batchSize(), (tokens - 1) / spec.steps())));
    }

    private static String name(@Nullable Path path) {
        return path == null || path.getFileName() == null
                ? String.valueOf(path)
                : path.getFileName().toString();
    }

    private TruncatedBackpropagation objective(Network network, Streams streams) {
        return new TruncatedBackpropagation(network, spec.output().loss(), streams, spec.steps(), spec.steps());
    }

    private String digest(Encoded texts) {
        Sha256 digest = new Sha256().add(texts.training.sha256());
        TextCode.Encoded validation = texts.validation;
        return digest.add(validation == null ? "share " + data.share() : validation.sha256())
                .hex();
    }

    private Provenance provenance(Encoded texts, Duration wallTime) {
        ObjectNode all = Json.object();
        all.set("spec", Json.tree(spec));
        all.set("training", Json.tree(plan));
        TextCode.Encoded validation = texts.validation;
        if (validation == null) {
            all.put("validationShare", data.share());
        } else {
            all.put("validationSha256", validation.sha256());
        }
        return Provenance.of(
                name(data.training()),
                texts.training.sha256(),
                all,
                plan.seed(),
                Kernels.best().name(),
                wallTime);
    }
}
