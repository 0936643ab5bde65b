package io.carousel.task.tag;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.SequenceBatch;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.loss.ChainCrossEntropy;
import io.carousel.loss.SoftmaxCrossEntropy;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.train.Objective;
import io.carousel.train.ShardLoss;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of the tags of sentences, in nats for each word; in training some words are taken for unknown.
 *
 * <p>Source of that: Kiperwasser, Goldberg, <i>Simple and Accurate Dependency Parsing Using Bidirectional LSTM Feature
 * Representations</i>, 2016.
 */
final class TagObjective implements Objective {
    private final Network network;
    private final TagEncoding encoding;
    private final List<EncodedSentence> sentences;
    private final TagChain chain;
    private final long[] counts;

    /** @param counts how often each word of the vocabulary was seen */
    TagObjective(Network network, TagEncoding encoding, List<EncodedSentence> sentences, long[] counts) {
        this.network = network;
        this.encoding = encoding;
        this.sentences = sentences;
        this.counts = counts;
        chain = TagChain.of(encoding, network);
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public int examples() {
        return sentences.size();
    }

    @Override
    public ShardLoss forward(Tape tape, int[] examples, int from, int to, @Nullable Rng dropout) {
        SequenceBatch batch = SentenceEncoder.batch(
                tape.workspace(), sentences, examples, from, to, network.spec().inputSize());
        int[] tags = new int[batch.layout().rows()];
        for (int index = 0; index < to - from; index++) {
            int[] wanted = sentences.get(examples[from + index]).tags();
            for (int t = 0; t < wanted.length; t++) {
                tags[batch.layout().row(index, t)] = wanted[t];
            }
        }
        if (dropout != null && encoding.spec().wordDropout() > 0) {
            forget(batch, to - from, dropout.stream("word dropout"));
        }
        return loss(tape, batch, tags, dropout);
    }

    private void forget(SequenceBatch batch, int sequences, Rng random) {
        double alpha = encoding.spec().wordDropout();
        float[] values = batch.values().data();
        for (int index = 0; index < sequences; index++) {
            int length = batch.layout().length(batch.layout().position(index));
            for (int t = 0; t < length; t++) {
                int at = batch.offset(index, t);
                boolean forgotten = random.nextDouble() * (counts[(int) values[at]] + alpha) < alpha;
                values[at] = forgotten ? 0 : values[at];
            }
        }
    }

    private ShardLoss loss(Tape tape, SequenceBatch batch, int[] tags, @Nullable Rng dropout) {
        Variable sum;
        NetworkOutput output;
        if (encoding.spec().output() == TagOutput.CRF) {
            output = network.forward(tape, batch, null, dropout);
            sum = ChainCrossEntropy.apply(tape, output.rows(), output.layout(), chain.weights(), tags, chain.rules());
        } else {
            output = network.forwardBeneathOutput(tape, batch, null, dropout);
            Network.Output scores = network.output().orElseThrow();
            sum = SoftmaxCrossEntropy.apply(
                    tape, output.rows(), scores.weight(), scores.bias(), SoftmaxCrossEntropy.Targets.of(tags));
        }
        return new ShardLoss(output.penalized(tape, sum, tags.length), tags.length);
    }

    /** The scores of the tags of a batch, {@code [N, K]}, on a tape that does not record. */
    static Tensor scores(Tape tape, Network network, SequenceBatch batch) {
        return network.forward(tape, batch, null, null).rows().value();
    }
}
