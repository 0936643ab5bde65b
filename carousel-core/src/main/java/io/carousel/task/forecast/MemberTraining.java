package io.carousel.task.forecast;

import io.carousel.layer.Network;
import io.carousel.loss.LossSpec;
import io.carousel.task.FitRun;
import io.carousel.task.TrainingStage;
import io.carousel.tensor.Rng;
import io.carousel.train.TrainingPlan;
import io.carousel.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Solves the linear part and trains the members on what it leaves over.
 *
 * <p>A linear part that stays as it was solved and members that learn the rest are one network in the end: the loss of a
 * target less the linear part is the loss of the target, because every loss only depends on the distance. So members are
 * trained alone, which is faster and cannot spoil the linear part.
 */
final class MemberTraining {
    /** More windows than this add nothing to the linear part but time. */
    private static final int MOST_WINDOWS = 20_000;

    /** More time steps than this in one epoch are thinned to whole windows, evenly. */
    private static final int MOST_TIME_STEPS = 500_000;

    private final ForecastSpec spec;
    private final TrainingPlan plan;
    private final EncodedSet encoded;
    private final List<SeriesSplit> splits;
    private final double ridge;
    private final LossSpec loss;
    private final int[] bestEpochs;
    private final FitProgress progress;
    private final FitRun run;
    private final Residuals training;
    private final WindowSet judged;
    private final float[][] judgedTargets;
    private final List<Member> kept = new ArrayList<>();
    private final List<TrainingStage> stages = new ArrayList<>();
    private int trained;

    MemberTraining(
            ForecastSpec spec,
            TrainingPlan plan,
            EncodedSet encoded,
            List<SeriesSplit> splits,
            double ridge,
            FitProgress progress,
            FitRun run) {
        this.spec = spec;
        this.plan = plan;
        this.encoded = encoded;
        this.splits = splits;
        this.ridge = ridge;
        this.loss = spec.trainingLoss();
        this.bestEpochs = new int[spec.members()];
        this.progress = progress;
        this.run = run;
        this.training = new Residuals(WindowSet.part(splits, split -> 0, SeriesSplit::validationFrom));
        this.judged = windows(WindowSet.part(splits, SeriesSplit::validationFrom, SeriesSplit::testFrom));
        this.judgedTargets = new LinearStart(encoded.encoder()).residuals(judged, training.linear);
    }

    /** The course of the training so far. */
    List<TrainingStage> stages() {
        return stages;
    }

    /** The windows of the validation part. */
    WindowSet judged() {
        return judged;
    }

    /** Windows of a part with what the linear part leaves over of them. */
    private final class Residuals {
        private final LinearModel linear;
        private final float[] bias;
        private final WindowSet windows;
        private final float[][] targets;

        Residuals(WindowSet.Part part) {
            LinearStart start = new LinearStart(encoded.encoder());
            linear = start.fit(windows(part, MOST_WINDOWS), ridge, loss);
            windows = windows(part);
            targets = start.residuals(windows, linear);
            bias = ResidualBias.of(loss, targets, encoded.encoder().steps());
        }

        private Member member(int number) {
            Rng rng = Rng.of(plan.seed());
            return Member.create(spec, encoded.encoder().features(), number, bias, rng);
        }

        private WindowObjective objective(Member member) {
            return new WindowObjective(member.network(), loss, encoded.encoder(), windows, targets);
        }

        private Network assemble(List<Member> some, int members) {
            return new NetworkAssembly(encoded.encoder(), loss, linear, bias, some, members).network();
        }
    }

    /** The windows that members see. */
    private WindowSet windows(WindowSet.Part part) {
        return windows(
                part, Math.min(MOST_WINDOWS, MOST_TIME_STEPS / encoded.encoder().length() + 1));
    }

    private WindowSet windows(WindowSet.Part part, int most) {
        return WindowSet.of(encoded.series(), encoded.encoder(), part, most);
    }

