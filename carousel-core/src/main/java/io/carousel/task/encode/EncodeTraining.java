package io.carousel.task.encode;

import io.carousel.data.DataException;
import io.carousel.eval.PrincipalComponents;
import io.carousel.layer.Network;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.model.Provenance;
import io.carousel.optim.Adam;
import io.carousel.task.FitOptions;
import io.carousel.task.FitRun;
import io.carousel.task.TrainingStage;
import io.carousel.task.classify.Example;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.classify.NumberScaling;
import io.carousel.task.encode.SequenceCoder.Coded;
import io.carousel.tensor.Rng;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.TokenCode;
import io.carousel.text.TokenSpec;
import io.carousel.text.WordTokenizer;
import io.carousel.train.TrainingPlan;
import io.carousel.train.TrainingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One fit from examples to model: decide what is open, hold some out, code, train, put together. */
final class EncodeTraining {
    /** Fewer examples than this are few: more epochs of smaller batches, and a larger share to validate. */
    private static final int FEW = 1_000;

    /** The most numbers of principal components: they stand in the model's description. */
    private static final long MOST_LINEAR = 100_000;

    private final ExampleSet set;
    private final @Nullable ExampleSet given;
    private final EncodeSpec asked;
    private final EncodeSpec spec;
    private final TrainingPlan plan;
    private final FitOptions options;
    private final ExampleSet training;
    private final @Nullable ExampleSet judges;
    private final SequenceCoder coder;
    private final List<Coded> sequences;
    private final List<String> notes;

    EncodeTraining(
            ExampleSet set, @Nullable ExampleSet given, EncodeSpec asked, TrainingPlan plan, FitOptions options) {
        if (set.size() == 0) {
            throw new DataException(set.source() + " must have examples to learn from, got none");
        }
        this.set = set;
        this.given = given;
        this.asked = asked;
        this.plan = plan;
        this.options = options;
        notes = new ArrayList<>(set.notes());
        spec = complete();
        boolean[] held = given == null ? held() : new boolean[set.size()];
        training = part(held, false);
        ExampleSet aside = part(held, true);
        judges = given == null ? (aside.size() == 0 ? null : aside) : given;
        if (judges == null && (plan.patience() > 0 || plan.schedule().watchesValidation())) {
            notes.add("there were no validation examples, so every epoch was made");
        }
        coder = SequenceCoder.fit(spec, training);
        sequences = code(training);
    }

    static TrainingPlan plan(ExampleSet set) {
        boolean few = set.size() < FEW;
        return TrainingPlan.defaults()
                .withEpochs(few ? 300 : 50)
                .withBatchSize(few ? 16 : 64)
                .withShardSize(few ? 8 : 16)
                .withLearningRate(few ? 3e-3 : 2e-3)
                .withOptimizer(new Adam())
                .withPatience(few ? 40 : 5);
    }

    /** The spec with everything decided. */
    private EncodeSpec complete() {
        boolean few = set.size() < FEW;
        return asked.with(builder -> {
            TokenSpec text = asked.text() == null ? TokenSpec.of(new WordTokenizer(true)) : asked.text();
            if (set.isText()) {
                builder.text(text).scaling(NumberScaling.NONE);
                if (asked.embedding() == 0) {
                    builder.embedding(text.tokenizer() instanceof CharacterTokenizer ? 32 : 64);
                }
            } else {
                builder.text(null).embedding(0);
                if (asked.scaling() == null) {
                    builder.scaling(set.commonScale() ? NumberScaling.ALL : NumberScaling.FEATURES);
                }
            }
            if (asked.conditioned() == null) {
                builder.conditioned(set.isText());
            }
            if (asked.divergenceEpochs() < 0) {
                builder.divergenceEpochs(asked.variational() ? plan.epochs() / 4 : 0);
            }
            if (asked.hidden() == 0) {
                builder.hidden(few ? 64 : 128);
            }
            if (asked.validation() < 0) {
                builder.validation(few ? 0.2 : 0.1);
            }
        });
    }

