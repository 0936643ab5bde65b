package io.carousel.task.lags;

import io.carousel.cell.Cells;
import io.carousel.kernel.Kernels;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.LastStepSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.SumSpec;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.train.StepReport;
import io.carousel.train.Trainer;
import io.carousel.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains one recurrent layer of any cell, and logistic outputs, on a long-time-lag problem until the paper's criterion is
 * met, then tests it on 2,560 fresh sequences.
 *
 * <p>The result depends on problem, cell, setting and seed only, not on
 * the number of threads. {@link #run} once; {@link #stop} from any thread.
 */
public final class LagTraining {
    /** The fresh sequences of the paper's tests. */
    public static final int TESTED = 2_560;

    private static final String LAYER = "recurrent";

    private final LagTask task;
    private final String cell;
    private final LagSetting setting;
    private final long seed;
    private final Rng rng;
    private final Network network;
    private final LagObjective objective;
    private final Trainer trainer;
    private long used;
    private boolean solved;
    private boolean toTheEnd;
    private volatile boolean stopping;
    private TrainingListener listener = new TrainingListener() {};

    /**
     * A training.
     *
     * @param cell a cell's text form, such as {@code lstm}; see {@link io.carousel.cell.CellSpec}
     * @throws IllegalArgumentException when there is no such cell
     */
    public LagTraining(LagTask task, String cell, LagSetting setting, long seed, int threads) {
        this.task = task;
        this.cell = cell;
        this.setting = setting;
        this.seed = seed;
        rng = Rng.of(seed);
        network = Network.create(spec(task, cell, setting), rng.stream("weights"));
        Chrono.apply(
                Cells.create(cell, task.inputs(), setting.hidden()),
                network.parameters(),
                LAYER,
                setting.span(),
                setting.inputBias(),
                rng);
        startOutputs();
        int recent = task.criterion() instanceof LagCriterion.Recent
                ? task.criterion().sequences() + setting.plan().batchSize()
                : 0;
        objective = new LagObjective(task, network, setting, rng, recent);
        trainer = Trainer.builder(setting.plan().withEpochs(1).withSeed(seed))
                .threads(threads)
                .listener(new TrainingListener() {
                    @Override
                    public void step(StepReport report) {
                        afterUpdate();
                        listener.step(report);
                    }
                })
                .build();
    }

    /** The network that is trained on a problem. */
    public static NetworkSpec spec(LagTask task, String cell, LagSetting setting) {
        List<LayerSpec> layers = new ArrayList<>();
        layers.add(RecurrentSpec.of(LAYER, cell, List.of(setting.hidden())));
        if (!task.everyStep()) {
            layers.add(new LastStepSpec());
        }
        layers.add(new DenseSpec("output", task.outputs()));
        if (setting.shortcut()) {
            List<LayerSpec> direct = new ArrayList<>();
            if (!task.everyStep()) {
                direct.add(new LastStepSpec());
            }
            direct.add(new DenseSpec("shortcut", task.outputs()));
            return new NetworkSpec(task.inputs(), List.of(new SumSpec(List.of(layers, direct))));
        }
        return new NetworkSpec(task.inputs(), layers);
    }

    /**
     * Lets the outputs that tell the next of n symbols start at 1 / n each: else the recurrent units would learn before
     * anything else to push hundreds of outputs down, and saturate.
     */
    private void startOutputs() {
        if (task.everyStep()) {
            Tensor bias = network.parameters().get("output.bias").tensor();
            bias.fill((float) -StrictMath.log(task.outputs() - 1));
            network.parameters().changed();
        }
    }

    /** Trains until the criterion is met, and tests. */
    public LagResult run() {
        return run(new TrainingListener() {});
    }

    /**
     * Trains until the criterion is met, and tests.
     *
     * @param progress is told of each update
     */
    public LagResult run(TrainingListener progress) {
        listener = progress;
        return train();
    }

    /** Trains on all sequences of the setting, whether or not the criterion is met before, and tests. */
    public LagResult runToTheEnd() {
        toTheEnd = true;
        return train();
    }

    private LagResult train() {
        long start = System.nanoTime();
        trainer.fit(objective, null);
        double seconds = (System.nanoTime() - start) * 1e-9;
        LagScore score = LagScore.of(
                task, network, Kernels.best(), TESTED, i -> task.test(rng, i), Integer.MAX_VALUE, () -> false);
        return new LagResult(
                task.name(),
                task.experiment(),
                task.description(),
                cell,
                setting.hidden(),
                network.parameters().size(),
                seed,
                solved,
                used,
                seconds,
                score.wrong(),
                score.sequences(),
                score.meanError(),
                score.meanSquaredError(),
                task.paperSequences(),
                stopping && !solved);
    }

    /** Makes {@link #run} end its training soon, and go on to the test. */
    public void stop() {
        stopping = true;
        trainer.stop();
    }

    /** The network, trained once {@link #run} is over. */
    public Network network() {
        return network;
    }

    private void afterUpdate() {
        long before = used;
        used = Math.min(setting.sequences(), used + setting.plan().batchSize());
        LagCriterion criterion = task.criterion();
        if (criterion instanceof LagCriterion.Recent) {
            solved = used >= criterion.sequences() && recentMeet(criterion);
        } else if (criterion instanceof LagCriterion.Sample sample) {
            long round = used / sample.every();
            solved = round > before / sample.every() && sampleMeets(sample, round);
        }
        if (solved && !toTheEnd) {
            trainer.stop();
        }
    }

    private boolean recentMeet(LagCriterion criterion) {
        int wrong = 0;
        double errors = 0;
        for (long place = used - criterion.sequences(); place < used; place++) {
            double error = objective.error(place);
            wrong += error < task.tolerance() ? 0 : 1;
            errors += error;
        }
        return criterion.met(wrong, errors / criterion.sequences());
    }

    private boolean sampleMeets(LagCriterion.Sample sample, long round) {
        LagScore score = LagScore.of(
                task,
                network,
                Kernels.best(),
                sample.sequences(),
                i -> task.sampled(rng, round, i),
                sample.wrongAtMost(),
                () -> stopping);
        return score.sequences() == sample.sequences() && sample.met(score.wrong(), score.meanError());
    }
}