    /**
     * Trains on the training part up to this member and keeps, of each, the epoch that did best on the validation part;
     * gives the network of those trained so far.
     */
    Network trainValidated(int upTo) {
        while (trained < upTo && !run.stopped()) {
            Member member = training.member(++trained);
            WindowObjective validation = judged.size() == 0 ? null : objective(member, judged, judgedTargets);
            progress.begin("training member " + trained + " of " + spec.members());
            TrainingResult result = fit(training.objective(member), validation, plan, trained, "member-" + trained);
            Double startLoss = validation == null ? null : validation.lossOf(training.bias);
            int best = best(result, startLoss);
            bestEpochs[trained - 1] = best;
            stages.add(new TrainingStage("member " + trained, result.history(), best, startLoss));
            if (best > 0) {
                kept.add(member);
            }
        }
        return training.assemble(kept, Math.max(1, trained));
    }

    private WindowObjective objective(Member member, WindowSet windows, float[][] targets) {
        return new WindowObjective(member.network(), loss, encoded.encoder(), windows, targets);
    }

    /** The epoch that was kept; 0 where none was better than the linear part alone. */
    private static int best(TrainingResult result, @Nullable Double startLoss) {
        if (startLoss == null) {
            return result.history().size();
        }
        int best = result.bestEpoch();
        if (best == 0) {
            return 0;
        }
        Double reached = result.history().get(best - 1).validationLoss();
        return reached != null && reached < startLoss ? best : 0;
    }

    /** What one should know of the members, one sentence each. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        WindowSet.Part part = WindowSet.part(splits, split -> 0, SeriesSplit::validationFrom);
        long windows = WindowSet.count(encoded.series(), encoded.encoder(), part);
        if (training.windows.size() < windows) {
            notes.add("each recurrent network learnt from " + training.windows.size() + " of the " + windows
                    + " windows, evenly spaced, to bound the time of an epoch");
        }
        if (kept.size() < spec.members() && !run.stopped()) {
            notes.add(keptNote());
        }
        return notes;
    }

    private String keptNote() {
        int all = spec.members();
        return (kept.isEmpty() ? "none" : Integer.toString(kept.size())) + " of " + all
                + (all == 1 ? " recurrent network" : " recurrent networks")
                + " improved on the linear part on the validation rows; "
                + (kept.isEmpty() ? "the model is the linear part alone" : "the others were left out");
    }

    /** Trains anew on training and validation part together, each member for the epochs that were best. */
    Network trainAgain(Network validated) {
        if (judged.size() == 0) {
            return validated;
        }
        Residuals all = new Residuals(WindowSet.part(splits, split -> 0, SeriesSplit::testFrom));
        List<Member> again = new ArrayList<>();
        List<TrainingStage> more = new ArrayList<>();
        for (int m = 1; m <= spec.members(); m++) {
            progress.begin("training member " + m + " on all rows");
            if (bestEpochs[m - 1] > 0) {
                Member member = all.member(m);
                TrainingResult result = fit(
                        all.objective(member),
                        null,
                        plan.withEpochs(bestEpochs[m - 1]),
                        m,
                        "member-" + m + "-all-rows");
                if (run.stopped()) {
                    return validated;
                }
                more.add(new TrainingStage("member " + m + ", all rows", result.history(), bestEpochs[m - 1], null));
                again.add(member);
            }
        }
        stages.addAll(more);
        return all.assemble(again, spec.members());
    }

    private TrainingResult fit(
            WindowObjective training,
            @Nullable WindowObjective validation,
            TrainingPlan chosen,
            int member,
            String stage) {
        long seed = Rng.of(plan.seed()).stream("training of member " + member).nextLong();
        SeriesTransform transform = encoded.encoder().transform();
        String name = transform.log() + "-" + transform.level() + (transform.windowScale() ? "-scaled-" : "-")
                + transform.harmonics() + "-" + stage;
        return run.train(chosen.withSeed(seed), name, training, validation);
    }
}
