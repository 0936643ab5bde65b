package io.carousel.task.encode;

import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkStepper;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.text.TokenCode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Makes sequences of vectors, one time step after the other; the bits do not depend on how many are made together. */
final class Decoding {
    /** Sequences that are made together. */
    static final int BATCH = 64;

    private final Kernels kernels;
    private final Network decoder;
    private final EncodeSpec spec;
    private final boolean text;

    /**
     * A decoding.
     *
     * @param decoder that of one part
     * @param spec with everything decided
     */
    Decoding(Kernels kernels, Network decoder, EncodeSpec spec, boolean text) {
        this.kernels = kernels;
        this.decoder = decoder;
        this.spec = spec;
        this.text = text;
    }

    /**
     * What the decoder gives, in its order.
     *
     * @param vectors {@code [B][Z]}
     * @param lengths time steps of each; of texts the most tokens, after the last of which only the end may come
     * @return {@code [T, F]} of each; of texts the numbers of the tokens, the last of which is their end if it was reached
     */
    float[][] decode(float[][] vectors, int[] lengths) {
        int[] order = IntStream.range(0, vectors.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> -lengths[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        float[][] decoded = new float[vectors.length][];
        for (int from = 0; from < order.length; from += BATCH) {
            int[] batch = Arrays.copyOfRange(order, from, Math.min(order.length, from + BATCH));
            decode(vectors, lengths, batch, decoded);
        }
        return decoded;
    }

    private void decode(float[][] vectors, int[] lengths, int[] batch, float[][] decoded) {
        int size = spec.size();
        float[] rows = new float[batch.length * size];
        for (int i = 0; i < batch.length; i++) {
            System.arraycopy(vectors[batch[i]], 0, rows, i * size, size);
        }
        NetworkStepper stepper = decoder.stepper(kernels, batch.length);
        stepper.begin(decoder.fromVectors(kernels, new Tensor(Shape.of(batch.length, size), rows, 0)));
        int width = decoder.spec().inputSize();
        int outputs = decoder.outputSize();
        float[] x = new float[batch.length * width];
        Arrays.fill(x, text ? TokenCode.END_NUMBER : 0);
        float[] y = new float[batch.length * outputs];
        int[] done = new int[batch.length];
        int ending = text ? 1 : 0;
        for (int i : batch) {
            decoded[i] = new float[(lengths[i] + ending) * width];
        }
        int alive = batch.length;
        for (int t = 0; alive > 0; t++) {
            while (alive > 0 && (lengths[batch[alive - 1]] + ending == t || done[alive - 1] > 0)) {
                alive--;
            }
            if (alive > 0) {
                stepper.step(alive, x, 0, y, 0);
            }
            for (int i = 0; i < alive; i++) {
                float[] own = decoded[batch[i]];
                if (!text) {
                    System.arraycopy(y, i * width, own, t * width, width);
                } else if (done[i] == 0) {
                    own[t] = likeliest(y, i * outputs, outputs);
                    done[i] = own[t] == TokenCode.END_NUMBER ? t + 1 : 0;
                }
                if (spec.readsBefore()) {
                    System.arraycopy(own, t * width, x, i * width, width);
                }
            }
        }
        for (int i = 0; i < batch.length; i++) {
            if (text) {
                int kept = done[i] > 0 ? done[i] : lengths[batch[i]];
                decoded[batch[i]] = Arrays.copyOf(decoded[batch[i]], kept);
            }
        }
    }

    private static int likeliest(float[] scores, int offset, int count) {
        int best = 0;
        for (int v = 1; v < count; v++) {
            best = scores[offset + v] > scores[offset + best] ? v : best;
        }
        return best;
    }
}
