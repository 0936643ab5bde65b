package io.carousel.task.tag;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.data.SequenceBatch;
import io.carousel.eval.SpanScore;
import io.carousel.layer.Network;
import io.carousel.loss.ChainDecoder;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.text.TagScheme;
import io.carousel.train.Objective;
import io.carousel.train.ShardLoss;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a validation counts: of tags with spans, the spans that are missing and those that are wrong, for each that is wanted;
 * of others, the share of the tags that are wrong. Unlike the loss, it may fall while a network grows too sure of itself.
 */
final class TagErrors implements Objective {
    private final Network network;
    private final TagEncoding encoding;
    private final List<EncodedSentence> sentences;
    private final TagChain chain;
    private final boolean spans;

    TagErrors(Network network, TagEncoding encoding, List<EncodedSentence> sentences) {
        this.network = network;
        this.encoding = encoding;
        this.sentences = sentences;
        chain = TagChain.of(encoding, network);
        spans = countsSpans(
                encoding, sentences.stream().map(EncodedSentence::wanted).toList());
    }

    /** Whether spans are counted: not where there are none, or only other tags are wanted. */
    static boolean countsSpans(TagEncoding encoding, List<List<String>> wanted) {
        return encoding.scheme() != TagScheme.NONE
                && wanted.stream().flatMap(List::stream).anyMatch(tag -> !tag.equals(TagScheme.OUTSIDE));
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
        Tensor scores = TagObjective.scores(tape, network, batch);
        ChainDecoder decoder = chain.decoder(tape.kernels());
        long errors = 0;
        long wanted = 0;
        for (int index = 0; index < to - from; index++) {
            int[] path = decoder.best(ChainDecoder.sequence(scores, batch.layout(), index));
            SpanScore score = SpanScore.of(
                    sentences.get(examples[from + index]).wanted(), encoding.write(TagDecoding.names(encoding, path)));
            SpanScore.Counts found = score.overall();
            errors += spans
                    ? found.wanted() + found.predicted() - 2 * found.correct()
                    : score.elements() - score.correctElements();
            wanted += spans ? found.wanted() : score.elements();
        }
        Tensor sum = tape.workspace().take(Shape.of());
        sum.data()[sum.offset()] = errors;
        return new ShardLoss(tape.constant(sum), wanted);
    }
}
