package io.carousel.train;

import io.carousel.optim.Adam;
import io.carousel.optim.OptimizerSpec;
import io.carousel.optim.Schedule;
import java.util.function.Consumer;

/**
 * All that decides the result of a training, apart from the data and the network; prints as JSON.
 *
 * <p>The number of threads is not in it: it decides nothing. Change a plan with the {@code with} methods.
 *
 * @param epochs the most passes over the training examples
 * @param batchSize the sequences of one update
 * @param shardSize the sequences that one worker takes at a time; it decides the order in which gradients are added
 * @param seed of the shuffling and the dropout
 * @param learningRate before the schedule
 * @param clipNorm the largest norm of a gradient, 0 for any
 * @param clipValue the largest size of an element of a gradient, 0 for any; applied before {@code clipNorm}
 * @param weightDecay 0 for none; biases do not decay
 * @param patience the epochs without a lower validation loss after which training ends, 0 for never
 */
public record TrainingPlan(
        int epochs,
        int batchSize,
        int shardSize,
        long seed,
        double learningRate,
        OptimizerSpec optimizer,
        Schedule schedule,
        double clipNorm,
        double clipValue,
        double weightDecay,
        int patience) {
    public TrainingPlan {
        positive("epochs", epochs);
        positive("batch size", batchSize);
        positive("shard size", shardSize);
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learning rate must be positive and finite, got " + learningRate);
        }
        notNegative("clip norm", clipNorm);
        notNegative("clip value", clipValue);
        notNegative("weight decay", weightDecay);
        notNegative("patience", patience);
    }

    /**
     * 100 epochs of batches of 32 in shards of 16, Adam at 0.001 (Kingma and Ba 2014), a clip norm of 1 (Pascanu, Mikolov
     * and Bengio 2012), and nothing else.
     */
    public static TrainingPlan defaults() {
        return new TrainingPlan(100, 32, 16, 1, 1e-3, new Adam(), new Schedule.Constant(), 1, 0, 0, 0);
    }

    /**
     * The plan without what watches validation examples, for a training that has none: no patience, a constant rate where a
     * plateau would lower it, and {@link OptimizerSpec#withoutValidation}.
     */
    public TrainingPlan withoutValidation() {
        TrainingPlan fixed = withPatience(0).withOptimizer(optimizer.withoutValidation(epochs));
        return schedule.watchesValidation() ? fixed.withSchedule(new Schedule.Constant()) : fixed;
    }

    public TrainingPlan withEpochs(int count) {
        return with(draft -> draft.epochs = count);
    }

    public TrainingPlan withBatchSize(int sequences) {
        return with(draft -> draft.batchSize = sequences);
    }

    public TrainingPlan withShardSize(int sequences) {
        return with(draft -> draft.shardSize = sequences);
    }

    public TrainingPlan withSeed(long value) {
        return with(draft -> draft.seed = value);
    }

    public TrainingPlan withLearningRate(double rate) {
        return with(draft -> draft.learningRate = rate);
    }

    public TrainingPlan withOptimizer(OptimizerSpec rule) {
        return with(draft -> draft.optimizer = rule);
    }

    public TrainingPlan withSchedule(Schedule change) {
        return with(draft -> draft.schedule = change);
    }

    public TrainingPlan withClipNorm(double limit) {
        return with(draft -> draft.clipNorm = limit);
    }

    public TrainingPlan withClipValue(double limit) {
        return with(draft -> draft.clipValue = limit);
    }

    public TrainingPlan withWeightDecay(double decay) {
        return with(draft -> draft.weightDecay = decay);
    }

    public TrainingPlan withPatience(int count) {
        return with(draft -> draft.patience = count);
    }

    private TrainingPlan with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.plan();
    }

    /** A plan while one of its parts is changed. */
    private static final class Draft {
        private int epochs;
        private int batchSize;
        private int shardSize;
        private long seed;
        private double learningRate;
        private OptimizerSpec optimizer;
        private Schedule schedule;
        private double clipNorm;
        private double clipValue;
        private double weightDecay;
        private int patience;

        Draft(TrainingPlan plan) {
            epochs = plan.epochs;
            batchSize = plan.batchSize;
            shardSize = plan.shardSize;
            seed = plan.seed;
            learningRate = plan.learningRate;
            optimizer = plan.optimizer;
            schedule = plan.schedule;
            clipNorm = plan.clipNorm;
            clipValue = plan.clipValue;
            weightDecay = plan.weightDecay;
            patience = plan.patience;
        }

        TrainingPlan plan() {
            return new TrainingPlan(
                    epochs,
                    batchSize,
                    shardSize,
                    seed,
                    learningRate,
                    optimizer,
                    schedule,
                    clipNorm,
                    clipValue,
                    weightDecay,
                    patience);
        }
    }

    private static void positive(String what, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " must be positive, got " + value);
        }
    }

    private static void notNegative(String what, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " must be finite and not negative, got " + value);
        }
    }
}
