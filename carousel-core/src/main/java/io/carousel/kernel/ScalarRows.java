package io.carousel.kernel;

import io.carousel.kernel.ElementaryLoops.Function;

/** The scalar {@link RowKernels}; the vector ones call the loops of one row for the columns that do not fill a vector. */
public abstract class ScalarRows implements RowKernels {
    private final Lender<ElementaryLoops> loops = new Lender<>();

    ScalarRows() {}

    /** Loops that nobody else uses until they are given back. */
    final ElementaryLoops borrowLoops() {
        ElementaryLoops lent = loops.borrow();
        return lent != null ? lent : new ElementaryLoops();
    }

    final void giveBack(ElementaryLoops lent) {
        loops.giveBack(lent);
    }

    private void apply(Function f, int rows, int n, Slice x, Slice y) {
        ElementaryLoops lent = borrowLoops();
        lent.apply(f, rows, n, x, y);
        giveBack(lent);
    }

    @Override
    public final void sigmoid(int rows, int n, Slice x, Slice y) {
        apply(Function.SIGMOID, rows, n, x, y);
    }

    @Override
    public final void tanh(int rows, int n, Slice x, Slice y) {
        apply(Function.TANH, rows, n, x, y);
    }

    @Override
    public final void exp(int rows, int n, Slice x, Slice y) {
        apply(Function.EXP, rows, n, x, y);
    }

