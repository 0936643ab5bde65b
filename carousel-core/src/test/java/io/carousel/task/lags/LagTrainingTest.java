package io.carousel.task.lags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LagTrainingTest {
    @Test
    void aRecentCriterionAsksForFewWrongOnesAndASmallMean() {
        LagCriterion criterion = new AddingTask(100).criterion();

        assertThat(criterion.sequences()).isEqualTo(2_000);
        assertThat(criterion.met(0, 0.009)).isTrue();
        assertThat(criterion.met(1, 0.009)).isFalse();
        assertThat(criterion.met(0, 0.01)).isFalse();
        assertThat(new MultiplicationTask(100, 13).criterion().met(12, 1)).isTrue();
        assertThat(new MultiplicationTask(100, 13).criterion().met(13, 1)).isFalse();
    }

    @Test
    void noFewerSequencesAreUsedThanTheCriterionLooksAt() {
        // Everything is right: the tolerance of this task is never exceeded.
        LagTask easy = new Easy(new AddingTask(20));
        LagSetting setting = LagSettings.of(new AddingTask(20)).withSequences(5_000);

        LagResult result = new LagTraining(easy, "lstm", setting, 1, 1).run();

        assertThat(result.solved()).isTrue();
        assertThat(result.sequences()).isEqualTo(2_000);
        assertThat(result.tested()).isEqualTo(2_560);
        assertThat(result.errors()).isZero();
    }

    @Test
    void sequencesStopAtTheMostAllowedAndTheResultSaysUnsolved() {
        LagSetting setting = LagSettings.of(new AddingTask(20)).withSequences(100);

        LagResult result = new LagTraining(new AddingTask(20), "lstm", setting, 1, 1).run();

        assertThat(result.solved()).isFalse();
        assertThat(result.stopped()).isFalse();
        assertThat(result.sequences()).isEqualTo(100);
        assertThat(result.errors()).isPositive();
    }

    @Test
    void theNumberOfThreadsCannotBeSeenInTheResult() {
        LagSetting setting = LagSettings.of(new AddingTask(20)).withSequences(640);
        LagSetting shards = setting.withPlan(setting.plan().withShardSize(4));

        LagTraining one = new LagTraining(new AddingTask(20), "lstm", shards, 3, 1);
        LagTraining three = new LagTraining(new AddingTask(20), "lstm", shards, 3, 3);
        LagResult first = one.run();
        LagResult second = three.run();

        assertThat(three.network().parameters().values())
                .isEqualTo(one.network().parameters().values());
        assertThat(second.meanError()).isEqualTo(first.meanError());
    }

    @Test
    void anUnknownCellIsNamed() {
        LagSetting setting = LagSettings.of(new AddingTask(20));

        assertThatThrownBy(() -> new LagTraining(new AddingTask(20), "lstn", setting, 1, 1))
                .hasMessageContaining("got lstn");
    }

    /** A task whose outputs are always right. */
    private record Easy(AddingTask task) implements LagTask {
        @Override
        public String name() {
            return "easy";
        }

        @Override
        public String experiment() {
            return "0";
        }

        @Override
        public String description() {
            return "nothing to learn";
        }

        @Override
        public int inputs() {
            return task.inputs();
        }

        @Override
        public int outputs() {
            return task.outputs();
        }

        @Override
        public boolean everyStep() {
            return false;
        }

        @Override
        public int span() {
            return task.span();
        }

        @Override
        public LagSequence sequence(io.carousel.tensor.Rng rng) {
            return task.sequence(rng);
        }

        @Override
        public double error(LagSequence sequence, float[][] outputs) {
            return 0;
        }

        @Override
        public double tolerance() {
            return 0.04;
        }

        @Override
        public LagCriterion criterion() {
            return task.criterion();
        }

        @Override
        public Long paperSequences() {
            return 1L;
        }
    }
}
