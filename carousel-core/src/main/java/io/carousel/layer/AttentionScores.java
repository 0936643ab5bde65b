package io.carousel.layer;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;

/**
 * How well rows answer a learned query: {@code e = q · tanh(z)}.
 *
 * <p>Each score is a sum of its own, whatever the number of rows.
 */
final class AttentionScores {
    private AttentionScores() {}

    /**
     * The scores of a batch.
     *
     * @param z {@code [N, A]}
     * @param query {@code [A]}
     * @return {@code [N, 1]}
     */
    static Variable apply(Tape tape, Variable z, Parameter query) {
        Kernels kernels = tape.kernels();
        Tensor raw = z.value();
        int rows = raw.rows();
        int size = raw.columns();
        Tensor u = tape.workspace().take(rows, size);
        Tensor output = tape.workspace().take(rows, 1);
        of(kernels, rows, raw.data(), raw.offset(), query, u.data(), u.offset(), output.data(), output.offset());
        Variable q = tape.parameter(query);
        return tape.record(
                output,
                gradient -> {
                    Tensor dq = q.gradient();
                    Tensor dz = z.gradient();
                    Tensor du = tape.workspace().take(1, size);
                    for (int r = 0; r < rows; r++) {
                        float slope = gradient.data()[gradient.offset() + r];
                        int at = u.offset() + r * size;
                        kernels.axpy(size, slope, u.data(), at, dq.data(), dq.offset());
                        for (int k = 0; k < size; k++) {
                            float t = u.data()[at + k];
                            du.data()[du.offset() + k] =
                                    slope * query.tensor().data()[query.offset() + k] * (1 - t * t);
                        }
                        kernels.add(size, du.data(), du.offset(), dz.data(), dz.offset() + r * size);
                    }
                },
                z,
                q);
    }

    /** The scores of rows; {@code u} is overwritten with tanh(z), and may be z. */
    static void of(
            Kernels kernels,
            int rows,
            float[] z,
            int zOffset,
            Parameter query,
            float[] u,
            int uOffset,
            float[] scores,
            int scoreOffset) {
        int size = query.tensor().size();
        kernels.tanh(rows * size, z, zOffset, u, uOffset);
        for (int r = 0; r < rows; r++) {
            scores[scoreOffset + r] =
                    kernels.dot(size, u, uOffset + r * size, query.tensor().data(), query.offset());
        }
    }
}
