package io.carousel.task.classify;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Raw outputs of a network for encoded examples, in batches of sequences of like lengths. For one thread. */
final class Scorer {
    private static final int BATCH = 64;

    /** A batch has no more time steps than this, so that long sequences are scored one at a time. */
    private static final int MOST_STEPS = 1 << 15;

    private Scorer() {}

    /**
     * The raw outputs of each example.
     *
     * @param examples numbers of encoded ones
     * @return {@code [examples][C]}
     */
    static float[][] score(Kernels kernels, Network network, InputEncoder encoder, float[][] encoded, int[] examples) {
        Tape tape = new Tape(kernels, new Workspace());
        int[] order = IntStream.range(0, examples.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> encoded[examples[i]].length))
                .mapToInt(Integer::intValue)
                .toArray();
        float[][] scores = new float[examples.length][];
        int width = encoder.width();
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            while (to < order.length
                    && to - from < BATCH
                    && (to - from + 1L) * (encoded[examples[order[to]]].length / width) <= MOST_STEPS) {
                to++;
            }
            int[] chosen = new int[to - from];
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = examples[order[from + i]];
            }
            tape.begin();
            Variable rows = network.forward(
                            tape, encoder.batch(tape.workspace(), encoded, chosen, 0, chosen.length, null), null, null)
                    .rows();
            Tensor value = rows.value();
            for (int i = 0; i < chosen.length; i++) {
                int at = value.offset() + i * value.columns();
                scores[order[from + i]] = Arrays.copyOfRange(value.data(), at, at + value.columns());
            }
            from = to;
        }
        return scores;
    }
}
