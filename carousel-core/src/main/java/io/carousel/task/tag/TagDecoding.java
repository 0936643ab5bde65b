package io.carousel.task.tag;

import io.carousel.autograd.Tape;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.loss.ChainDecoder;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import io.carousel.text.Span;
import io.carousel.text.TagScheme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** From sentences to tags with a trained network. What is decided of a sentence does not depend on the others. */
final class TagDecoding {
    /** Sentences that are computed at once. */
    private static final int TOGETHER = 32;

    private final Network network;
    private final TagEncoding encoding;
    private final Kernels kernels;

    TagDecoding(Network network, TagEncoding encoding) {
        this(network, encoding, Kernels.best());
    }

    TagDecoding(Network network, TagEncoding encoding, Kernels kernels) {
        this.network = network;
        this.encoding = encoding;
        this.kernels = kernels;
    }

    /** The names of the tags of the network. */
    static List<String> names(TagEncoding encoding, int[] path) {
        return Arrays.stream(path).mapToObj(encoding.tags()::get).toList();
    }

    /** Takes the scores of sentences in their order. */
    private interface Sink {
        void take(Sentence sentence, Tensor scores, ChainDecoder decoder);
    }

    private void decode(List<Sentence> sentences, Sink sink) {
        SentenceEncoder encoder = new SentenceEncoder(encoding);
        ChainDecoder decoder = TagChain.of(encoding, network).decoder(kernels);
        Tape tape = new Tape(kernels, new Workspace());
        for (int from = 0; from < sentences.size(); from += TOGETHER) {
            List<Sentence> some = sentences.subList(from, Math.min(sentences.size(), from + TOGETHER));
            tape.begin();
            SequenceBatch batch = SentenceEncoder.batch(
                    tape.workspace(),
                    some.stream().map(encoder::encode).toList(),
                    network.spec().inputSize());
            Tensor scores = TagObjective.scores(tape, network, batch);
            for (int index = 0; index < some.size(); index++) {
                sink.take(some.get(index), ChainDecoder.sequence(scores, batch.layout(), index), decoder);
            }
        }
    }

    /** The best tags of each sentence. */
    List<List<String>> best(List<Sentence> sentences) {
        List<List<String>> all = new ArrayList<>();
        decode(
                sentences,
                (sentence, scores, decoder) -> all.add(encoding.write(names(encoding, decoder.best(scores)))));
        return all;
    }

    /** The best few of each sentence, with probabilities. */
    List<TagPrediction> best(List<Sentence> sentences, int count) {
        List<TagPrediction> all = new ArrayList<>();
        decode(sentences, (sentence, scores, decoder) -> all.add(prediction(sentence, scores, decoder, count)));
        return all;
    }

    private TagPrediction prediction(Sentence sentence, Tensor scores, ChainDecoder decoder, int count) {
        List<ChainDecoder.Path> paths = decoder.best(scores, count);
        List<Tagging> taggings = new ArrayList<>();
        for (ChainDecoder.Path path : paths) {
            List<String> tags = encoding.write(
                    path.tags().stream().map(encoding.tags()::get).toList());
            List<Span> spans = encoding.scheme() == TagScheme.NONE ? List.of() : Span.of(tags);
            taggings.add(new Tagging(tags, spans, path.probability()));
        }
        List<Double> confidence = new ArrayList<>();
        List<Integer> best = paths.get(0).tags();
        Tensor marginals = decoder.marginals(scores);
        for (int t = 0; t < best.size(); t++) {
            confidence.add((double) marginals.at(t, best.get(t)));
        }
        return new TagPrediction(sentence, taggings, confidence);
    }
}
