package io.carousel.kernel;

/** The scalar gate passes of an LSTM; the vector passes call them for the columns that do not fill a vector. */
public final class LstmGates {
    private LstmGates() {}

    /** One row; the arguments are those of {@link Kernels#lstmForward} at that row. */
    static void forward(
            int hiddenSize,
            float[] z,
            int zOffset,
            float[] cPrevious,
            int cPreviousOffset,
            float[] c,
            int cOffset,
            float[] tanhC,
            int tanhCOffset,
            float[] h,
            int hOffset) {
        for (int j = zOffset; j < zOffset + hiddenSize; j++) {
            z[j] = Elementary.sigmoid(z[j]);
            z[j + hiddenSize] = Elementary.sigmoid(z[j + hiddenSize]);
            z[j + 2 * hiddenSize] = Elementary.tanh(z[j + 2 * hiddenSize]);
            z[j + 3 * hiddenSize] = Elementary.sigmoid(z[j + 3 * hiddenSize]);
        }
        cell(0, hiddenSize, z, zOffset, cPrevious, cPreviousOffset, c, cOffset);
        for (int j = 0; j < hiddenSize; j++) {
            float tanh = Elementary.tanh(c[cOffset + j]);
            tanhC[tanhCOffset + j] = tanh;
            h[hOffset + j] = z[zOffset + 3 * hiddenSize + j] * tanh;
        }
    }

    /** {@code c = fma(f, cPrevious, i * g)} for the columns [from, H) of one row. */
    public static void cell(
            int from,
            int hiddenSize,
            float[] gates,
            int gatesOffset,
            float[] cPrevious,
            int cPreviousOffset,
            float[] c,
            int cOffset) {
        for (int j = from; j < hiddenSize; j++) {
            int at = gatesOffset + j;
            c[cOffset + j] = Math.fma(
                    gates[at + hiddenSize], cPrevious[cPreviousOffset + j], gates[at] * gates[at + 2 * hiddenSize]);
        }
    }

    /** The columns [from, H) of one row; the arguments are those of {@link Kernels#lstmBackward} at that row. */
    public static void backward(
            int from,
            int hiddenSize,
            float[] gates,
            int gatesOffset,
            float[] cPrevious,
            int cPreviousOffset,
            float[] tanhC,
            int tanhCOffset,
            float[] dh,
            int dhOffset,
            float[] dc,
            int dcOffset,
            float[] dz,
            int dzOffset) {
        for (int j = from; j < hiddenSize; j++) {
            int at = gatesOffset + j;
            float i = gates[at];
            float f = gates[at + hiddenSize];
            float g = gates[at + 2 * hiddenSize];
            float o = gates[at + 3 * hiddenSize];
            float tanh = tanhC[tanhCOffset + j];
            float dhj = dh[dhOffset + j];
            float dcj = Math.fma(dhj * o, 1f - tanh * tanh, dc[dcOffset + j]);
            int to = dzOffset + j;
            dz[to] = dcj * g * i * (1f - i);
            dz[to + hiddenSize] = dcj * cPrevious[cPreviousOffset + j] * f * (1f - f);
            dz[to + 2 * hiddenSize] = dcj * i * (1f - g * g);
            dz[to + 3 * hiddenSize] = dhj * tanh * o * (1f - o);
            dc[dcOffset + j] = dcj * f;
        }
    }
}
