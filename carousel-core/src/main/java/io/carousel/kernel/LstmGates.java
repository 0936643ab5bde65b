package io.carousel.kernel;

/** The scalar gate passes of an LSTM; the vector passes call them for the columns that do not fill a vector. */
public final class LstmGates {
    private LstmGates() {}

    /** The columns [from, H) of one row; the arguments are those of {@link Kernels#lstmForward} at that row. */
    public static void forward(
            int from,
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
        for (int j = from; j < hiddenSize; j++) {
            int at = zOffset + j;
            float i = Elementary.sigmoid(z[at]);
            float f = Elementary.sigmoid(z[at + hiddenSize]);
            float g = Elementary.tanh(z[at + 2 * hiddenSize]);
            float o = Elementary.sigmoid(z[at + 3 * hiddenSize]);
            float cell = Math.fma(f, cPrevious[cPreviousOffset + j], i * g);
            float tanh = Elementary.tanh(cell);
            z[at] = i;
            z[at + hiddenSize] = f;
            z[at + 2 * hiddenSize] = g;
            z[at + 3 * hiddenSize] = o;
            c[cOffset + j] = cell;
            tanhC[tanhCOffset + j] = tanh;
            h[hOffset + j] = o * tanh;
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
