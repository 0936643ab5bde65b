package io.carousel.kernel;

/** The scalar passes of exponential gates; the vector passes call them for the columns that do not fill a vector. */
public final class ExponentialGates {
    /** The greatest exponent of a gate that {@link Kernels#stabilize} leaves; e to it is finite. */
    public static final float MOST = 87f;

    private ExponentialGates() {}

    /** {@link Kernels#stabilize} for the columns [from, H) of a row. */
    public static void stabilize(int from, int row, int hiddenSize, Slice i, Slice f, Slice n, Slice m, Slice mNext) {
        for (int j = from; j < hiddenSize; j++) {
            float kept = f.array()[f.row(row) + j] + m.array()[m.row(row) + j];
            float added = i.array()[i.row(row) + j];
            float most = n.array()[n.row(row) + j] != 0 && kept > added ? kept : added;
            float exponent = kept - most;
            mNext.array()[mNext.row(row) + j] = most;
            f.array()[f.row(row) + j] = exponent > MOST ? MOST : exponent;
            i.array()[i.row(row) + j] = added - most;
        }
    }

    /** {@link Kernels#exponentialForward} for the columns [from, H) of a row. */
    public static void forward(
            int from,
            int row,
            int hiddenSize,
            Slice gates,
            Slice saved,
            Slice c,
            Slice n,
            Slice cNext,
            Slice nNext,
            Slice h) {
        float[] z = gates.array();
        for (int j = from; j < hiddenSize; j++) {
            int at = gates.row(row) + j;
            int keptAt = saved.row(row) + j;
            float i = z[at];
            float f = saved.array()[keptAt];
            float cell = Math.fma(f, c.array()[c.row(row) + j], i * z[at + 2 * hiddenSize]);
            float normalizer = Math.fma(f, n.array()[n.row(row) + j], i);
            float ratio = cell / normalizer;
            cNext.array()[cNext.row(row) + j] = cell;
            nNext.array()[nNext.row(row) + j] = normalizer;
            saved.array()[keptAt + hiddenSize] = ratio;
            h.array()[h.row(row) + j] = z[at + 3 * hiddenSize] * ratio;
        }
    }

    /** {@link Kernels#exponentialBackward} for the columns [from, H) of a row. */
    public static void backward(
            int from,
            int row,
            int hiddenSize,
            Slice gates,
            Slice saved,
            Slice c,
            Slice n,
            Slice nNext,
            Slice dh,
            Slice dc,
            Slice dn,
            Slice dm) {
        float[] z = gates.array();
        for (int j = from; j < hiddenSize; j++) {
            int at = gates.row(row) + j;
            float i = z[at];
            float g = z[at + 2 * hiddenSize];
            float o = z[at + 3 * hiddenSize];
            float f = saved.array()[saved.row(row) + j];
            float ratio = saved.array()[saved.row(row) + hiddenSize + j];
            float dhj = dh.array()[dh.row(row) + j];
            float slope = dhj * o / nNext.array()[nNext.row(row) + j];
            float dcj = dc.array()[dc.row(row) + j] + slope;
            float dnj = dn.array()[dn.row(row) + j] - slope * ratio;
            float alpha = (dcj * g + dnj) * i;
            float phi = Math.fma(dcj, c.array()[c.row(row) + j], dnj * n.array()[n.row(row) + j]) * f;
            float dmj = dm.array()[dm.row(row) + j] - alpha - phi;
            float toForget = n.array()[n.row(row) + j] != 0 && f - i > 0 ? dmj : 0f;
            float dLog = phi + toForget;
            z[at] = alpha + dmj - toForget;
            z[at + hiddenSize] = dLog * (1f - z[at + hiddenSize]);
            z[at + 2 * hiddenSize] = dcj * i * (1f - g * g);
            z[at + 3 * hiddenSize] = dhj * ratio * o * (1f - o);
            dc.array()[dc.row(row) + j] = dcj * f;
            dn.array()[dn.row(row) + j] = dnj * f;
            dm.array()[dm.row(row) + j] = dLog;
        }
    }
}
