package io.carousel.task.translate;

import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkStepper;
import io.carousel.layer.Source;
import io.carousel.layer.StateTable;
import io.carousel.loss.CopyCrossEntropy;
import io.carousel.loss.SoftmaxCrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a decoder makes of sources: by beam search, greedily, or drawn at random.
 *
 * <p>Of all ways to go on with the texts of a sentence's beam, the most likely are the next beam; one that the end symbol ends leaves
 * it and takes its room with it. A search ends when the beam is empty, or when no text on its way can become better than those
 * found. Ties go to the earlier text, then to the lower token.
 *
 * <p>Sentences are decoded together, and each gives what it gives alone, bit for bit. A decoder that is cancelled gives what it has so
 * far; it holds nothing between calls. Belongs to one thread.
 *
 * <p>Source: Graves, <i>Sequence Transduction with Recurrent Neural Networks</i>, 2012; Sutskever, Vinyals, Le, <i>Sequence to Sequence
 * Learning with Neural Networks</i>, 2014.
 */
public final class BeamDecoder {
    /** Rows of a step: enough that products are fast. */
    private static final int ROWS = 64;

    private static final int NO_COPIES = -1;

    private final Network network;
    private final Kernels kernels;
    private final Symbols symbols;
    private final DecoderOptions options;
    private final int unknown;
    private final int classes;
    private final boolean copies;
    private final int room;

    /**
     * The tokens that are more than text.
     *
     * @param start what the decoder reads first
     * @param end what ends a text
     * @param never what is not written, such as start and the unknown token
     */
    public record Symbols(int start, int end, Set<Integer> never) {
        public Symbols {
            never = Set.copyOf(never);
            if (never.contains(end)) {
                throw new IllegalArgumentException("end symbol must be one that may be written, got " + end);
            }
        }
    }

    /**
     * A decoder.
     *
     * @param network reads the number of a token and gives a score for each
     */
    public BeamDecoder(Network network, Kernels kernels, Symbols symbols, DecoderOptions options) {
        this(network, kernels, symbols, options, NO_COPIES);
    }

    /**
     * A decoder that copies symbols of its sources: its network was trained with {@link io.carousel.train.CopyOutput}.
     *
     * @param unknown the number that the decoder reads after a symbol that only the source has
     */
    public static BeamDecoder copying(
            Network network, Kernels kernels, Symbols symbols, DecoderOptions options, int unknown) {
        if (unknown < 0 || unknown >= network.outputSize() - 1 || !network.readsRows()) {
            throw new IllegalArgumentException(
                    "a decoder that copies must attend to its source and know the unknown token, got " + unknown
                            + "; train it with CopyOutput");
        }
        return new BeamDecoder(network, kernels, symbols, options, unknown);
    }

    private BeamDecoder(Network network, Kernels kernels, Symbols symbols, DecoderOptions options, int unknown) {
        this.network = network;
        this.kernels = kernels;
        this.symbols = symbols;
        this.options = options;
        this.unknown = unknown;
        copies = unknown != NO_COPIES;
        classes = copies ? network.outputSize() - 1 : network.outputSize();
        if (!network.hasSource() || network.spec().inputSize() != 1) {
            throw new IllegalArgumentException("a decoder must have a source and read one number, got "
                    + network.spec().inputSize() + " and " + (network.hasSource() ? "a source" : "no source"));
        }
        if (options.coveragePenalty() > 0 && !network.readsRows()) {
            throw new IllegalArgumentException(
                    "coverage penalty must be 0 for a decoder without attention, got " + options.coveragePenalty());
        }
        if (symbols.end() < 0 || symbols.end() >= classes) {
            throw new IllegalArgumentException(
                    "end symbol must be from 0 to " + (classes - 1) + ", got " + symbols.end());
        }
        room = Math.max(1, ROWS / options.width()) * options.width();
    }

    /** Decodes without being cancelled. */
    public List<List<Hypothesis>> decode(List<Source> sources) {
        return decode(sources, () -> false);
    }

    /**
     * Decodes.
     *
     * @param cancelled asked before every step
     * @return for each source the best texts, the best first
     */
    public List<List<Hypothesis>> decode(List<Source> sources, BooleanSupplier cancelled) {
        if (copies) {
            throw new IllegalArgumentException("a decoder that copies must be given the symbols of its sources");
        }
        return run(sources, null, cancelled);
    }