    /** The examples that choose the epoch. */
    private boolean[] held() {
        int[] order = new int[set.size()];
        Arrays.setAll(order, i -> i);
        Rng.of(plan.seed()).stream("validation").shuffle(order);
        int count = (int) Math.min(set.size() - 1L, Math.round(set.size() * spec.validation()));
        boolean[] held = new boolean[set.size()];
        for (int i = 0; i < count; i++) {
            held[order[i]] = true;
        }
        return held;
    }

    private ExampleSet part(boolean[] held, boolean wanted) {
        List<Example> some = new ArrayList<>();
        for (int i = 0; i < held.length; i++) {
            if (held[i] == wanted) {
                some.add(set.examples().get(i));
            }
        }
        return set.with(some);
    }

    private List<Coded> code(ExampleSet part) {
        List<Coded> coded = new ArrayList<>();
        int cut = 0;
        for (Example example : part.examples()) {
            cut += coder.isCut(example) ? 1 : 0;
            coded.add(coder.code(example, part.source(), spec.ahead()));
        }
        if (cut > 0) {
            notes.add("of " + cut + (cut == 1 ? " text" : " texts") + " only the first " + spec.longest()
                    + " tokens are read");
        }
        return coded;
    }

    EncodeFit run() {
        long start = System.nanoTime();
        Network network = Network.create(
                EncodeNetwork.whole(spec, coder.symbols(), coder.width()), Rng.of(plan.seed()).stream("network"));
        FitRun run = FitRun.begin(options, digest(), asked, plan);
        options.listener().stage("training", 1, 1);
        TrainingResult result = train(run, network);
        boolean stopped = run.stopped();
        if (stopped) {
            notes.add(FitRun.STOPPED);
        }
        int best = judges == null ? result.history().size() : result.bestEpoch();
        List<TrainingStage> stages = List.of(new TrainingStage("training", result.history(), best, null));
        EncodeEncoding encoding = encoding(stages, stopped);
        Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
        Provenance provenance = Provenance.ofFit(set.source(), set.sha256(), asked, plan, plan.seed(), wallTime);
        Autoencoder autoencoder =
                Autoencoder.of(Model.of(network, (ObjectNode) Json.tree(encoding), provenance), encoding);
        run.end();
        EncodeEvaluation validation = judges == null ? null : autoencoder.evaluate(judges);
        return new EncodeFit(autoencoder, validation, stages, stopped, notes, wallTime);
    }

    private TrainingResult train(FitRun run, Network network) {
        ExampleSet validation = judges;
        long batches = (sequences.size() + plan.batchSize() - 1L) / plan.batchSize();
        long updates = batches * spec.divergenceEpochs();
        return run.train(
                plan,
                "training",
                new EncodeObjective(network, spec, coder, sequences, spec.divergence(), updates),
                validation == null
                        ? null
                        : new EncodeObjective(network, spec, coder, code(validation), spec.divergence(), 0));
    }

    private EncodeEncoding encoding(List<TrainingStage> stages, boolean stopped) {
        int steps = sequences.get(0).seen();
        boolean same = coder.side() == null && sequences.stream().allMatch(sequence -> sequence.seen() == steps);
        return new EncodeEncoding(
                EncodeEncoding.TASK,
                asked,
                spec,
                coder.side(),
                symbolCounts(),
                coder.features(),
                coder.scales(),
                same ? steps : 0,
                same && (long) steps * coder.width() * spec.size() <= MOST_LINEAR ? linear() : null,
                training.size(),
                judges == null ? 0 : judges.size(),
                stages,
                stopped,
                notes);
    }

    private PrincipalComponents linear() {
        float[][] points = sequences.stream()
                .map(sequence -> Arrays.copyOf(sequence.values(), sequence.seen() * sequence.width()))
                .toArray(float[][]::new);
        return PrincipalComponents.of(points, spec.size());
    }

    private List<Long> symbolCounts() {
        long[] counts = new long[coder.symbols()];
        if (counts.length > 0) {
            for (Coded sequence : sequences) {
                for (float token : sequence.values()) {
                    counts[(int) token]++;
                }
                counts[TokenCode.END_NUMBER]++;
            }
        }
        return Arrays.stream(counts).boxed().toList();
    }

    private String digest() {
        if (options.checkpoints() == null) {
            return "";
        }
        return set.contentSha256() + (given == null ? "" : " " + given.contentSha256());
    }
}
