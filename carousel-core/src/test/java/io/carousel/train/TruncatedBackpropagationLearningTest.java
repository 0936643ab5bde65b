package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.data.LabelledSequence;
import io.carousel.data.StreamedSequences;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.loss.SquaredLoss;
import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** To say what stood {@code LAG} time steps ago in a stream of random bits. */
class TruncatedBackpropagationLearningTest {
    private static final int LAG = 5;

    @Test
    void aLagIsLearnedThroughChunksWhoseGradientsReachThatFarBack() {
        assertThat(loss(2, 8)).isLessThan(0.02);
        assertThat(loss(16, 16)).isLessThan(0.02);
    }

    @Test
    void aLagBeyondWhatTheGradientsReachIsNotLearned() {
        // who knows nothing says 0 and is wrong by the variance, 1; what a random network still knows of the bit is a
        // trace
        assertThat(loss(2, 2)).isGreaterThan(0.5);
    }

    private static double loss(int k1, int k2) {
        Network network = Network.create(
                new NetworkSpec(1, List.of(RecurrentSpec.of("encoder", "lstm", List.of(16)), new DenseSpec("head", 1))),
                Rng.of(1));
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(20)
                .withBatchSize(16)
                .withShardSize(8)
                .withLearningRate(0.01);
        TrainingResult result = Trainer.builder(plan)
                .threads(2)
                .build()
                .fit(
                        new TruncatedBackpropagation(network, new SquaredLoss(), bits(2), k1, k2),
                        new TruncatedBackpropagation(network, new SquaredLoss(), bits(3), 50, 50));
        return result.history().get(result.bestEpoch() - 1).validationLoss();
    }

    private static StreamedSequences bits(long seed) {
        Rng rng = Rng.of(seed);
        List<LabelledSequence> streams = new ArrayList<>();
        for (int stream = 0; stream < 16; stream++) {
            float[][] inputs = new float[200][1];
            float[][] targets = new float[200][1];
            for (int t = 0; t < inputs.length; t++) {
                inputs[t][0] = rng.nextInt(2) * 2 - 1;
                targets[t][0] = t < LAG ? 0 : inputs[t - LAG][0];
            }
            streams.add(LabelledSequence.of(inputs, targets));
        }
        return StreamedSequences.each(streams);
    }
}
