package io.carousel.layer;

import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import java.util.Arrays;

/**
 * What a decoder attended to in every time step of a batch; lives until the tape begins anew.
 *
 * @param layout where the rows of the decoder stand
 * @param starts for each row of the decoder where its weights start, and where those of the last end
 * @param weights one for each row of the source of each row of the decoder, the mean of all heads
 */
public record Attention(BatchLayout layout, int[] starts, Variable weights) {
    /** The weights of a time step of the sequence with that index, one for each row of its source, as a copy. */
    public float[] of(int index, int t) {
        int row = layout.row(index, t);
        int offset = weights.value().offset();
        return Arrays.copyOfRange(weights.value().data(), offset + starts[row], offset + starts[row + 1]);
    }
}
