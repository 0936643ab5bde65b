package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.layer.Network;
import io.carousel.loss.SquaredLoss;
import io.carousel.tensor.Rng;
import org.junit.jupiter.api.Test;

class TrainerLearningTest {
    @Test
    void aSmallLstmLearnsToAddTheMarkedNumbersOfRaggedSequences() {
        SquaredLoss loss = new SquaredLoss();
        Network network = SequenceTask.network(loss, 0, 1, 24);
        SequenceTask training = new SequenceTask(network, loss, 2000, 4, 12, Rng.of(2));
        SequenceTask validation = new SequenceTask(network, loss, 300, 4, 12, Rng.of(3));
        TrainingPlan plan = TrainingPlan.defaults().withEpochs(20).withLearningRate(0.01);

        TrainingResult result = Trainer.builder(plan).threads(2).build().fit(training, validation);

        double first = result.history().get(0).validationLoss();
        double best = result.history().get(result.bestEpoch() - 1).validationLoss();
        // who knows nothing says 0 and is wrong by the variance, two thirds
        assertThat(first).isLessThan(0.7);
        assertThat(best).isLessThan(0.01);
    }
}
