package io.carousel.train;

import io.carousel.autograd.Parameters;
import io.carousel.layer.State;
import io.carousel.optim.AveragedSgd;
import io.carousel.optim.Optimizer;
import io.carousel.tensor.Rng;
import io.carousel.train.ChunkedObjective.Chunk;
import io.carousel.train.TrainingResult.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One call of {@link Trainer#fit}. */
final class TrainingRun {
    private final Trainer trainer;
    private final TrainingPlan plan;
    private final Parameters parameters;
    private final Optimizer optimizer;
    private final BatchStep batchStep;
    private final @Nullable Validation validation;
    private final @Nullable Checkpoint checkpoint;
    private final float[] best;
    private final int[] order;
    private final int chunks;
    private final @Nullable State carried;
    private final int batchesPerEpoch;
    private Progress progress = Progress.START;
    private long lastCheckpoint = System.nanoTime();

    TrainingRun(Trainer trainer, Objective training, @Nullable Objective validation, Workers workers) {
        this.trainer = trainer;
        plan = trainer.plan();
        parameters = training.parameters();
        optimizer = Optimizer.create(plan.optimizer(), plan.weightDecay(), parameters);
        batchStep = new BatchStep(plan, training, optimizer, workers, trainer.kernels());
        this.validation = validation == null ? null : new Validation(validation, plan.shardSize(), workers);
        best = parameters.values().clone();
        order = new int[training.examples()];
        ChunkedObjective chunked = training instanceof ChunkedObjective found ? found : null;
        chunks = chunked == null ? 1 : chunked.chunks();
        carried = chunked == null ? null : new State(chunked.carried(), Math.min(order.length, plan.batchSize()));
        batchesPerEpoch = Math.multiplyExact(chunks, BatchStep.ceilDivide(order.length, plan.batchSize()));
        Path file = trainer.checkpoint();
        checkpoint = file == null
                ? null
                : new Checkpoint(
                        file,
                        Checkpoint.Run.of(
                                chunked == null ? trainer.identity() : trainer.identity() + "; " + chunked.cut(),
                                plan,
                                parameters,
                                training.examples(),
                                validation == null ? 0 : validation.examples()),
                        parameters,
                        best,
                        optimizer,
                        carried);
    }

    TrainingResult run() {
        resume();
        watchAverage();
        while (progress.ending() == null && !trainer.stopping()) {
            shuffle();
            double rate = steps();
            if (!trainer.stopping()) {
                endEpoch(rate);
            }
        }
        write();
        if (progress.bestEpoch() > 0) {
            System.arraycopy(best, 0, parameters.values(), 0, best.length);
            parameters.changed();
        } else if (optimizer.averages()) {
            optimizer.exchangeAverage();
        }
        Ending ending = progress.ending() == null ? Ending.STOPPED : progress.ending();
        return new TrainingResult(progress.history(), ending, progress.bestEpoch(), progress.steps());
    }

    /** A function of the seed and the epoch, so that a resumed epoch goes on in the same order. */
    private void shuffle() {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Rng.of(plan.seed()).stream("shuffle").stream(progress.epoch()).shuffle(order);
    }

    /** Makes the rest of the epoch's updates, or stops before; returns the last learning rate. */
    private double steps() {
        while (progress.batches() < batchesPerEpoch && !trainer.stopping()) {
            long start = System.nanoTime();
            int from = progress.batches() / chunks * plan.batchSize();
            int to = Math.min(order.length, from + plan.batchSize());
            Chunk chunk = carried == null ? null : new Chunk(progress.batches() % chunks, carried, from);
            long place = place();
            double rate = learningRate(place);
            if (batchStep.run(order, from, to, chunk, rate, progress.epoch(), place + 1)) {
                progress = progress.afterStep(batchStep.lossSum(), batchStep.weight());
                double seconds = Math.max(1, System.nanoTime() - start) * 1e-9;
                report(rate, (to - from) / seconds / chunks);
            } else {
                progress = progress.afterChunkWithoutTargets();
            }
            writeIfDue();
        }
        return learningRate(Math.max(0, place() - 1));
    }

    /** The mini-batches so far, or their chunks, over all epochs: of those, chunks without targets made no update. */
    private long place() {
        return (progress.epoch() - 1L) * batchesPerEpoch + progress.batches();
    }

    private void report(double rate, double sequencesPerSecond) {
        if (!trainer.listeners().isEmpty()) {
            StepReport report = new StepReport(
                    progress.epoch(),
                    progress.steps(),
                    totalSteps(),
                    batchStep.lossSum() / batchStep.weight(),
                    batchStep.norm(),
                    rate,
                    sequencesPerSecond);
            trainer.listeners().forEach(listener -> listener.step(report));
        }
    }

    private double learningRate(long step) {
        return plan.learningRate() * plan.schedule().factor(step, batchesPerEpoch, totalSteps(), progress.plateau());
    }

    private long totalSteps() {
        return (long) plan.epochs() * batchesPerEpoch;
    }

    private void endEpoch(double rate) {
        if (!(progress.weight() > 0)) {
            throw new IllegalArgumentException(
                    "weight of an epoch must be positive, got " + progress.weight() + "; give some time step a target");
        }
        boolean averages = optimizer.averages();
        if (averages) {
            optimizer.exchangeAverage();
        }
        EpochReport report = judge(rate);
        if (averages) {
            optimizer.exchangeAverage();
        }
        if (report == null) {
            return;
        }
        watchAverage();
        trainer.listeners().forEach(listener -> listener.epoch(report));
        writeIfDue();
    }

    /** Validates the weights as they stand and keeps them if they are best; null when it was stopped. */
    private @Nullable EpochReport judge(double rate) {
        Double loss = null;
        if (validation != null) {
            OptionalDouble validated = validation.loss(trainer::stopping);
            if (validated.isEmpty()) {
                return null;
            }
            loss = validated.getAsDouble();
            if (!Double.isFinite(loss)) {
                throw TrainingDivergedException.validation(loss, progress.epoch(), progress.steps());
            }
        }
        progress = progress.afterEpoch(plan, rate, loss);
        EpochReport report = progress.history().get(progress.history().size() - 1);
        if (report.best()) {
            System.arraycopy(parameters.values(), 0, best, 0, best.length);
        }
        return report;
    }

    /** When averaging begins follows from the epochs so far, so that a checkpoint need not say it. */
    private void watchAverage() {
        if (plan.optimizer() instanceof AveragedSgd rule) {
            List<@Nullable Double> losses = new ArrayList<>();
            progress.history().forEach(epoch -> losses.add(epoch.validationLoss()));
            int epochs = rule.begins(losses);
            if (epochs >= 0) {
                optimizer.averageAfter(
                        epochs == 0 ? 0 : progress.history().get(epochs - 1).steps());
            }
        }
    }

    // ---------------------------------------------------------------- checkpoints

    private void resume() {
        Path file = trainer.checkpoint();
        if (checkpoint == null || file == null || !Files.exists(file)) {
            return;
        }
        if (!trainer.resume()) {
            throw new IllegalArgumentException(
                    "checkpoint " + file + " must not exist yet, got a file; resume it, or delete it to start anew");
        }
        try {
            progress = checkpoint.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        optimizer.restore(progress.steps());
        parameters.changed();
    }

    private void writeIfDue() {
        if (checkpoint != null
                && System.nanoTime() - lastCheckpoint >= trainer.interval().toNanos()) {
            write();
        }
    }

    private void write() {
        if (checkpoint == null) {
            return;
        }
        try {
            checkpoint.write(progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        lastCheckpoint = System.nanoTime();
    }
}
