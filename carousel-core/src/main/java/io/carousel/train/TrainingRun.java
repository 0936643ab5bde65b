package io.carousel.train;

import io.carousel.autograd.Parameters;
import io.carousel.optim.Optimizer;
import io.carousel.tensor.Rng;
import io.carousel.train.TrainingResult.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        batchesPerEpoch = BatchStep.ceilDivide(order.length, plan.batchSize());
        Path file = trainer.checkpoint();
        checkpoint = file == null
                ? null
                : new Checkpoint(
                        file,
                        Checkpoint.Run.of(
                                trainer.identity(),
                                plan,
                                parameters,
                                training.examples(),
                                validation == null ? 0 : validation.examples()),
                        parameters,
                        best,
                        optimizer);
    }

    TrainingResult run() {
        resume();
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
            int from = progress.batches() * plan.batchSize();
            int to = Math.min(order.length, from + plan.batchSize());
            double rate = learningRate(progress.steps());
            batchStep.run(order, from, to, rate, progress.epoch());
            progress = progress.afterStep(batchStep.lossSum(), batchStep.weight());
            double seconds = Math.max(1, System.nanoTime() - start) * 1e-9;
            if (!trainer.listeners().isEmpty()) {
                StepReport report = new StepReport(
                        progress.epoch(),
                        progress.steps(),
                        totalSteps(),
                        batchStep.lossSum() / batchStep.weight(),
                        batchStep.norm(),
                        rate,
                        (to - from) / seconds);
                trainer.listeners().forEach(listener -> listener.step(report));
            }
            writeIfDue();
        }
        return learningRate(Math.max(0, progress.steps() - 1));
    }

    private double learningRate(long step) {
        return plan.learningRate() * plan.schedule().factor(step, batchesPerEpoch, totalSteps(), progress.plateau());
    }

    private long totalSteps() {
        return (long) plan.epochs() * batchesPerEpoch;
    }

    private void endEpoch(double rate) {
        Double loss = null;
        if (validation != null) {
            OptionalDouble validated = validation.loss(trainer::stopping);
            if (validated.isEmpty()) {
                return;
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
        trainer.listeners().forEach(listener -> listener.epoch(report));
        writeIfDue();
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
