package io.carousel.task;

import io.carousel.layer.Network;
import io.carousel.loss.LossSpec;
import io.carousel.optim.Schedule;
import io.carousel.tensor.Rng;
import io.carousel.train.Trainer;
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
    private static final int MOST_TIME_STEPS = 2_000_000;

    private final ForecastSpec spec;
    private final TrainingPlan plan;
    private final FitOptions options;
    private final EncodedSet encoded;
    private final List<SeriesSplit> splits;
    private final double ridge;
    private final LossSpec loss;
    private final int[] bestEpochs;
    private final List<String> notes = new ArrayList<>();
    private int stage = 1;

    MemberTraining(
            ForecastSpec spec,
            TrainingPlan plan,
            FitOptions options,
            EncodedSet encoded,
            List<SeriesSplit> splits,
            double ridge) {
        this.spec = spec;
        this.plan = plan;
        this.options = options;
        this.encoded = encoded;
        this.splits = splits;
        this.ridge = ridge;
        this.loss = spec.trainingLoss();
        this.bestEpochs = new int[spec.members()];
    }

    List<String> notes() {
        return notes;
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

        private Network assemble(List<Member> kept) {
            return new NetworkAssembly(encoded.encoder(), loss, linear, bias, kept, spec.members()).network();
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

    /** Trains on the training part and keeps, of each member, the epoch that did best on the validation part. */
    Network trainValidated(List<TrainingStage> stages) {
        Residuals training = new Residuals(WindowSet.part(splits, split -> 0, SeriesSplit::validationFrom));
        WindowSet judged = windows(WindowSet.part(splits, SeriesSplit::validationFrom, SeriesSplit::testFrom));
        float[][] left = new LinearStart(encoded.encoder()).residuals(judged, training.linear);
        List<Member> kept = new ArrayList<>();
        for (int m = 1; m <= spec.members() && !options.stop().stopped(); m++) {
            Member member = training.member(m);
            WindowObjective validation = judged.size() == 0 ? null : objective(member, judged, left);
            String name = "member " + m;
            options.listener().stage("training " + name + " of " + spec.members(), ++stage, stageCount());
            TrainingResult result = fit(training.objective(member), validation, validated(validation), m);
            Double startLoss = validation == null ? null : validation.lossOf(training.bias);
            int best = best(result, startLoss);
            bestEpochs[m - 1] = best;
            stages.add(new TrainingStage(name, result.history(), best, startLoss));
            if (best > 0) {
                kept.add(member);
            }
        }
        noteKept(kept.size());
        return training.assemble(kept);
    }

    private WindowObjective objective(Member member, WindowSet windows, float[][] targets) {
        return new WindowObjective(member.network(), loss, encoded.encoder(), windows, targets);
    }

    private int stageCount() {
        return 1 + spec.members() * (spec.refit() && spec.validationRows() != 0 ? 2 : 1);
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

    private void noteKept(int kept) {
        int all = spec.members();
        if (kept < all && !options.stop().stopped()) {
            notes.add((kept == 0 ? "none" : Integer.toString(kept)) + " of " + all + (all == 1 ? " LSTM" : " LSTMs")
                    + " improved on the linear part on the validation rows; "
                    + (kept == 0 ? "the model is the linear part alone" : "the others were left out"));
        }
    }

    /** Trains anew on training and validation part together, each member for the epochs that were best. */
    Network trainAgain(List<TrainingStage> stages, Network validated) {
        if (windows(WindowSet.part(splits, SeriesSplit::validationFrom, SeriesSplit::testFrom))
                        .size()
                == 0) {
            return validated;
        }
        Residuals all = new Residuals(WindowSet.part(splits, split -> 0, SeriesSplit::testFrom));
        List<Member> kept = new ArrayList<>();
        for (int m = 1; m <= spec.members(); m++) {
            options.listener().stage("training member " + m + " on all rows", ++stage, stageCount());
            if (bestEpochs[m - 1] > 0) {
                Member member = all.member(m);
                TrainingResult result = fit(all.objective(member), null, unvalidated(bestEpochs[m - 1]), m);
                if (options.stop().stopped()) {
                    return validated;
                }
                stages.add(new TrainingStage("member " + m + ", all rows", result.history(), bestEpochs[m - 1], null));
                kept.add(member);
            }
        }
        return all.assemble(kept);
    }

    private TrainingPlan validated(@Nullable WindowObjective validation) {
        return validation == null ? unvalidated(plan.epochs()) : plan;
    }

    /** The plan for a number of epochs without a validation part to watch. */
    private TrainingPlan unvalidated(int epochs) {
        TrainingPlan fixed = plan.withEpochs(epochs).withPatience(0);
        return plan.schedule() instanceof Schedule.ReduceOnPlateau
                ? fixed.withSchedule(new Schedule.Constant())
                : fixed;
    }

    private TrainingResult fit(
            WindowObjective training, @Nullable WindowObjective validation, TrainingPlan chosen, int member) {
        long seed = Rng.of(plan.seed()).stream("training of member " + member).nextLong();
        Trainer trainer = Trainer.builder(chosen.withSeed(seed))
                .threads(options.threads())
                .listener(options.listener())
                .build();
        options.stop().attach(trainer);
        try {
            return trainer.fit(training, validation);
        } finally {
            options.stop().attach(null);
        }
    }
}
