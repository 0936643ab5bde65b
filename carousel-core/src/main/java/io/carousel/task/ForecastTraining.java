package io.carousel.task;

import io.carousel.data.DataException;
import io.carousel.data.SeriesSet;
import io.carousel.data.Standardizer;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.loss.LossSpec;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.model.Provenance;
import io.carousel.train.TrainingPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** One fit from series to model: cut, choose, train, train anew on everything, put together. */
final class ForecastTraining {
    private final SeriesSet set;
    private final ForecastSpec spec;
    private final TrainingPlan plan;
    private final FitOptions options;
    private final LossSpec loss;
    private final List<String> notes = new ArrayList<>();
    private final List<TrainingStage> stages = new ArrayList<>();

    ForecastTraining(SeriesSet set, ForecastSpec spec, TrainingPlan plan, FitOptions options) {
        this.set = set;
        this.spec = spec;
        this.plan = plan;
        this.options = options;
        this.loss = spec.trainingLoss();
    }

    ForecastFit run() {
        long start = System.nanoTime();
        requireColumns();
        Partition partition = new Partition(set.list(), TargetSeries.of(set.list(), spec), spec);
        List<TargetSeries> seen = partition.seen();
        List<SeriesSplit> splits = partition.splits();
        notes.addAll(set.notes());

        options.listener().stage("choosing the transform", 1, stageCount());
        ForecastEncoding.Numbers numbers =
                new ForecastEncoding.Numbers(partition.season(), partition.window(), 0, 1, 0, inputScales(seen));
        TransformSearch search = new TransformSearch(seen, splits, spec, numbers, loss);
        List<TransformCandidate> candidates = search.candidates();
        TransformCandidate chosen = search.choose(candidates);
        EncodedSet encoded = EncodedSet.of(seen, spec, numbers, chosen.transform())
                .scaled(spec, WindowSet.part(splits, split -> 0, SeriesSplit::testFrom));

        MemberTraining members = new MemberTraining(spec, plan, options, encoded, splits, chosen.ridge());
        Network network = members.trainValidated(stages);
        List<ForecastEncoding.ErrorQuantile> intervals = intervals(network, encoded, splits);
        if (spec.refit() && !options.stop().stopped()) {
            network = members.trainAgain(stages, network);
        }
        notes.addAll(members.notes());
        boolean stopped = options.stop().stopped();
        if (stopped) {
            notes.add("the training was stopped early; the best so far was kept");
        }
        ForecastEncoding encoding = new ForecastEncoding(
                ForecastEncoding.TASK,
                spec,
                encoded.numbers(),
                chosen.transform(),
                chosen.ridge(),
                candidates,
                splits,
                stages,
                intervals,
                stopped,
                notes);
        Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
        Model model = Model.of(network, Forecaster.task(encoding), provenance(wallTime));
        return new ForecastFit(Forecaster.of(model, encoding), stages, stopped, notes, wallTime);
    }

    private int stageCount() {
        return 1 + spec.members() * (spec.refit() && hasValidation() ? 2 : 1);
    }

    private boolean hasValidation() {
        return spec.validationRows() != 0;
    }

    private void requireColumns() {
        for (String column : spec.columns()) {
            if (!set.columns().contains(column)) {
                throw new DataException("column " + column + " must be one of " + set.columns() + " of " + set.source()
                        + "; name a column of the file");
            }
        }
    }

    private List<Standardizer> inputScales(List<TargetSeries> seen) {
        List<Standardizer> scales = new ArrayList<>();
        int inputs = spec.inputs().size() + spec.futureInputs().size();
        for (int i = 0; i < inputs; i++) {
            int rows = seen.stream().mapToInt(TargetSeries::rows).sum();
            double[] all = new double[rows];
            int at = 0;
            for (TargetSeries series : seen) {
                for (int row = 0; row < series.rows(); row++) {
                    all[at++] = series.input(i, row);
                }
            }
            scales.add(Standardizer.fit(all));
        }
        return scales;
    }

    /** Quantiles of the errors on the validation part, for a loss that gives none. */
    private List<ForecastEncoding.ErrorQuantile> intervals(
            Network network, EncodedSet encoded, List<SeriesSplit> splits) {
        if (spec.quantiles().isEmpty() || !WindowPredictor.needsIntervals(spec)) {
            return List.of();
        }
        return ErrorIntervals.of(network, spec, encoded, splits, notes);
    }

    private Provenance provenance(Duration wallTime) {
        ObjectNode all = Json.object();
        all.set("spec", Json.tree(spec));
        all.set("training", Json.tree(plan));
        return Provenance.of(
                set.source(), set.sha256(), all, plan.seed(), Kernels.best().toString(), wallTime);
    }
}
