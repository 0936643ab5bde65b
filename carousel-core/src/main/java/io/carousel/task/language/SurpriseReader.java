package io.carousel.task.language;

import io.carousel.autograd.Tape;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.State;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;

/**
 * Reads a text once, some tokens at a time, and says how likely each token was, given all before it.
 *
 * <p>The text starts as if a line had just ended. The state is carried over the whole of it, and how the text is cut into what
 * is computed at once changes no bit.
 */
final class SurpriseReader {
    /** Scores that are held at once, so that a large vocabulary takes no more memory than a small one. */
    private static final int MOST_SCORES = 1 << 21;

    private static final int MOST_ROWS = 256;

    private final Network network;
    private final LogProbabilities logs;
    private final Tape tape;
    private final Sink sink;
    private final int[] tokens;
    private State state;
    private int previous;
    private int count;

    /** Takes the tokens in their order. */
    interface Sink {
        /**
         * Takes a token.
         *
         * @param logProbability the natural logarithm of its probability
         */
        void token(int number, float logProbability);
    }

    SurpriseReader(Network network, Kernels kernels, int lineEnd, Sink sink) {
        this(network, kernels, lineEnd, sink, Math.max(1, Math.min(MOST_ROWS, MOST_SCORES / network.outputSize())));
    }

    /** @param rows the tokens that are computed at once */
    SurpriseReader(Network network, Kernels kernels, int lineEnd, Sink sink, int rows) {
        this.network = network;
        logs = LogProbabilities.of(network);
        this.sink = sink;
        tape = new Tape(kernels, new Workspace());
        tokens = new int[rows];
        state = network.initialState(1);
        previous = lineEnd;
    }

    void read(int[] numbers) {
        for (int number : numbers) {
            tokens[count++] = number;
            if (count == tokens.length) {
                flush();
            }
        }
    }

    /** Computes what was read and not yet computed; the text may go on. */
    void flush() {
        if (count == 0) {
            return;
        }
        tape.begin();
        SequenceBatch batch = SequenceBatch.allocate(tape.workspace(), BatchLayout.of(count), 1);
        for (int i = 0; i < count; i++) {
            batch.values().data()[batch.offset(0, i)] = i == 0 ? previous : tokens[i - 1];
        }
        NetworkOutput output = network.forward(tape, batch, state, null);
        Tensor scores = output.rows().value();
        int symbols = network.outputSize();
        logs.apply(tape.kernels(), count, symbols, scores.data(), scores.offset());
        for (int i = 0; i < count; i++) {
            sink.token(tokens[i], scores.data()[scores.offset() + i * symbols + tokens[i]]);
        }
        state = output.finalState();
        previous = tokens[count - 1];
        count = 0;
    }
}
