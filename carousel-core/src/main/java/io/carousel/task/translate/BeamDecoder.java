package io.carousel.task.translate;

import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkStepper;
import io.carousel.layer.Source;
import io.carousel.layer.StateTable;
import io.carousel.loss.SoftmaxCrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

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

    private final Network network;
    private final Kernels kernels;
    private final Symbols symbols;
    private final DecoderOptions options;
    private final int outputs;
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
        this.network = network;
        this.kernels = kernels;
        this.symbols = symbols;
        this.options = options;
        outputs = network.outputSize();
        if (!network.hasSource() || network.spec().inputSize() != 1) {
            throw new IllegalArgumentException("a decoder must have a source and read one number, got "
                    + network.spec().inputSize() + " and " + (network.hasSource() ? "a source" : "no source"));
        }
        if (symbols.end() < 0 || symbols.end() >= outputs) {
            throw new IllegalArgumentException(
                    "end symbol must be from 0 to " + (outputs - 1) + ", got " + symbols.end());
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
        sources.forEach(source -> source.requireOf(network));
        Run run = new Run(sources);
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
        private final float[] scores = new float[Math.multiplyExact(room, outputs)];

        Run(List<Source> sources) {
            int each = 2 * options.width();
            states.reserve(Math.multiplyExact(each, sources.size()));
            for (int i = 0; i < sources.size(); i++) {
                beams.add(new SentenceBeam(sources.get(i), symbols, options, kernels, outputs, states, i * each));
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
                        inputs[count++] = beam.token(i);
                    }
                }
                states.select(rows, 0, count);
                stepper.step(states, read, inputs, 0, scores, 0);
                SoftmaxCrossEntropy.logProbabilities(kernels, count, outputs, scores, 0);
                int at = 0;
                for (SentenceBeam beam : alive.subList(first, last)) {
                    int size = beam.size();
                    beam.advance(scores, at * outputs);
                    at += size;
                }
                first = last;
            }
            alive = alive.stream().filter(beam -> beam.size() > 0).toList();
        }
    }
}
