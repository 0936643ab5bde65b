package io.carousel.task.classify;

import io.carousel.data.DataException;
import io.carousel.data.Texts;
import io.carousel.eval.Calibration;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.loss.ClassWeights;
import io.carousel.loss.WeightedLogisticLoss.LabelWeight;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.model.Provenance;
import io.carousel.task.FitOptions;
import io.carousel.task.FitRun;
import io.carousel.task.TrainingStage;
import io.carousel.task.VectorRows;
import io.carousel.task.classify.ClassifyEncoding.ValidationScores;
import io.carousel.tensor.Rng;
import io.carousel.text.Vocabulary;
import io.carousel.text.WordVectors;
import io.carousel.train.TrainingPlan;
import io.carousel.train.TrainingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One fit from examples to model: encode, train members, calibrate, put together. */
final class ClassifyTraining {
    private final ExampleSet set;
    private final @Nullable ExampleSet given;
    private final ClassifySpec asked;
    private final ClassifySpec spec;
    private final TrainingPlan plan;
    private final FitOptions options;
    private final LabelSet labelSet;
    private final InputEncoder encoder;
    private final @Nullable VectorRows vectors;
    private final float[][] encoded;
    private final int[][] labels;
    private final int[] counts;
    private final List<LabelWeight> weights;
    private final List<String> notes = new ArrayList<>();
    private final List<TrainingStage> stages = new ArrayList<>();
    private final List<Network> members = new ArrayList<>();
    private final List<float[]> judgedScores = new ArrayList<>();
    private final List<int[]> judgedLabels = new ArrayList<>();

    ClassifyTraining(
            ExampleSet set,
            @Nullable ExampleSet given,
            @Nullable WordVectors file,
            ClassifySpec asked,
            TrainingPlan plan,
            FitOptions options) {
        this.set = set;
        this.given = given;
        this.asked = asked;
        this.plan = plan;
        this.options = options;
        ClassifySpec complete = Choices.complete(asked, set);
        labelSet = LabelSet.of(set, complete.several());
        InputEncoder fitted = InputEncoder.fit(complete, set);
        vectors = vectors(file, asked, fitted);
        spec = vectors == null ? complete : complete.with(builder -> builder.embedding(vectors.size()));
        encoder = fitted.with(spec);
        List<Example> all = new ArrayList<>(set.examples());
        if (given != null) {
            checkGiven(given);
            all.addAll(given.examples());
        }
        encoded = encode(all);
        labels = labelSet.numbers(all);
        counts = labelSet.counts(Arrays.copyOf(labels, set.size()));
        weights = weights();
        notes.addAll(set.notes());
        if (file != null && vectors != null) {
            notes.add(vectors.note(file.name()));
        }
    }

    private static @Nullable VectorRows vectors(@Nullable WordVectors file, ClassifySpec asked, InputEncoder encoder) {
        Vocabulary vocabulary = encoder.vocabulary();
        if (file == null) {
            return null;
        }
        if (vocabulary == null) {
            throw new DataException("vectors of words must come with texts, got numbers; leave the vectors out");
        }
        VectorRows rows = VectorRows.of(file, vocabulary);
        if (asked.embedding() != 0 && asked.embedding() != rows.size()) {
            throw new DataException("embedding must be that of the vectors, " + rows.size() + ", got "
                    + asked.embedding() + "; leave it out");
        }
        return rows;
    }

    private void checkGiven(ExampleSet validation) {
        for (Example example : validation.examples()) {
            for (String label : example.labels()) {
                if (labelSet.number(label) < 0) {
                    throw new DataException("label of validation example " + Texts.shown(example.id())
                            + ExampleSet.place(example, validation.source(), "")
                            + " must be one of the training, got " + Texts.shown(label) + "; it has "
                            + Texts.shown(labelSet.names()));
                }
            }
            if (!spec.several() && example.labels().size() != 1) {
                throw new DataException("validation example " + Texts.shown(example.id())
                        + ExampleSet.place(example, validation.source(), "") + " must have one label, got "
                        + example.labels().size());
            }
        }
    }

    private float[][] encode(List<Example> all) {
        float[][] rows = new float[all.size()][];
        int cut = 0;
        for (int i = 0; i < rows.length; i++) {
            Example example = all.get(i);
            String source = i < set.size() || given == null ? set.source() : given.source();
            if (encoder.isEmpty(example)) {
                throw new DataException("text of example " + Texts.shown(example.id())
                        + ExampleSet.place(example, source, "")
                        + " must have words to learn from, got none; leave it out");
            }
            cut += encoder.isCut(example) ? 1 : 0;
            rows[i] = encoder.encode(example, source);
        }
        if (cut > 0) {
            notes.add("of " + cut + (cut == 1 ? " text" : " texts") + " only the first " + spec.longest()
                    + " tokens are read");
        }
        return rows;
    }

