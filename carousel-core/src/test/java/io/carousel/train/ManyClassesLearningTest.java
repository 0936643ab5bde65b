package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.autograd.Tape;
import io.carousel.data.Streams;
import io.carousel.data.TokenStreams;
import io.carousel.kernel.Kernels;
import io.carousel.layer.AdaptiveSoftmaxSpec;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A text of many symbols, each of which says which comes next, learned with an adaptive and with a sampled softmax. */
class ManyClassesLearningTest {
    private static final int CLASSES = 60;

    @Test
    void anAdaptiveSoftmaxLearnsWithAnyNumberOfThreadsAlike() {
        LayerSpec output = new AdaptiveSoftmaxSpec("decoder", CLASSES, List.of(10, 30), 2);
        Network one = train(output, new AdaptiveSoftmaxOutput(), 1);
        Network two = train(output, new AdaptiveSoftmaxOutput(), 2);

        assertThat(two.parameters().values()).isEqualTo(one.parameters().values());
        assertThat(perplexity(one, new AdaptiveSoftmaxOutput())).isLessThan(2);
    }

    @Test
    void aSampledSoftmaxLearnsWithAnyNumberOfThreadsAlikeAndIsJudgedByAllClasses() {
        LayerSpec output = new DenseSpec("decoder", CLASSES);
        SequenceLoss loss = new SampledSoftmaxOutput(12);
        Network one = train(output, loss, 1);
        Network two = train(output, loss, 2);

        assertThat(two.parameters().values()).isEqualTo(one.parameters().values());
        assertThat(perplexity(one, loss)).isLessThan(2).isEqualTo(perplexity(one, new SoftmaxOutput()));
    }

    private static Streams text() {
        Rng rng = Rng.of(3);
        int[] next = new int[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            next[i] = i;
        }
        rng.shuffle(next);
        int[] tokens = new int[2401];
        for (int i = 1; i < tokens.length; i++) {
            tokens[i] = i % 7 == 0 ? 0 : next[tokens[i - 1]];
        }
        return TokenStreams.of(tokens, 8);
    }

    private static Network train(LayerSpec output, SequenceLoss loss, int threads) {
        Network network = Network.create(
                new NetworkSpec(
                        1,
                        List.of(
                                new EmbeddingSpec("embedding", CLASSES, 16),
                                RecurrentSpec.of("encoder", "lstm", List.of(24)),
                                output)),
                Rng.of(1));
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(25)
                .withBatchSize(8)
                .withShardSize(4)
                .withLearningRate(0.01);
        Trainer.builder(plan)
                .threads(threads)
                .build()
                .fit(new TruncatedBackpropagation(network, loss, text(), 10, 10), null);
        return network;
    }

    private static double perplexity(Network network, SequenceLoss loss) {
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin();
        int[] all = {0, 1, 2, 3, 4, 5, 6, 7};
        ShardLoss sum = new TruncatedBackpropagation(network, loss, text(), 10, 10).forward(tape, all, 0, 8, null);
        return StrictMath.exp(sum.sum().value().at() / sum.weight());
    }
}
