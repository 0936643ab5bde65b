package io.carousel.task.translate;

import io.carousel.data.DataException;
import io.carousel.data.SequencePair;
import io.carousel.data.Sha256;
import io.carousel.layer.Network;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.model.Provenance;
import io.carousel.task.FitOptions;
import io.carousel.task.FitRun;
import io.carousel.task.TrainingStage;
import io.carousel.tensor.Rng;
import io.carousel.text.TokenCode;
import io.carousel.train.CopyOutput;
import io.carousel.train.OwnOutput;
import io.carousel.train.ScheduledSampling;
import io.carousel.train.SequenceLoss;
import io.carousel.train.SoftmaxOutput;
import io.carousel.train.TeacherForcing;
import io.carousel.train.TrainingPlan;
import io.carousel.train.TrainingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** One fit from pairs to model: hold some out, learn symbols, train, put together. */
final class TranslateTraining {
    /** A longer target is no baseline worth its room in a model file. */
    private static final int LONGEST_USUAL = 1_000;

    /** The characters of JSON that both sides may take in the header of a model file, which holds more than that. */
    private static final int MOST_JSON = 6 << 20;

    private final TranslateData data;
    private final TranslateSpec spec;
    private final TrainingPlan plan;
    private final FitOptions options;
    private final List<String> notes = new ArrayList<>();

    TranslateTraining(TranslateData data, TranslateSpec spec, TrainingPlan plan, FitOptions options) {
        this.data = data;
        this.spec = spec;
        this.plan = plan;
        this.options = options;
    }

    TranslateFit run() {
        long start = System.nanoTime();
        options.listener().stage("learning symbols", 1, 2);
        notes.addAll(data.training().notes());
        PairSet given = data.validation();
        PairSet.Parts parts = given != null
                ? new PairSet.Parts(data.training(), given)
                : data.training().holdOut(spec.validation(), plan.seed());
        List<TextPair> learnt = parts.rest().pairs();
        TokenCode source = TokenCode.learn(
                spec.source(), learnt.stream().map(TextPair::source).distinct().toList(), "sources");
        TokenCode target = TokenCode.learn(
                spec.target(), learnt.stream().map(TextPair::target).toList(), "targets");
        requireRoom(source, target);
        options.stop().requireNotStopped("it was learning symbols");
        List<TextPair> training = shortEnough(learnt, source, target, "to learn from");
        List<TextPair> validation = shortEnough(parts.heldOut().pairs(), source, target, "to validate with");
        requireTraining(training);
        TranslateEncoding encoding = encoding(source, target, usual(training), training, validation, List.of(), false);
        Network network = Network.create(TranslateNetwork.spec(encoding), Rng.of(plan.seed()).stream("network"));
        FitRun run = FitRun.begin(options, digest(training, validation), spec, plan);
        options.listener().stage("training", 2, 2);
        TrainingResult result = run.train(
                plan,
                "training",
                objective(network, pairs(training, source, target), spec, true),
                validation.isEmpty() ? null : objective(network, pairs(validation, source, target), spec, false));
        boolean stopped = run.stopped();
        if (stopped) {
            notes.add(FitRun.STOPPED);
        }
        int best = validation.isEmpty() ? result.history().size() : result.bestEpoch();
        List<TrainingStage> stages = List.of(new TrainingStage("training", result.history(), best, null));
        TranslateEncoding done =
                encoding(source, target, encoding.usualTarget(), training, validation, stages, stopped);
        Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
        Provenance provenance =
                Provenance.ofFit(data.training().name(), data.training().sha256(), spec, plan, plan.seed(), wallTime);
        Model model = Model.of(network, (ObjectNode) Json.tree(done), provenance);
        run.end();
        PairSet judged = validation.isEmpty() ? null : parts.heldOut().with(validation);
        return new TranslateFit(Translator.of(model, done), judged, stages, stopped, notes, wallTime);
    }

    private EncodedPairs pairs(List<TextPair> pairs, TokenCode source, TokenCode target) {
        return EncodedPairs.of(pairs, source, target, spec.copying());
    }

    /** @param trains whether with what makes training harder: smoothing and sampling */
    static TeacherForcing objective(Network network, List<SequencePair> pairs, TranslateSpec spec, boolean trains) {
        double smoothing = trains ? spec.smoothing() : 0;
        SequenceLoss loss = spec.copying() ? new CopyOutput(smoothing) : new SoftmaxOutput(smoothing);
        TeacherForcing truth = new TeacherForcing(network, pairs, loss);
        ScheduledSampling sampling = spec.sampling();
        return sampling == null || !trains ? truth : truth.withSampling(sampling, OwnOutput.drawn());
    }

    // ---------------------------------------------------------------- data

    private static void requireRoom(TokenCode source, TokenCode target) {
        int length = Json.write(source).length() + Json.write(target).length();
        if (length > MOST_JSON) {
            throw new DataException("vocabularies must take at most " + MOST_JSON + " characters in a model file, got "
                    + length + "; ask for fewer symbols, or leave out rare ones by a least count");
        }
    }

    private List<TextPair> shortEnough(List<TextPair> pairs, TokenCode source, TokenCode target, String what) {
        List<TextPair> fitting = pairs.stream()
                .filter(pair -> source.tokens(pair.source()).size() <= spec.longest()
                        && target.tokens(pair.target()).size() <= spec.longest())
                .toList();
        int left = pairs.size() - fitting.size();
        if (left > 0) {
            notes.add((left == 1 ? "1 pair " : left + " pairs ") + what + (left == 1 ? " has" : " have")
                    + " more than " + spec.longest() + " tokens on a side and " + (left == 1 ? "was" : "were")
                    + " left out; a larger longest would keep them");
        }
        return fitting;
    }

    private void requireTraining(List<TextPair> training) {
        if (training.isEmpty()) {
            throw new DataException(data.training().name() + " must have at least one pair of at most " + spec.longest()
                    + " tokens on each side, got none; ask for a larger longest");
        }
    }

    private static String usual(List<TextPair> pairs) {
        Map<String, Integer> counts = new HashMap<>();
        String usual = "";
        int most = 0;
        for (TextPair pair : pairs) {
            int count = counts.merge(pair.target(), 1, Integer::sum);
            if (count > most && pair.target().length() <= LONGEST_USUAL) {
                most = count;
                usual = pair.target();
            }
        }
        return usual;
    }

    private TranslateEncoding encoding(
            TokenCode source,
            TokenCode target,
            String usual,
            List<TextPair> training,
            List<TextPair> validation,
            List<TrainingStage> stages,
            boolean stopped) {
        return new TranslateEncoding(
                TranslateEncoding.TASK,
                spec,
                source,
                target,
                usual,
                training.size(),
                validation.size(),
                stages,
                stopped,
                notes);
    }

    /** The SHA-256 of all that is learnt from, as it was read. */
    private String digest(List<TextPair> training, List<TextPair> validation) {
        if (options.checkpoints() == null) {
            return "";
        }
        return new Sha256()
                .add(PairSet.of(training).sha256())
                .add(PairSet.of(validation).sha256())
                .hex();
    }
}