    /** What each label counts: in a choice of one its examples, of several what has it, and what has it not. */
    private List<LabelWeight> weights() {
        for (String label : spec.labelWeights().keySet()) {
            if (labelSet.number(label) < 0) {
                throw new DataException("label with a weight must be one of the training, got " + Texts.shown(label)
                        + "; it has " + Texts.shown(labelSet.names()));
            }
        }
        double[] balanced = ClassWeights.balanced(
                Arrays.stream(counts).mapToLong(count -> count).toArray());
        List<LabelWeight> all = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            double factor = spec.labelWeights().getOrDefault(labelSet.names().get(c), 1.0);
            LabelWeight weight = new LabelWeight(1, 1);
            if (spec.weighting() == LabelWeighting.BALANCED) {
                weight =
                        spec.several() ? ClassWeights.balanced(counts[c], set.size()) : new LabelWeight(balanced[c], 1);
            }
            all.add(new LabelWeight(weight.present() * factor, weight.absent()));
        }
        return all;
    }

    ClassifyFit run() {
        long start = System.nanoTime();
        FitRun run = FitRun.begin(options, digest(), asked, plan);
        boolean cuts = given == null && spec.validation() > 0;
        int count = cuts ? (int) StrictMath.round(1 / spec.validation()) : 0;
        StratifiedParts parts =
                StratifiedParts.of(Arrays.copyOf(labels, set.size()), counts, count, plan.seed(), "validation");
        for (int m = 0; m < spec.members() && (m == 0 || !run.stopped()); m++) {
            int[] validation = given == null
                    ? parts.part(m)
                    : IntStream.range(set.size(), labels.length).toArray();
            train(run, m, parts.without(m), validation);
        }
        boolean stopped = run.stopped();
        if (stopped) {
            notes.add(FitRun.STOPPED);
        }
        if (judgedScores.isEmpty() && given == null) {
            notes.add(
                    "there were no validation examples, so every epoch was made and probabilities are not calibrated");
        }
        Network network = ClassifyNetwork.mean(members, spec.members());
        if (given != null) {
            judge(network, IntStream.range(set.size(), labels.length).toArray());
        }
        ClassifyEncoding encoding = encoding(stopped);
        Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
        Model model = Model.of(network, (ObjectNode) Json.tree(encoding), provenance(wallTime));
        run.end();
        return new ClassifyFit(SequenceClassifier.of(model, encoding), stages, stopped, notes, wallTime);
    }

    private void train(FitRun run, int member, int[] training, int[] validation) {
        String name = "member " + (member + 1);
        options.listener().stage("training " + name + " of " + spec.members(), member + 1, spec.members());
        Network network = ClassifyNetwork.member(spec, encoder, labelSet.size(), member, plan.seed(), vectors);
        boolean judges = validation.length > 0;
        long seed = Rng.of(plan.seed()).stream("training of " + name).nextLong();
        TrainingResult result = run.train(
                plan.withSeed(seed),
                "member-" + (member + 1),
                objective(network, training),
                judges ? objective(network, validation) : null);
        stages.add(new TrainingStage(
                name,
                result.history(),
                judges ? result.bestEpoch() : result.history().size(),
                null));
        members.add(network);
        if (given == null) {
            judge(network, validation);
        }
    }

    private ClassifyObjective objective(Network network, int[] part) {
        return new ClassifyObjective(network, encoder, spec, weights, encoded, labels, part);
    }

    private void judge(Network network, int[] examples) {
        float[][] scores = Scorer.score(Kernels.best(), network, encoder, encoded, examples);
        for (int i = 0; i < examples.length; i++) {
            judgedScores.add(scores[i]);
            judgedLabels.add(labels[examples[i]]);
        }
    }

    private ClassifyEncoding encoding(boolean stopped) {
        float[][] scores = judgedScores.toArray(float[][]::new);
        int[][] right = judgedLabels.toArray(int[][]::new);
        boolean several = spec.several();
        Calibration calibration = scores.length == 0 ? null : Probabilities.calibrate(scores, right, several);
        ValidationScores validation = calibration == null
                ? null
                : new ValidationScores(
                        scores.length,
                        IntStream.range(0, scores.length)
                                        .filter(i -> Probabilities.isRight(scores[i], several, right[i]))
                                        .count()
                                / (double) scores.length,
                        calibration.after(),
                        calibration.before());
        return new ClassifyEncoding(
                ClassifyEncoding.TASK,
                asked,
                spec,
                labelSet.names(),
                Arrays.stream(counts).boxed().toList(),
                encoder.vocabulary(),
                encoder.characters(),
                encoder.features(),
                encoder.scales(),
                calibration == null ? 1 : calibration.temperature(),
                validation,
                stages,
                stopped,
                notes);
    }

    private String digest() {
        if (options.checkpoints() == null) {
            return "";
        }
        return set.contentSha256()
                + (given == null ? "" : " " + given.contentSha256())
                + (vectors == null ? "" : " " + vectors.sha256());
    }

    private Provenance provenance(Duration wallTime) {
        return Provenance.ofFit(set.source(), set.sha256(), asked, plan, plan.seed(), wallTime);
    }
}
