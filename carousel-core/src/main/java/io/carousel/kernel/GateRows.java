package io.carousel.kernel;

/** The scalar derivatives of a gated state; the vector ones call the loops of one row for the columns that do not fill a vector. */
public final class GateRows {
    private GateRows() {}

    /** {@link RowKernels#inputGateGradient}. */
    static void inputGateGradient(int rows, int n, Slice d, Slice i, Slice g) {
        for (int r = 0; r < rows; r++) {
            inputGateGradientRow(0, n, d.array(), d.row(r), i.array(), i.row(r), g.array(), g.row(r));
        }
    }

    /** {@link RowKernels#inputGateGradient} for the columns [from, n) of a row. */
    public static void inputGateGradientRow(
            int from, int n, float[] d, int dAt, float[] i, int iAt, float[] g, int gAt) {
        for (int j = from; j < n; j++) {
            float dj = d[dAt + j];
            float ij = i[iAt + j];
            float gj = g[gAt + j];
            i[iAt + j] = dj * gj * ij * (1f - ij);
            g[gAt + j] = dj * ij * (1f - gj * gj);
        }
    }

    /** {@link RowKernels#forgetGateGradient}. */
    static void forgetGateGradient(int rows, int n, Slice d, Slice c, Slice f) {
        for (int r = 0; r < rows; r++) {
            forgetGateGradientRow(0, n, d.array(), d.row(r), c.array(), c.row(r), f.array(), f.row(r));
        }
    }

    /** {@link RowKernels#forgetGateGradient} for the columns [from, n) of a row. */
    public static void forgetGateGradientRow(
            int from, int n, float[] d, int dAt, float[] c, int cAt, float[] f, int fAt) {
        for (int j = from; j < n; j++) {
            float dj = d[dAt + j];
            float fj = f[fAt + j];
            f[fAt + j] = dj * c[cAt + j] * fj * (1f - fj);
            d[dAt + j] = dj * fj;
        }
    }

    /** {@link RowKernels#mixGradient}. */
    static void mixGradient(int rows, int n, Slice d, Slice b, Slice g, Slice a) {
        for (int r = 0; r < rows; r++) {
            mixGradientRow(0, n, d.array(), d.row(r), b.array(), b.row(r), g.array(), g.row(r), a.array(), a.row(r));
        }
    }

    /** {@link RowKernels#mixGradient} for the columns [from, n) of a row. */
    public static void mixGradientRow(
            int from, int n, float[] d, int dAt, float[] b, int bAt, float[] g, int gAt, float[] a, int aAt) {
        for (int j = from; j < n; j++) {
            float dj = d[dAt + j];
            float gj = g[gAt + j];
            float aj = a[aAt + j];
            g[gAt + j] = dj * (aj - b[bAt + j]) * gj * (1f - gj);
            a[aAt + j] = dj * gj * (1f - aj * aj);
            d[dAt + j] = dj * (1f - gj);
        }
    }

    /** {@link RowKernels#linearMixGradient}. */
    static void linearMixGradient(int rows, int n, Slice d, Slice b, Slice g, Slice a) {
        for (int r = 0; r < rows; r++) {
            linearMixGradientRow(
                    0, n, d.array(), d.row(r), b.array(), b.row(r), g.array(), g.row(r), a.array(), a.row(r));
        }
    }

    /** {@link RowKernels#linearMixGradient} for the columns [from, n) of a row. */
    public static void linearMixGradientRow(
            int from, int n, float[] d, int dAt, float[] b, int bAt, float[] g, int gAt, float[] a, int aAt) {
        for (int j = from; j < n; j++) {
            float dj = d[dAt + j];
            float gj = g[gAt + j];
            g[gAt + j] = dj * (a[aAt + j] - b[bAt + j]) * gj * (1f - gj);
            a[aAt + j] = dj * gj;
            d[dAt + j] = dj * (1f - gj);
        }
    }
}
