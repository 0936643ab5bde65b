package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Parameters;
import io.carousel.layer.Network;
import io.carousel.loss.SquaredLoss;
import io.carousel.model.Json;
import io.carousel.optim.AveragedSgd;
import io.carousel.optim.OptimizerSpec;
import io.carousel.train.TrainingResult.Ending;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AveragedSgdTest {
    private static final TrainingPlan PLAN = TrainingPlan.defaults().withClipNorm(0);

    @TempDir
    Path folder;

    @Test
    void theResultIsTheMeanOfTheLaterWeights() {
        Parameters parameters = OneWeight.weight(0);
        TrainingPlan plan = PLAN.withEpochs(6).withLearningRate(0.05).withOptimizer(AveragedSgd.after(2));

        Trainer.builder(plan).build().fit(OneWeight.squaredDistance(parameters, 2), null);

        // w after n updates is 2 - 2 * 0.9^n: the mean of those after 3, 4, 5 and 6
        double mean = 2 - (Math.pow(0.9, 3) + Math.pow(0.9, 4) + Math.pow(0.9, 5) + Math.pow(0.9, 6)) / 2;
        // an update rounds at most 1.4 times 2^-24 (TrainerTest); the mean rounds 1/k, 1 - 1/k, a product and a sum of
        // at most 1
        assertThat((double) parameters.values()[0]).isCloseTo(mean, within((6 * 1.4 + 4 * 4) * 0x1p-24));
    }

    @Test
    void averagingBeginsWhenTheValidationLossStopsFalling() {
        // an update mirrors the weight at 2, a little farther away: losses rise, and the mean is near 2
        Parameters parameters = OneWeight.weight(1);
        TrainingPlan plan = PLAN.withEpochs(7).withLearningRate(1.01).withOptimizer(AveragedSgd.triggered(1));
        OneWeight distance = OneWeight.squaredDistance(parameters, 2);

        TrainingResult result = Trainer.builder(plan).build().fit(distance, distance);

        List<Double> losses =
                result.history().stream().map(EpochReport::validationLoss).toList();
        assertThat(losses.get(2)).isGreaterThan(losses.get(1)).isGreaterThan(losses.get(0));
        // the average of the fourth epoch's only update is its weight; with the fifth it is near 2
        assertThat(losses.get(3)).isGreaterThan(losses.get(2));
        assertThat(losses.get(4)).isLessThan(0.01);
        assertThat(losses.get(5)).isGreaterThan(0.05);
        assertThat(result.bestEpoch()).isIn(5, 7);
        assertThat((double) parameters.values()[0]).isCloseTo(2, within(0.1));
    }

    @Test
    void theTriggerIsThatOfThePaper() {
        AveragedSgd rule = AveragedSgd.triggered(2);
        assertThat(rule.begins(List.of(5.0, 6.0, 7.0))).isEqualTo(-1);
        assertThat(rule.begins(List.of(5.0, 4.0, 3.0, 4.5))).isEqualTo(-1);
        assertThat(rule.begins(List.of(5.0, 4.0, 3.0, 5.5))).isEqualTo(4);
        assertThat(rule.begins(List.of(5.0, 4.0, 3.0, 3.5, 4.1))).isEqualTo(5);
        assertThat(rule.begins(List.of(5.0, 4.0, 3.0, 3.5, 4.1, 1.0))).isEqualTo(5);
        assertThat(AveragedSgd.after(2).begins(List.of(1.0))).isEqualTo(-1);
        assertThat(AveragedSgd.after(2).begins(Arrays.asList(1.0, null, null))).isEqualTo(2);
        assertThat(AveragedSgd.after(0).begins(List.of())).isZero();
    }

    @Test
    void withoutValidationTheLaterHalfIsAveraged() {
        TrainingPlan plan = PLAN.withEpochs(7).withPatience(0);
        assertThat(plan.withPatience(3).withOptimizer(new AveragedSgd()).withoutValidation())
                .isEqualTo(plan.withOptimizer(AveragedSgd.after(3)));
        TrainingPlan decided = plan.withOptimizer(AveragedSgd.after(2));
        assertThat(decided.withoutValidation()).isEqualTo(decided);
    }

    static List<OptimizerSpec> rules() {
        return List.of(AveragedSgd.after(1), AveragedSgd.triggered(1));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void promiseTwoThreadsAndStopsCannotBeSeenInTheResult(OptimizerSpec rule) {
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(7)
                .withBatchSize(3)
                .withShardSize(2)
                .withLearningRate(rule.equals(AveragedSgd.after(1)) ? 0.05 : 1.5)
                .withWeightDecay(1e-4)
                .withOptimizer(rule);
        Network expected = ChunkTask.network(0.3);
        TrainingResult whole = fit(Trainer.builder(plan).threads(1).build(), expected);
        List<Double> losses =
                whole.history().stream().map(EpochReport::validationLoss).toList();
        int begins = ((AveragedSgd) rule).begins(losses);
        assertThat(begins).as("averaging in %s", losses).isBetween(1, 6);

        for (int stop = 1; stop < whole.steps(); stop += 1 + stop / 4) {
            Path file = folder.resolve("stopped-" + stop);
            List<Trainer> trainer = new ArrayList<>();
            int last = stop;
            trainer.add(Trainer.builder(plan)
                    .threads(2)
                    .checkpoint(file)
                    .listener(new TrainingListener() {
                        @Override
                        public void step(StepReport report) {
                            if (report.step() == last) {
                                trainer.get(0).stop();
                            }
                        }
                    })
                    .build());
            assertThat(fit(trainer.get(0), ChunkTask.network(0.3)).ending()).isEqualTo(Ending.STOPPED);

            Network resumed = ChunkTask.network(0.3);
            Trainer again = Trainer.builder(plan)
                    .threads(3)
                    .checkpoint(file)
                    .resume(true)
                    .build();
            assertThat(fit(again, resumed)).as("stopped at %d", stop).isEqualTo(whole);
            assertThat(resumed.parameters().values())
                    .as("stopped at %d", stop)
                    .isEqualTo(expected.parameters().values());
        }
    }

    private static TrainingResult fit(Trainer trainer, Network network) {
        SquaredLoss loss = new SquaredLoss();
        return trainer.fit(
                new TruncatedBackpropagation(network, loss, ChunkTask.each(9, 4, 0, 12, 7), 3, 3),
                new TruncatedBackpropagation(network, loss, ChunkTask.packed(), 4, 4));
    }

    @Test
    void theRuleReadsBackEqualAndItsChoicesAreChecked() throws Exception {
        TrainingPlan plan = PLAN.withOptimizer(new AveragedSgd());
        assertThat(Json.read(Json.write(plan), TrainingPlan.class, "plan")).isEqualTo(plan);
        assertThat(new AveragedSgd().patience())
                .as("Merity, Keskar, Socher 2017")
                .isEqualTo(5);
        assertThatThrownBy(() -> new AveragedSgd(3, 2))
                .hasMessage("averaging must begin after some epochs or by patience, got 3 epochs and a patience of 2; "
                        + "set one of them to 0");
        Parameters parameters = OneWeight.weight(0);
        assertThatThrownBy(() -> Trainer.builder(plan).build().fit(OneWeight.squaredDistance(parameters, 2), null))
                .hasMessage("validation examples must be given for AveragedSgd[afterEpochs=0, patience=5], got none; "
                        + "average after a number of epochs");
    }
}
