package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.layer.Network;
import io.carousel.loss.QuantileLoss;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.optim.Adam;
import io.carousel.optim.AdamW;
import io.carousel.optim.Schedule;
import io.carousel.optim.Sgd;
import io.carousel.tensor.Rng;
import io.carousel.train.TrainingResult.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final TrainingPlan PLAN =
            TrainingPlan.defaults().withOptimizer(new Sgd(0, false)).withClipNorm(0);

    @Test
    void promiseTwoTheNumberOfThreadsCannotBeSeenInTheResult() {
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(3)
                .withBatchSize(24)
                .withShardSize(2)
                .withOptimizer(new AdamW())
                .withWeightDecay(0.01)
                .withSchedule(new Schedule.CosineWithWarmUp(4, 0.1));
        TrainingResult expected = null;
        float[] weights = {};
        for (int threads : new int[] {1, 2, 3, 7}) {
            QuantileLoss loss = QuantileLoss.of(0.1, 0.5, 0.9);
            Network network = SequenceTask.network(loss, 0.25, 3, 17, 40);
            SequenceTask training = new SequenceTask(network, loss, 61, 2, 9, Rng.of(4));
            SequenceTask validation = new SequenceTask(network, loss, 23, 2, 9, Rng.of(5));

            TrainingResult result =
                    Trainer.builder(plan).threads(threads).build().fit(training, validation);

            if (threads == 1) {
                expected = result;
                weights = network.parameters().values();
                assertThat(result.steps()).isEqualTo(9);
                assertThat(weights.length).as("several ranges of weights").isGreaterThan(8192);
            }
            assertThat(network.parameters().values()).as("%d threads", threads).isEqualTo(weights);
            assertThat(result).as("%d threads", threads).isEqualTo(expected);
        }
    }

    @Test
    void oneUpdateOfPlainDescentFollowsTheMeanGradient() {
        Parameters parameters = OneWeight.weight(3);
        TrainingPlan plan = PLAN.withEpochs(1).withShardSize(3).withLearningRate(0.25);
        List<StepReport> steps = new ArrayList<>();

        Trainer.builder(plan)
                .listener(new TrainingListener() {
                    @Override
                    public void step(StepReport report) {
                        steps.add(report);
                    }
                })
                .build()
                .fit(OneWeight.squaredDistance(parameters, 1), null);

        assertThat(parameters.values()).containsExactly(2);
        assertThat(steps).hasSize(1);
        StepReport step = steps.get(0);
        assertThat(step.epoch()).isEqualTo(1);
        assertThat(step.step()).isEqualTo(1);
        assertThat(step.totalSteps()).isEqualTo(1);
        assertThat(step.loss()).isEqualTo(4);
        assertThat(step.gradientNorm()).isEqualTo(4);
        assertThat(step.learningRate()).isEqualTo(0.25);
        assertThat(step.sequencesPerSecond()).isPositive();
    }

    @Test
    void clippingLimitsTheUpdateAndNotTheReportedNorm() {
        for (TrainingPlan clipped : List.of(PLAN.withClipNorm(2), PLAN.withClipValue(2))) {
            Parameters parameters = OneWeight.weight(3);
            double[] norm = new double[1];
            TrainingListener listener = new TrainingListener() {
                @Override
                public void step(StepReport report) {
                    norm[0] = report.gradientNorm();
                }
            };
            Trainer.builder(clipped.withEpochs(1).withLearningRate(0.25))
                    .listener(listener)
                    .build()
                    .fit(OneWeight.squaredDistance(parameters, 1), null);
            // PyTorch's 1e-6 beside a norm of 4; the factor and the product round a step of 0.5, the sum one of 2.5
            double bound = 0.5 * (1e-6 / 4 + 2 * 0x1p-24) + 2.5 * 0x1p-24;
            assertThat((double) parameters.values()[0]).isCloseTo(2.5, within(bound));
            assertThat(norm[0]).isEqualTo(4);
        }
    }

    /**
     * From 0 to 2, a tenth of the way with each update. An update rounds the rate and the slope of at most 4, which count a
     * twentieth, and the weight below 2: at most 1.4 times 2^-24; what earlier ones rounded shrinks.
     */
    private static void requireDescended(Parameters parameters, int updates) {
        assertThat((double) parameters.values()[0])
                .isCloseTo(2 - 2 * Math.pow(0.9, updates), within(updates * 1.4 * 0x1p-24));
    }

    @Test
    void earlyStoppingRestoresTheBestWeights() {
        Parameters parameters = OneWeight.weight(0);
        TrainingPlan plan = PLAN.withEpochs(1000).withLearningRate(0.05).withPatience(4);

        TrainingResult result = Trainer.builder(plan)
                .build()
                .fit(OneWeight.squaredDistance(parameters, 2), OneWeight.squaredDistance(parameters, 1));

        // w after n epochs is 2 - 2 * 0.9^n, nearest to 1 after seven
        assertThat(result.ending()).isEqualTo(Ending.EARLY);
        assertThat(result.bestEpoch()).isEqualTo(7);
        assertThat(result.history()).hasSize(11);
        assertThat(result.history().stream().filter(EpochReport::best)).hasSize(7);
        requireDescended(parameters, 7);
    }

    @Test
    void withoutValidationTheLastWeightsAreKept() {
        Parameters parameters = OneWeight.weight(0);
        TrainingResult result = Trainer.builder(PLAN.withEpochs(5).withLearningRate(0.05))
                .build()
                .fit(OneWeight.squaredDistance(parameters, 2), null);
        assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(result.bestEpoch()).isZero();
        assertThat(result.history()).hasSize(5).allMatch(report -> report.validationLoss() == null);
        requireDescended(parameters, 5);
    }

    @Test
    void aPlateauOfTheValidationLossReducesTheLearningRate() {
        Parameters parameters = OneWeight.weight(0);
        TrainingPlan plan =
                PLAN.withEpochs(4).withLearningRate(0.1).withSchedule(new Schedule.ReduceOnPlateau(0.5, 0, 1e-4, 0));
        OneWeight flat = new OneWeight(parameters, 1, w -> 1, w -> 0);
        TrainingResult result = Trainer.builder(plan).build().fit(OneWeight.squaredDistance(parameters, 2), flat);
        assertThat(result.history().stream().map(EpochReport::learningRate)).containsExactly(0.1, 0.1, 0.05, 0.025);
    }

    @Test
    void promiseFiveALossThatIsNotANumberStopsTheTraining() {
        Parameters parameters = OneWeight.weight(0.5f);
        AtomicBoolean broken = new AtomicBoolean();
        OneWeight objective =
                new OneWeight(parameters, 2, w -> broken.get() ? Double.NaN : w, w -> broken.get() ? 8.1e19 : 0);
        TrainingListener breaksTheLossOfStep120 = new TrainingListener() {
            @Override
            public void step(StepReport report) {
                broken.set(report.step() == 119);
            }
        };
        OneWeight fifty = new OneWeight(parameters, 50, objective.value(), objective.slope());
        assertThatThrownBy(() -> Trainer.builder(PLAN.withBatchSize(1))
                        .listener(breaksTheLossOfStep120)
                        .build()
                        .fit(fifty, null))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessage("loss is NaN at epoch 3, step 120 (gradient norm 8.1e19); lower the learning rate or set a"
                        + " clip norm");
        assertThat(parameters.values()).as("not updated").containsExactly(0.5f);
    }

    @Test
    void promiseFiveAnInfiniteGradientStopsTheTrainingEvenWhenItWouldBeClipped() {
        Parameters parameters = OneWeight.weight(0.5f);
        OneWeight objective = new OneWeight(parameters, 1, w -> w, w -> Double.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> Trainer.builder(PLAN.withClipValue(1)).build().fit(objective, null))
                .hasMessage("gradient norm is Infinity at epoch 1, step 1 (loss 0.50); lower the learning rate or set a"
                        + " clip norm");
        OneWeight fine = OneWeight.squaredDistance(parameters, 0);
        OneWeight broken = new OneWeight(parameters, 1, w -> Double.POSITIVE_INFINITY, w -> 0);
        assertThatThrownBy(() -> Trainer.builder(PLAN).build().fit(fine, broken))
                .hasMessage(
                        "validation loss is Infinity at epoch 1, step 1; lower the learning rate or set a clip norm");
    }

    @Test
    void anErrorInAWorkerEndsTheTrainingAndLeavesNoThread() {
        Parameters parameters = OneWeight.weight(0);
        OneWeight objective = new OneWeight(
                parameters,
                64,
                w -> {
                    throw new IllegalStateException(
                            "broken on " + Thread.currentThread().isDaemon());
                },
                w -> 0);
        assertThatThrownBy(() -> Trainer.builder(PLAN.withShardSize(1))
                        .threads(4)
                        .build()
                        .fit(objective, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("broken on");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("carousel-trainer"));
    }

    @Test
    void stopEndsAfterTheUpdateAtWorkWithTheBestWeightsSoFar() {
        Parameters parameters = OneWeight.weight(0);
        List<Trainer> trainer = new ArrayList<>();
        TrainingListener stopsAtStep9 = new TrainingListener() {
            @Override
            public void step(StepReport report) {
                if (report.step() == 9) {
                    trainer.get(0).stop();
                }
            }
        };
        trainer.add(Trainer.builder(PLAN.withLearningRate(0.05).withBatchSize(2))
                .listener(stopsAtStep9)
                .build());

        TrainingResult result =
                trainer.get(0).fit(OneWeight.squaredDistance(parameters, 2), OneWeight.squaredDistance(parameters, 1));

        assertThat(result.ending()).isEqualTo(Ending.STOPPED);
        assertThat(result.steps()).isEqualTo(9);
        assertThat(result.bestEpoch()).isEqualTo(3);
        requireDescended(parameters, 6);
    }

    @Test
    void everyExampleIsTakenOncePerEpochInAnotherOrder() {
        Parameters parameters = OneWeight.weight(0);
        List<List<Integer>> epochs = new ArrayList<>(List.of(new ArrayList<>()));
        OneWeight inner = new OneWeight(parameters, 10, w -> 0, w -> 0);
        Objective objective = new Objective() {
            @Override
            public Parameters parameters() {
                return parameters;
            }

            @Override
            public int examples() {
                return 10;
            }

            @Override
            public ShardLoss forward(Tape tape, int[] examples, int from, int to, Rng dropout) {
                List<Integer> epoch = epochs.get(epochs.size() - 1);
                for (int i = from; i < to; i++) {
                    epoch.add(examples[i]);
                }
                if (epoch.size() == 10) {
                    epochs.add(new ArrayList<>());
                }
                return inner.forward(tape, examples, from, to, dropout);
            }
        };
        Trainer.builder(PLAN.withEpochs(2).withBatchSize(4).withShardSize(3))
                .threads(1)
                .build()
                .fit(objective, null);
        assertThat(epochs).hasSize(3);
        for (List<Integer> epoch : epochs.subList(0, 2)) {
            assertThat(epoch).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
        assertThat(epochs.get(0)).isNotEqualTo(epochs.get(1));
    }

    @Test
    void aPlanReadsBackEqualAndItsDefaultsArePinned() throws FormatException {
        TrainingPlan plan = TrainingPlan.defaults();
        assertThat(Json.read(Json.write(plan), TrainingPlan.class, "test")).isEqualTo(plan);
        assertThat(plan)
                .isEqualTo(new TrainingPlan(
                        100, 32, 16, 1, 0.001, new Adam(0.9, 0.999, 1e-8), new Schedule.Constant(), 1, 0, 0, 0));
    }

    @Test
    void errorsSayWhatToDo() {
        Parameters parameters = OneWeight.weight(0);
        OneWeight some = OneWeight.squaredDistance(parameters, 1);
        OneWeight none = new OneWeight(parameters, 0, w -> 0, w -> 0);
        OneWeight others = OneWeight.squaredDistance(OneWeight.weight(0), 1);
        assertThatThrownBy(() -> PLAN.withLearningRate(Double.NaN))
                .hasMessage("learning rate must be positive and finite, got NaN");
        assertThatThrownBy(() -> PLAN.withBatchSize(0)).hasMessage("batch size must be positive, got 0");
        assertThatThrownBy(() -> Trainer.builder(PLAN).build().fit(none, null))
                .hasMessage("training examples must not be none, got 0; use a longer series or a shorter window");
        assertThatThrownBy(() -> Trainer.builder(PLAN).build().fit(some, others))
                .hasMessage(
                        "validation must use the parameters of the training, got others; build both on one network");
        assertThatThrownBy(() -> Trainer.builder(PLAN.withPatience(3)).build().fit(some, null))
                .hasMessage("validation examples must be given for patience 3 and schedule Constant[], got none; set no"
                        + " patience and another schedule");
    }
}
