package io.carousel.task.translate;

import io.carousel.autograd.Tape;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.Source;
import io.carousel.layer.TapedSource;
import io.carousel.task.translate.Translation.Candidate;
import io.carousel.tensor.Workspace;
import io.carousel.text.TokenCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** From sources to translations with a trained network. What a source becomes does not depend on the others. */
final class Decoding {
    /** Sources that are computed at once. */
    private static final int TOGETHER = 32;

    private static final BeamDecoder.Symbols SYMBOLS =
            new BeamDecoder.Symbols(TokenCode.END_NUMBER, TokenCode.END_NUMBER, Set.of(0));

    /** What there is of a source that was not read, because nobody waits for it any more. */
    private static final Hypothesis UNWRITTEN = new Hypothesis(List.of(), 0, 0, false);

    private final Network network;
    private final TranslateEncoding encoding;
    private final Kernels kernels;

    Decoding(Network network, TranslateEncoding encoding, Kernels kernels) {
        this.network = network;
        this.encoding = encoding;
        this.kernels = kernels;
    }

    List<Translation> translate(List<String> sources, DecoderOptions options, BooleanSupplier cancelled) {
        BeamDecoder decoder = encoding.spec().copying()
                ? BeamDecoder.copying(network, kernels, SYMBOLS, options, 0)
                : new BeamDecoder(network, kernels, SYMBOLS, options);
        Translation[] all = new Translation[sources.size()];
        List<Waiting> waiting = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            List<String> tokens = encoding.source().tokens(sources.get(i));
            if (tokens.isEmpty()) {
                all[i] = nothing(sources.get(i));
            } else {
                waiting.add(new Waiting(i, sources.get(i), tokens));
            }
        }
        for (int from = 0; from < waiting.size(); from += TOGETHER) {
            List<Waiting> some = waiting.subList(from, Math.min(waiting.size(), from + TOGETHER));
            List<CopyNumbers> numbers = some.stream()
                    .map(each -> CopyNumbers.of(each.tokens(), encoding.target()))
                    .toList();
            List<List<Hypothesis>> written = cancelled.getAsBoolean()
                    ? Collections.nCopies(some.size(), List.of(UNWRITTEN))
                    : write(decoder, some, numbers, cancelled);
            for (int i = 0; i < written.size(); i++) {
                all[some.get(i).index()] = translation(some.get(i), numbers.get(i), written.get(i));
            }
        }
        return List.of(all);
    }

    private List<List<Hypothesis>> write(
            BeamDecoder decoder, List<Waiting> some, List<CopyNumbers> numbers, BooleanSupplier cancelled) {
        List<Source> read = encode(some.stream().map(Waiting::tokens).toList());
        return encoding.spec().copying()
                ? decoder.decode(
                        read, numbers.stream().map(CopyNumbers::symbols).toList(), cancelled)
                : decoder.decode(read, cancelled);
    }

    /** A source that is still to be read. */
    private record Waiting(int index, String text, List<String> tokens) {}

    /** What a source without tokens becomes: a target without, surely. */
    private static Translation nothing(String source) {
        return new Translation(
                source, List.of(TokenCode.END), List.of(), List.of(new Candidate("", List.of(), 0, 0, true)));
    }

    private List<Source> encode(List<List<String>> sources) {
        List<int[]> numbers = sources.stream().map(encoding.source()::closed).toList();
        return network.encode(kernels, batch(numbers));
    }

    private static SequenceBatch batch(List<int[]> numbers) {
        int[] lengths = numbers.stream().mapToInt(each -> each.length).toArray();
        SequenceBatch batch = SequenceBatch.allocate(new Workspace(), BatchLayout.of(lengths), 1);
        for (int index = 0; index < lengths.length; index++) {
            for (int t = 0; t < lengths[index]; t++) {
                batch.values().data()[batch.offset(index, t)] = numbers.get(index)[t];
            }
        }
        return batch;
    }

    private Translation translation(Waiting source, CopyNumbers numbers, List<Hypothesis> hypotheses) {
        List<String> read = new ArrayList<>(source.tokens());
        read.add(TokenCode.END);
        return new Translation(
                source.text(),
                read,
                encoding.source().unknown(source.tokens()),
                hypotheses.stream().map(each -> candidate(each, numbers)).toList());
    }

    private Candidate candidate(Hypothesis hypothesis, CopyNumbers numbers) {
        List<String> tokens = hypothesis.tokens().stream()
                .map(number -> numbers.token(number, encoding.target()))
                .toList();
        return new Candidate(
                encoding.target().tokenizer().text(tokens),
                tokens,
                hypothesis.logProbability(),
                hypothesis.score(),
                hypothesis.ended());
    }

    /**
     * What was attended to while a candidate was written.
     *
     * @return for each token, and then for the end where there is one, the share of each source token; empty without attention
     */
    List<List<Double>> attention(String source, Candidate candidate) {
        int[] target = encoding.target().numbers(candidate.tokens());
        int steps = target.length + (candidate.ended() ? 1 : 0);
        List<String> tokens = encoding.source().tokens(source);
        if (tokens.isEmpty() || steps == 0) {
            return List.of();
        }
        int[] inputs = new int[steps];
        inputs[0] = TokenCode.END_NUMBER;
        System.arraycopy(target, 0, inputs, 1, steps - 1);
        Tape tape = new Tape(kernels, new Workspace());
        tape.begin();
        TapedSource read = network.encode(tape, batch(List.of(encoding.source().closed(tokens))), null);
        NetworkOutput output = network.forward(tape, read, batch(List.of(inputs)), null, null, null);
        if (output.attention().isEmpty()) {
            return List.of();
        }
        List<List<Double>> rows = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            rows.add(shares(output.attention().get(0).of(0, t)));
        }
        return rows;
    }

    private static List<Double> shares(float[] row) {
        List<Double> shares = new ArrayList<>();
        for (float share : row) {
            // a softmax may be off by a rounding
            shares.add(Math.min(1.0, share));
        }
        return shares;
    }
}
