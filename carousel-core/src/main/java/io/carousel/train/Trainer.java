package io.carousel.train;

import io.carousel.kernel.Kernels;
import io.carousel.optim.AveragedSgd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes an objective small by a plan.
 *
 * <pre>{@code
 * each epoch:   shuffle the examples and cut them into mini-batches
 *   each batch: cut it into shards; each worker takes shards through forward and backward
 *               gradient = Σ shards' gradients, in shard order, / Σ shards' weights
 *               clip it, update the parameters
 *   validate; keep the weights if they are the best; end early if the plan says so
 * }</pre>
 *
 * <p>The weights that come out depend on the plan, the objective and the parameters' first values alone: not on the number
 * of threads, nor on whether the training was interrupted and resumed. With validation examples the best epoch's weights
 * are in the parameters at the end, else the last ones.
 *
 * <p>{@link #fit} runs on the calling thread and {@code threads - 1} daemon threads, which end with it. A trainer may be
 * used again, by one thread at a time; {@link #stop} may be called from any.
 */
public final class Trainer {
    private final TrainingPlan plan;
    private final int threads;
    private final Kernels kernels;
    private final List<TrainingListener> listeners;
    private final @Nullable Path checkpoint;
    private final Duration interval;
    private final boolean resume;
    private final String identity;
    private volatile boolean stopping;

    private Trainer(Builder builder) {
        plan = builder.plan;
        threads = builder.threads;
        Kernels chosen = builder.kernels;
        kernels = chosen == null ? Kernels.best() : chosen;
        listeners = List.copyOf(builder.listeners);
        checkpoint = builder.checkpoint;
        interval = builder.interval;
        resume = builder.resume;
        identity = builder.identity;
    }

    public static Builder builder(TrainingPlan plan) {
        return new Builder(plan);
    }

    /**
     * Trains.
     *
     * @param validation examples that decide which weights are best, of the same parameters; without them, the plan must
     *     have neither patience nor a schedule that watches the validation loss
     * @throws TrainingDivergedException when a loss or a gradient is not finite
     * @throws java.io.UncheckedIOException when the checkpoint cannot be written, cannot be read, or is of another run
     */
    public TrainingResult fit(Objective training, @Nullable Objective validation) {
        check(training, validation);
        try (Workers workers = new Workers(threads, kernels)) {
            return new TrainingRun(this, training, validation, workers).run();
        }
    }

    /**
     * Makes {@link #fit} return after the update at work, with the best weights so far and, if there is one, a checkpoint
     * to resume from; from any thread, as often as one likes. It holds for good.
     */
    public void stop() {
        stopping = true;
    }

    private void check(Objective training, @Nullable Objective validation) {
        if (training.examples() <= 0) {
            throw new IllegalArgumentException("training examples must not be none, got " + training.examples()
                    + "; use a longer series or a shorter window");
        }
        if (validation == null) {
            if (plan.optimizer() instanceof AveragedSgd rule && rule.watchesValidation()) {
                throw new IllegalArgumentException("validation examples must be given for " + rule
                        + ", got none; average after a number of epochs");
            }
            if (plan.patience() > 0 || plan.schedule().watchesValidation()) {
                throw new IllegalArgumentException("validation examples must be given for patience " + plan.patience()
                        + " and schedule " + plan.schedule() + ", got none; set no patience and another schedule");
            }
        } else if (validation.examples() <= 0) {
            throw new IllegalArgumentException("validation examples must not be none, got " + validation.examples()
                    + "; use a larger validation part, or pass none at all");
        } else if (validation.parameters() != training.parameters()) {
            throw new IllegalArgumentException(
                    "validation must use the parameters of the training, got others; build both on one network");
        }
    }

    TrainingPlan plan() {
        return plan;
    }

    Kernels kernels() {
        return kernels;
    }

    List<TrainingListener> listeners() {
        return listeners;
    }

    @Nullable
    Path checkpoint() {
        return checkpoint;
    }

    Duration interval() {
        return interval;
    }

    boolean resume() {
        return resume;
    }

    String identity() {
        return identity;
    }

    boolean stopping() {
        return stopping;
    }

    /** Collects what a trainer needs besides the plan; nothing of it changes the result. */
    public static final class Builder {
        private final TrainingPlan plan;
        private final List<TrainingListener> listeners = new ArrayList<>();
        private int threads = Runtime.getRuntime().availableProcessors();
        private @Nullable Kernels kernels;
        private @Nullable Path checkpoint;
        private Duration interval = Duration.ofSeconds(30);
        private boolean resume;
        private String identity = "";

        private Builder(TrainingPlan plan) {
            this.plan = plan;
        }

        /** The number of workers; the processors of the machine by default. */
        public Builder threads(int count) {
            if (count <= 0) {
                throw new IllegalArgumentException("threads must be positive, got " + count);
            }
            threads = count;
            return this;
        }

        /** The kernels; {@link Kernels#best} by default. */
        public Builder kernels(Kernels choice) {
            kernels = choice;
            return this;
        }

        /** Adds a listener. */
        public Builder listener(TrainingListener listener) {
            listeners.add(listener);
            return this;
        }

        /** A file to write the training to now and then, and at its end. */
        public Builder checkpoint(Path file) {
            checkpoint = file;
            return this;
        }

        /** The least time between two checkpoints; 30 seconds by default, zero for one after every update. */
        public Builder checkpointEvery(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("checkpoint interval must not be negative, got " + time);
            }
            interval = time;
            return this;
        }

        /** Whether to go on from the checkpoint if the file exists; if not (the default), it must not exist. */
        public Builder resume(boolean wanted) {
            resume = wanted;
            return this;
        }

        /** A text that a checkpoint must share to be resumed, such as the SHA-256 of the data; empty by default. */
        public Builder identity(String text) {
            identity = text;
            return this;
        }

        public Trainer build() {
            return new Trainer(this);
        }
    }
}
