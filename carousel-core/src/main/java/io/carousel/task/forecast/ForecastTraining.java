package io.carousel.task.forecast;

import io.carousel.data.DataException;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.data.Sha256;
import io.carousel.data.Standardizer;
import io.carousel.layer.Network;
import io.carousel.loss.LossSpec;
import io.carousel.model.Model;
import io.carousel.model.Provenance;
import io.carousel.task.FitOptions;
import io.carousel.task.FitRun;
import io.carousel.task.TrainingStage;
import io.carousel.train.TrainingPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One fit from series to model: cut, choose, train, train anew on everything, put together. */
final class ForecastTraining {
    private final SeriesSet set;
    private final ForecastSpec spec;
    private final TrainingPlan plan;
    private final FitOptions options;
    private final LossSpec loss;
    private final List<String> notes = new ArrayList<>();
    private final FitProgress progress;

    ForecastTraining(SeriesSet set, ForecastSpec spec, TrainingPlan plan, FitOptions options) {
        this.set = set;
        this.spec = spec;
        this.plan = plan;
        this.options = options;
        this.loss = spec.trainingLoss();
        this.progress = new FitProgress(options.listener(), spec);
    }

    ForecastFit run() {
        long start = System.nanoTime();
        requireColumns();
        Partition partition = new Partition(set.list(), TargetSeries.of(set.list(), spec), spec);
        ForecastSpec.requireHarmonics(spec.harmonics(), partition.season());
        List<TargetSeries> seen = partition.seen();
        List<SeriesSplit> splits = partition.splits();
        notes.addAll(set.notes());
        FitRun run = FitRun.begin(options, digest(), spec, plan);

        progress.begin("choosing the transform");
        ForecastEncoding.Numbers numbers =
                new ForecastEncoding.Numbers(partition.season(), partition.window(), 0, 1, 0, inputScales(seen));
        TransformSearch search = new TransformSearch(seen, splits, spec, numbers, loss);
        List<TransformCandidate> candidates = search.candidates();
        Contest contest = new Contest(run, search.contenders(candidates), seen, splits, numbers);
        MemberTraining members = contest.members;
        EncodedSet encoded = contest.encoded;

        Network network = members.trainValidated(spec.members());
        notes.addAll(members.notes());
        List<ForecastEncoding.ErrorQuantile> intervals = intervals(network, encoded, splits);
        if (spec.refit() && !options.stop().stopped()) {
            network = members.trainAgain(network);
        }
        boolean stopped = options.stop().stopped();
        if (stopped) {
            notes.add(FitRun.STOPPED);
        }
        List<TrainingStage> stages = members.stages();
        ForecastEncoding encoding = new ForecastEncoding(
                ForecastEncoding.TASK,
                spec,
                encoded.numbers(),
                contest.chosen.transform(),
                contest.chosen.ridge(),
                contest.judged(candidates),
                splits,
                stages,
                intervals,
                stopped,
                notes);
        Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
        Model model = Model.of(network, Forecaster.task(encoding), provenance(wallTime));
        run.end();
        return new ForecastFit(Forecaster.of(model, encoding), stages, stopped, notes, wallTime);
    }

    /** The contenders, each with a network of one member; the one with the smallest error on the validation part wins. */
    private final class Contest {
        private final List<TransformCandidate> scored = new ArrayList<>();
        private TransformCandidate chosen;
        private EncodedSet encoded;
        private MemberTraining members;

        Contest(
                FitRun run,
                List<TransformCandidate> contenders,
                List<TargetSeries> seen,
                List<SeriesSplit> splits,
                ForecastEncoding.Numbers numbers) {
            double[] scales = TransformSearch.seriesScales(seen);
            chosen = contenders.get(0);
            encoded = encode(chosen, seen, splits, numbers);
            members = members(chosen, encoded, splits, run);
            if (contenders.size() == 1 || members.judged().size() == 0) {
                return;
            }
            double best = score(chosen, encoded, members, scales);
            for (TransformCandidate other : contenders.subList(1, contenders.size())) {
                if (options.stop().stopped()) {
                    return;
                }
                EncodedSet otherEncoded = encode(other, seen, splits, numbers);
                MemberTraining otherMembers = members(other, otherEncoded, splits, run);
                double score = score(other, otherEncoded, otherMembers, scales);
                if (score < best && !options.stop().stopped()) {
                    best = score;
                    chosen = other;
                    encoded = otherEncoded;
                    members = otherMembers;
                }
            }
        }

        private double score(TransformCandidate candidate, EncodedSet set, MemberTraining training, double[] scales) {
            Network network = training.trainValidated(1);
            double score = ValidationError.of(network, spec, set.encoder(), training.judged(), scales);
            if (Double.isFinite(score)) {
                scored.add(candidate.withNetworkScore(score));
            } else {
                notes.add("with " + candidate.transform().inWords()
                        + " the network's forecasts of the validation part were not finite");
            }
            return score;
        }

        /** All candidates, those with a score of the network in their places. */
        List<TransformCandidate> judged(List<TransformCandidate> candidates) {
            return candidates.stream()
                    .map(candidate -> scored.stream()
                            .filter(other -> other.transform().equals(candidate.transform()))
                            .findFirst()
                            .orElse(candidate))
                    .toList();
        }
    }

    private EncodedSet encode(
            TransformCandidate candidate,
            List<TargetSeries> seen,
            List<SeriesSplit> splits,
            ForecastEncoding.Numbers numbers) {
        return EncodedSet.of(seen, spec, numbers, candidate.transform())
                .scaled(spec, WindowSet.part(splits, split -> 0, SeriesSplit::testFrom));
    }

    private MemberTraining members(
            TransformCandidate candidate, EncodedSet encoded, List<SeriesSplit> splits, FitRun run) {
        return new MemberTraining(spec, plan, encoded, splits, candidate.ridge(), progress, run);
    }

    /** The SHA-256 of the rows as they were read, so that another way of filling holes is another fit. */
    private String digest() {
        if (options.checkpoints() == null) {
            return "";
        }
        Sha256 digest = new Sha256().add(set.sha256());
        for (Series series : set.list()) {
            digest.add(series.name());
            for (int row = 0; row < series.length(); row++) {
                digest.add(series.time().label(row));
            }
            spec.columns().forEach(column -> digest.add(series.column(column)));
        }
        return digest.hex();
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
        return Provenance.ofFit(set.source(), set.sha256(), spec, plan, plan.seed(), wallTime);
    }
}
