package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.autograd.Tape;
import io.carousel.data.Streams;
import io.carousel.data.TokenStreams;
import io.carousel.kernel.Kernels;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.TiedDenseSpec;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A language model of a text that can be predicted when its last two tokens are known. */
class SoftmaxOutputLearningTest {
    private static final int[] PATTERN = {0, 1, 2, 0, 2, 1, 3, 0, 3, 1};
    private static final int VOCABULARY = 4;

    @Test
    void aTextIsLearnedWithAnyNumberOfThreadsAlike() {
        Network one = network();
        Network two = network();
        train(one, 1);
        train(two, 2);

        assertThat(two.parameters().values()).isEqualTo(one.parameters().values());
        // who knows the frequencies of the tokens alone has a perplexity of 3.8
        assertThat(perplexity(one)).isLessThan(1.1);
    }

    @Test
    void whatCannotBeALanguageModelIsNamed() {
        Network network =
                Network.create(new NetworkSpec(1, List.of(RecurrentSpec.of("encoder", "lstm", List.of(3)))), Rng.of(1));
        assertThatThrownBy(() -> new TruncatedBackpropagation(network, new SoftmaxOutput(), text(), 5, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("last layer of the network must be dense, with an output for each class, got ");
        assertThatThrownBy(() -> new SoftmaxOutput(-0.1)).hasMessage("label smoothing must be in [0, 1), got -0.1");
    }

    private static Network network() {
        return Network.create(
                new NetworkSpec(
                        1,
                        List.of(
                                new EmbeddingSpec("embedding", VOCABULARY, 12),
                                RecurrentSpec.of("encoder", "lstm", List.of(12)),
                                new TiedDenseSpec("decoder", VOCABULARY, "embedding"))),
                Rng.of(1));
    }

    private static Streams text() {
        int[] tokens = new int[801];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = PATTERN[i % PATTERN.length];
        }
        return TokenStreams.of(tokens, 8);
    }

    private static void train(Network network, int threads) {
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(30)
                .withBatchSize(8)
                .withShardSize(4)
                .withLearningRate(0.01);
        Trainer.builder(plan)
                .threads(threads)
                .build()
                .fit(new TruncatedBackpropagation(network, new SoftmaxOutput(), text(), 10, 10), null);
    }

    private static double perplexity(Network network) {
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin();
        int[] all = {0, 1, 2, 3, 4, 5, 6, 7};
        ShardLoss loss = new TruncatedBackpropagation(network, new SoftmaxOutput(), text(), 10, 10)
                .forward(tape, all, 0, 8, null);
        return StrictMath.exp(loss.sum().value().at() / loss.weight());
    }
}