    @Override
    public final void log(int rows, int n, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            int from = x.row(r);
            int to = y.row(r);
            for (int j = 0; j < n; j++) {
                y.array()[to + j] = Elementary.log(x.array()[from + j]);
            }
        }
    }

    @Override
    public final void relu(int rows, int n, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            reluRow(0, n, x.array(), x.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void reluRow(int from, int n, float[] x, int xAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = x[xAt + j] > 0 ? x[xAt + j] : 0f;
        }
    }

    @Override
    public final void clip(int rows, int n, float limit, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            clipRow(0, n, limit, x.array(), x.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void clipRow(int from, int n, float limit, float[] x, int xAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = Math.min(Math.max(x[xAt + j], -limit), limit);
        }
    }

    @Override
    public final void add(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            addRow(0, n, a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void addRow(int from, int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = a[aAt + j] + b[bAt + j];
        }
    }

    @Override
    public final void subtract(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            subtractRow(0, n, a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void subtractRow(int from, int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = a[aAt + j] - b[bAt + j];
        }
    }

    @Override
    public final void multiply(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            multiplyRow(0, n, a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void multiplyRow(int from, int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = a[aAt + j] * b[bAt + j];
        }
    }

    @Override
    public final void divide(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            divideRow(0, n, a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void divideRow(int from, int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = a[aAt + j] / b[bAt + j];
        }
    }

    @Override
    public final void max(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            maxRow(0, n, a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void maxRow(int from, int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = a[aAt + j] > b[bAt + j] ? a[aAt + j] : b[bAt + j];
        }
    }

    @Override
    public final void multiplyAdd(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            multiplyAddRow(0, n, a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void multiplyAddRow(int from, int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = Math.fma(a[aAt + j], b[bAt + j], y[yAt + j]);
        }
    }

    @Override
    public final void multiplyComplement(int rows, int n, Slice a, Slice g, Slice y) {
        for (int r = 0; r < rows; r++) {
            multiplyComplementRow(0, n, a.array(), a.row(r), g.array(), g.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void multiplyComplementRow(
            int from, int n, float[] a, int aAt, float[] g, int gAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = a[aAt + j] * (1f - g[gAt + j]);
        }
    }

    @Override
    public final void multiplyDifference(int rows, int n, Slice d, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            multiplyDifferenceRow(
                    0, n, d.array(), d.row(r), a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void multiplyDifferenceRow(
            int from, int n, float[] d, int dAt, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = d[dAt + j] * (a[aAt + j] - b[bAt + j]);
        }
    }

    @Override
    public final void gatedSum(int rows, int n, Slice a, Slice b, Slice c, Slice d, Slice y) {
        for (int r = 0; r < rows; r++) {
            gatedSumRow(
                    0, n, a.array(), a.row(r), b.array(), b.row(r), c.array(), c.row(r), d.array(), d.row(r), y.array(),
                    y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void gatedSumRow(
            int from,
            int n,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] c,
            int cAt,
            float[] d,
            int dAt,
            float[] y,
            int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = Math.fma(a[aAt + j], b[bAt + j], c[cAt + j] * d[dAt + j]);
        }
    }

    @Override
    public final void mix(int rows, int n, Slice g, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            mixRow(0, n, g.array(), g.row(r), a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void mixRow(
            int from, int n, float[] g, int gAt, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = Math.fma(g[gAt + j], a[aAt + j], (1f - g[gAt + j]) * b[bAt + j]);
        }
    }

    @Override
    public final void sigmoidGradient(int rows, int n, Slice d, Slice e, Slice s, Slice y) {
        for (int r = 0; r < rows; r++) {
            sigmoidGradientRow(
                    0, n, d.array(), d.row(r), e.array(), e.row(r), s.array(), s.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void sigmoidGradientRow(
            int from, int n, float[] d, int dAt, float[] e, int eAt, float[] s, int sAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = d[dAt + j] * e[eAt + j] * s[sAt + j] * (1f - s[sAt + j]);
        }
    }

    @Override
    public final void sigmoidGradient(int rows, int n, Slice d, Slice s, Slice y) {
        for (int r = 0; r < rows; r++) {
            sigmoidGradientRow(0, n, d.array(), d.row(r), s.array(), s.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void sigmoidGradientRow(int from, int n, float[] d, int dAt, float[] s, int sAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = d[dAt + j] * s[sAt + j] * (1f - s[sAt + j]);
        }
    }

    @Override
    public final void tanhGradient(int rows, int n, Slice d, Slice e, Slice t, Slice y) {
        for (int r = 0; r < rows; r++) {
            tanhGradientRow(0, n, d.array(), d.row(r), e.array(), e.row(r), t.array(), t.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void tanhGradientRow(
            int from, int n, float[] d, int dAt, float[] e, int eAt, float[] t, int tAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = d[dAt + j] * e[eAt + j] * (1f - t[tAt + j] * t[tAt + j]);
        }
    }

    @Override
    public final void tanhGradient(int rows, int n, Slice d, Slice t, Slice y) {
        for (int r = 0; r < rows; r++) {
            tanhGradientRow(0, n, d.array(), d.row(r), t.array(), t.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void tanhGradientRow(int from, int n, float[] d, int dAt, float[] t, int tAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = d[dAt + j] * (1f - t[tAt + j] * t[tAt + j]);
        }
    }

    @Override
    public final void addTanhGradient(int rows, int n, Slice d, Slice e, Slice t, Slice y) {
        for (int r = 0; r < rows; r++) {
            addTanhGradientRow(
                    0, n, d.array(), d.row(r), e.array(), e.row(r), t.array(), t.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void addTanhGradientRow(
            int from, int n, float[] d, int dAt, float[] e, int eAt, float[] t, int tAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = Math.fma(d[dAt + j] * e[eAt + j], 1f - t[tAt + j] * t[tAt + j], y[yAt + j]);
        }
    }

    @Override
    public final void reluGradient(int rows, int n, Slice d, Slice v, Slice y) {
        for (int r = 0; r < rows; r++) {
            reluGradientRow(0, n, d.array(), d.row(r), v.array(), v.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void reluGradientRow(int from, int n, float[] d, int dAt, float[] v, int vAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = v[vAt + j] > 0 ? d[dAt + j] : 0f;
        }
    }

    @Override
    public final void clipGradient(int rows, int n, float limit, Slice d, Slice v, Slice y) {
        for (int r = 0; r < rows; r++) {
            clipGradientRow(0, n, limit, d.array(), d.row(r), v.array(), v.row(r), y.array(), y.row(r));
        }
    }

    /** The columns from {@code from} of one row. */
    public static void clipGradientRow(
            int from, int n, float limit, float[] d, int dAt, float[] v, int vAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = Math.abs(v[vAt + j]) > limit ? 0f : d[dAt + j];
        }
    }

    @Override
    public final void addColumnProducts(int rows, int n, Slice a, Slice b, float[] y, int yOffset) {
        addColumnProducts(0, rows, n, a, b, y, yOffset);
    }

    /** {@link RowKernels#addColumnProducts} for the columns from {@code from}. */
    public static void addColumnProducts(int from, int rows, int n, Slice a, Slice b, float[] y, int yOffset) {
        for (int r = 0; r < rows; r++) {
            for (int j = from; j < n; j++) {
                y[yOffset + j] = Math.fma(a.array()[a.row(r) + j], b.array()[b.row(r) + j], y[yOffset + j]);
            }
        }
    }
}