    /**
     * Decodes sources whose symbols may be copied.
     *
     * @param copied for each source the number of each row's symbol, as {@link io.carousel.data.SequencePair#symbols}; the numbers of
     *     those that only the source has come back among the tokens
     */
    public List<List<Hypothesis>> decode(List<Source> sources, List<int[]> copied, BooleanSupplier cancelled) {
        if (!copies || copied.size() != sources.size()) {
            throw new IllegalArgumentException("symbols must be given for each of " + sources.size()
                    + " sources of a decoder that copies, got " + copied.size());
        }
        for (int i = 0; i < sources.size(); i++) {
            if (copied.get(i).length != sources.get(i).length()) {
                throw new IllegalArgumentException("symbols of source " + i + " must be "
                        + sources.get(i).length() + ", one for each row, got " + copied.get(i).length);
            }
        }
        return run(sources, copied, cancelled);
    }

    private List<List<Hypothesis>> run(List<Source> sources, @Nullable List<int[]> copied, BooleanSupplier cancelled) {
        sources.forEach(source -> source.requireOf(network));
        Run run = new Run(sources, copied);
        while (!run.alive.isEmpty() && !cancelled.getAsBoolean()) {
            run.step();
        }
        return run.beams.stream().map(SentenceBeam::best).toList();
    }

    /** One call. */
    private final class Run {
        private final List<SentenceBeam> beams = new ArrayList<>();
        private List<SentenceBeam> alive;
        private final NetworkStepper stepper = network.stepper(kernels, Math.max(2, room));
        private final StateTable states = new StateTable(network.stateParts());
        private final int[] rows = new int[room];
        private final Source[] read = new Source[room];
        private final float[] inputs = new float[room];
        private final float[] outputs = new float[Math.multiplyExact(room, network.outputSize())];
        private final float[] scores;
        private final float[] @Nullable [] attention = new float[room][];
        private final @Nullable List<int[]> copied;
        private final int width;

        Run(List<Source> sources, @Nullable List<int[]> copied) {
            this.copied = copied;
            int most = classes - 1;
            for (int i = 0; copied != null && i < copied.size(); i++) {
                for (int symbol : copied.get(i)) {
                    most = Math.max(most, symbol);
                }
            }
            width = most + 1;
            scores = copied == null ? outputs : new float[Math.multiplyExact(room, width)];
            int each = 2 * options.width();
            states.reserve(Math.multiplyExact(each, sources.size()));
            for (int i = 0; i < sources.size(); i++) {
                beams.add(new SentenceBeam(i, sources.get(i), symbols, options, kernels, width, states, i * each));
            }
            alive = beams;
        }

        /** One time step of all that are alive, some sentences at a time. */
        void step() {
            int first = 0;
            while (first < alive.size()) {
                int count = 0;
                int last = first;
                while (last < alive.size() && count + alive.get(last).size() <= room) {
                    SentenceBeam beam = alive.get(last++);
                    for (int i = 0; i < beam.size(); i++) {
                        rows[count] = beam.row(i);
                        read[count] = beam.source();
                        inputs[count++] = beam.token(i) < classes ? beam.token(i) : unknown;
                    }
                }
                states.select(rows, 0, count);
                stepper.step(states, read, inputs, 0, outputs, 0);
                seeAttention(count);
                if (copied == null) {
                    SoftmaxCrossEntropy.logProbabilities(kernels, count, classes, scores, 0);
                } else {
                    mix(alive.subList(first, last), copied);
                }
                int at = 0;
                for (SentenceBeam beam : alive.subList(first, last)) {
                    int size = beam.size();
                    beam.advance(scores, at * width, attention, at);
                    at += size;
                }
                first = last;
            }
            alive = alive.stream().filter(beam -> beam.size() > 0).toList();
        }

        private void seeAttention(int count) {
            for (int i = 0; i < count && (copies || options.coveragePenalty() > 0); i++) {
                attention[i] = new float[read[i].length()];
                stepper.attention(i, attention[i], 0);
            }
        }

        /** The probabilities of classes and copies. */
        private void mix(List<SentenceBeam> beams, List<int[]> symbolsOfSources) {
            int at = 0;
            for (SentenceBeam beam : beams) {
                int[] own = symbolsOfSources.get(beam.index());
                for (int i = 0; i < beam.size(); i++, at++) {
                    CopyCrossEntropy.logProbabilities(
                            kernels,
                            classes,
                            outputs,
                            at * (classes + 1),
                            attention[at],
                            own,
                            scores,
                            at * width,
                            width);
                }
            }
        }
    }
}
