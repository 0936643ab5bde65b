package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.carousel.kernel.RowKernels;
import io.carousel.kernel.ScalarRows;
import io.carousel.kernel.Slice;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@link RowKernels} on vectors, row by row; the columns that do not fill a vector are scalar. */
abstract class VectorRows implements RowKernels {
    VectorRows() {}

    @Override
    public final void sigmoid(int rows, int n, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            VectorElementary.sigmoid(n, x.array(), x.row(r), y.array(), y.row(r));
        }
    }

    @Override
    public final void tanh(int rows, int n, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            VectorElementary.tanh(n, x.array(), x.row(r), y.array(), y.row(r));
        }
    }

    @Override
    public final void exp(int rows, int n, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            VectorElementary.exp(n, x.array(), x.row(r), y.array(), y.row(r));
        }
    }

    @Override
    public final void log(int rows, int n, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            VectorElementary.log(n, x.array(), x.row(r), y.array(), y.row(r));
        }
    }

    @Override
    public final void relu(int rows, int n, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            reluRow(n, x.array(), x.row(r), y.array(), y.row(r));
        }
    }

    private static void reluRow(int n, float[] x, int xAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector vx = fromArray(FLOATS, x, xAt + j);
            broadcast(FLOATS, 0f).blend(vx, vx.compare(VectorOperators.GT, 0f)).intoArray(y, yAt + j);
        }
        ScalarRows.reluRow(j, n, x, xAt, y, yAt);
    }

    @Override
    public final void clip(int rows, int n, float limit, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            clipRow(n, limit, x.array(), x.row(r), y.array(), y.row(r));
        }
    }

    private static void clipRow(int n, float limit, float[] x, int xAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector vx = fromArray(FLOATS, x, xAt + j);
            vx.max(broadcast(FLOATS, -limit)).min(broadcast(FLOATS, limit)).intoArray(y, yAt + j);
        }
        ScalarRows.clipRow(j, n, limit, x, xAt, y, yAt);
    }

    @Override
    public final void add(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            addRow(n, a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    private static void addRow(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector va = fromArray(FLOATS, a, aAt + j);
            FloatVector vb = fromArray(FLOATS, b, bAt + j);
            va.add(vb).intoArray(y, yAt + j);
        }
        ScalarRows.addRow(j, n, a, aAt, b, bAt, y, yAt);
    }

    @Override
    public final void subtract(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            subtractRow(n, a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    private static void subtractRow(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector va = fromArray(FLOATS, a, aAt + j);
            FloatVector vb = fromArray(FLOATS, b, bAt + j);
            va.sub(vb).intoArray(y, yAt + j);
        }
        ScalarRows.subtractRow(j, n, a, aAt, b, bAt, y, yAt);
    }

    @Override
    public final void multiply(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            multiplyRow(n, a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    static void multiplyRow(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector va = fromArray(FLOATS, a, aAt + j);
            FloatVector vb = fromArray(FLOATS, b, bAt + j);
            va.mul(vb).intoArray(y, yAt + j);
        }
        ScalarRows.multiplyRow(j, n, a, aAt, b, bAt, y, yAt);
    }

    @Override
    public final void divide(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            divideRow(n, a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    private static void divideRow(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector va = fromArray(FLOATS, a, aAt + j);
            FloatVector vb = fromArray(FLOATS, b, bAt + j);
            va.div(vb).intoArray(y, yAt + j);
        }
        ScalarRows.divideRow(j, n, a, aAt, b, bAt, y, yAt);
    }

    @Override
    public final void max(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            maxRow(n, a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    private static void maxRow(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector va = fromArray(FLOATS, a, aAt + j);
            FloatVector vb = fromArray(FLOATS, b, bAt + j);
            vb.blend(va, va.compare(VectorOperators.GT, vb)).intoArray(y, yAt + j);
        }
        ScalarRows.maxRow(j, n, a, aAt, b, bAt, y, yAt);
    }

    @Override
    public final void multiplyAdd(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            multiplyAddRow(n, a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    private static void multiplyAddRow(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector va = fromArray(FLOATS, a, aAt + j);
            FloatVector vb = fromArray(FLOATS, b, bAt + j);
            va.fma(vb, fromArray(FLOATS, y, yAt + j)).intoArray(y, yAt + j);
        }
        ScalarRows.multiplyAddRow(j, n, a, aAt, b, bAt, y, yAt);
    }

    @Override
    public final void multiplyComplement(int rows, int n, Slice a, Slice g, Slice y) {
        for (int r = 0; r < rows; r++) {
            multiplyComplementRow(n, a.array(), a.row(r), g.array(), g.row(r), y.array(), y.row(r));
        }
    }

    private static void multiplyComplementRow(int n, float[] a, int aAt, float[] g, int gAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector va = fromArray(FLOATS, a, aAt + j);
            FloatVector vg = fromArray(FLOATS, g, gAt + j);
            va.mul(broadcast(FLOATS, 1f).sub(vg)).intoArray(y, yAt + j);
        }
        ScalarRows.multiplyComplementRow(j, n, a, aAt, g, gAt, y, yAt);
    }

    @Override
    public final void multiplyDifference(int rows, int n, Slice d, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            multiplyDifferenceRow(
                    n, d.array(), d.row(r), a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    private static void multiplyDifferenceRow(
            int n, float[] d, int dAt, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector vd = fromArray(FLOATS, d, dAt + j);
            FloatVector va = fromArray(FLOATS, a, aAt + j);
            FloatVector vb = fromArray(FLOATS, b, bAt + j);
            vd.mul(va.sub(vb)).intoArray(y, yAt + j);
        }
        ScalarRows.multiplyDifferenceRow(j, n, d, dAt, a, aAt, b, bAt, y, yAt);
    }

    @Override
    public final void gatedSum(int rows, int n, Slice a, Slice b, Slice c, Slice d, Slice y) {
        for (int r = 0; r < rows; r++) {
            gatedSumRow(
                    n, a.array(), a.row(r), b.array(), b.row(r), c.array(), c.row(r), d.array(), d.row(r), y.array(),
                    y.row(r));
        }
    }

    private static void gatedSumRow(
            int n, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] d, int dAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector va = fromArray(FLOATS, a, aAt + j);
            FloatVector vb = fromArray(FLOATS, b, bAt + j);
            FloatVector vc = fromArray(FLOATS, c, cAt + j);
            FloatVector vd = fromArray(FLOATS, d, dAt + j);
            va.fma(vb, vc.mul(vd)).intoArray(y, yAt + j);
        }
        ScalarRows.gatedSumRow(j, n, a, aAt, b, bAt, c, cAt, d, dAt, y, yAt);
    }

    @Override
    public final void mix(int rows, int n, Slice g, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            mixRow(n, g.array(), g.row(r), a.array(), a.row(r), b.array(), b.row(r), y.array(), y.row(r));
        }
    }

    private static void mixRow(int n, float[] g, int gAt, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector vg = fromArray(FLOATS, g, gAt + j);
            FloatVector va = fromArray(FLOATS, a, aAt + j);
            FloatVector vb = fromArray(FLOATS, b, bAt + j);
            vg.fma(va, broadcast(FLOATS, 1f).sub(vg).mul(vb)).intoArray(y, yAt + j);
        }
        ScalarRows.mixRow(j, n, g, gAt, a, aAt, b, bAt, y, yAt);
    }

    @Override
    public final void sigmoidGradient(int rows, int n, Slice d, Slice e, Slice s, Slice y) {
        for (int r = 0; r < rows; r++) {
            sigmoidGradientRow(n, d.array(), d.row(r), e.array(), e.row(r), s.array(), s.row(r), y.array(), y.row(r));
        }
    }

    private static void sigmoidGradientRow(
            int n, float[] d, int dAt, float[] e, int eAt, float[] s, int sAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector vd = fromArray(FLOATS, d, dAt + j);
            FloatVector ve = fromArray(FLOATS, e, eAt + j);
            FloatVector vs = fromArray(FLOATS, s, sAt + j);
            vd.mul(ve).mul(vs).mul(broadcast(FLOATS, 1f).sub(vs)).intoArray(y, yAt + j);
        }
        ScalarRows.sigmoidGradientRow(j, n, d, dAt, e, eAt, s, sAt, y, yAt);
    }

    @Override
    public final void sigmoidGradient(int rows, int n, Slice d, Slice s, Slice y) {
        for (int r = 0; r < rows; r++) {
            sigmoidGradientRow(n, d.array(), d.row(r), s.array(), s.row(r), y.array(), y.row(r));
        }
    }

    private static void sigmoidGradientRow(int n, float[] d, int dAt, float[] s, int sAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector vd = fromArray(FLOATS, d, dAt + j);
            FloatVector vs = fromArray(FLOATS, s, sAt + j);
            vd.mul(vs).mul(broadcast(FLOATS, 1f).sub(vs)).intoArray(y, yAt + j);
        }
        ScalarRows.sigmoidGradientRow(j, n, d, dAt, s, sAt, y, yAt);
    }

    @Override
    public final void tanhGradient(int rows, int n, Slice d, Slice e, Slice t, Slice y) {
        for (int r = 0; r < rows; r++) {
            tanhGradientRow(n, d.array(), d.row(r), e.array(), e.row(r), t.array(), t.row(r), y.array(), y.row(r));
        }
    }

    private static void tanhGradientRow(
            int n, float[] d, int dAt, float[] e, int eAt, float[] t, int tAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector vd = fromArray(FLOATS, d, dAt + j);
            FloatVector ve = fromArray(FLOATS, e, eAt + j);
            FloatVector vt = fromArray(FLOATS, t, tAt + j);
            vd.mul(ve).mul(broadcast(FLOATS, 1f).sub(vt.mul(vt))).intoArray(y, yAt + j);
        }
        ScalarRows.tanhGradientRow(j, n, d, dAt, e, eAt, t, tAt, y, yAt);
    }

    @Override
    public final void tanhGradient(int rows, int n, Slice d, Slice t, Slice y) {
        for (int r = 0; r < rows; r++) {
            tanhGradientRow(n, d.array(), d.row(r), t.array(), t.row(r), y.array(), y.row(r));
        }
    }

    private static void tanhGradientRow(int n, float[] d, int dAt, float[] t, int tAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector vd = fromArray(FLOATS, d, dAt + j);
            FloatVector vt = fromArray(FLOATS, t, tAt + j);
            vd.mul(broadcast(FLOATS, 1f).sub(vt.mul(vt))).intoArray(y, yAt + j);
        }
        ScalarRows.tanhGradientRow(j, n, d, dAt, t, tAt, y, yAt);
    }

    @Override
    public final void addTanhGradient(int rows, int n, Slice d, Slice e, Slice t, Slice y) {
        for (int r = 0; r < rows; r++) {
            addTanhGradientRow(n, d.array(), d.row(r), e.array(), e.row(r), t.array(), t.row(r), y.array(), y.row(r));
        }
    }

    private static void addTanhGradientRow(
            int n, float[] d, int dAt, float[] e, int eAt, float[] t, int tAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector vd = fromArray(FLOATS, d, dAt + j);
            FloatVector ve = fromArray(FLOATS, e, eAt + j);
            FloatVector vt = fromArray(FLOATS, t, tAt + j);
            vd.mul(ve)
                    .fma(broadcast(FLOATS, 1f).sub(vt.mul(vt)), fromArray(FLOATS, y, yAt + j))
                    .intoArray(y, yAt + j);
        }
        ScalarRows.addTanhGradientRow(j, n, d, dAt, e, eAt, t, tAt, y, yAt);
    }

    @Override
    public final void reluGradient(int rows, int n, Slice d, Slice v, Slice y) {
        for (int r = 0; r < rows; r++) {
            reluGradientRow(n, d.array(), d.row(r), v.array(), v.row(r), y.array(), y.row(r));
        }
    }

    private static void reluGradientRow(int n, float[] d, int dAt, float[] v, int vAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector vd = fromArray(FLOATS, d, dAt + j);
            FloatVector vv = fromArray(FLOATS, v, vAt + j);
            broadcast(FLOATS, 0f).blend(vd, vv.compare(VectorOperators.GT, 0f)).intoArray(y, yAt + j);
        }
        ScalarRows.reluGradientRow(j, n, d, dAt, v, vAt, y, yAt);
    }

    @Override
    public final void clipGradient(int rows, int n, float limit, Slice d, Slice v, Slice y) {
        for (int r = 0; r < rows; r++) {
            clipGradientRow(n, limit, d.array(), d.row(r), v.array(), v.row(r), y.array(), y.row(r));
        }
    }

    private static void clipGradientRow(
            int n, float limit, float[] d, int dAt, float[] v, int vAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector vd = fromArray(FLOATS, d, dAt + j);
            FloatVector vv = fromArray(FLOATS, v, vAt + j);
            vd.blend(0f, vv.abs().compare(VectorOperators.GT, limit)).intoArray(y, yAt + j);
        }
        ScalarRows.clipGradientRow(j, n, limit, d, dAt, v, vAt, y, yAt);
    }

    @Override
    public final void addColumnProducts(int rows, int n, Slice a, Slice b, float[] y, int yOffset) {
        int j = 0;
        for (; j <= n - 4 * LENGTH; j += 4 * LENGTH) {
            fourColumnProducts(
                    rows, a.array(), a.row(0) + j, a.stride(), b.array(), b.row(0) + j, b.stride(), y, yOffset + j);
        }
        for (; j <= n - LENGTH; j += LENGTH) {
            columnProducts(
                    rows, a.array(), a.row(0) + j, a.stride(), b.array(), b.row(0) + j, b.stride(), y, yOffset + j);
        }
        ScalarRows.addColumnProducts(j, rows, n, a, b, y, yOffset);
    }

    /** Four vectors of columns at a time: whole stretches of a row are read, and no sum waits for the one before. */
    private static void fourColumnProducts(
            int rows, float[] a, int aAt, int aStride, float[] b, int bAt, int bStride, float[] y, int yAt) {
        FloatVector sum0 = fromArray(FLOATS, y, yAt);
        FloatVector sum1 = fromArray(FLOATS, y, yAt + LENGTH);
        FloatVector sum2 = fromArray(FLOATS, y, yAt + 2 * LENGTH);
        FloatVector sum3 = fromArray(FLOATS, y, yAt + 3 * LENGTH);
        for (int r = 0; r < rows; r++) {
            int p = aAt + r * aStride;
            int q = bAt + r * bStride;
            sum0 = fromArray(FLOATS, a, p).fma(fromArray(FLOATS, b, q), sum0);
            sum1 = fromArray(FLOATS, a, p + LENGTH).fma(fromArray(FLOATS, b, q + LENGTH), sum1);
            sum2 = fromArray(FLOATS, a, p + 2 * LENGTH).fma(fromArray(FLOATS, b, q + 2 * LENGTH), sum2);
            sum3 = fromArray(FLOATS, a, p + 3 * LENGTH).fma(fromArray(FLOATS, b, q + 3 * LENGTH), sum3);
        }
        sum0.intoArray(y, yAt);
        sum1.intoArray(y, yAt + LENGTH);
        sum2.intoArray(y, yAt + 2 * LENGTH);
        sum3.intoArray(y, yAt + 3 * LENGTH);
    }

    private static void columnProducts(
            int rows, float[] a, int aAt, int aStride, float[] b, int bAt, int bStride, float[] y, int yAt) {
        FloatVector sum = fromArray(FLOATS, y, yAt);
        for (int r = 0; r < rows; r++) {
            sum = fromArray(FLOATS, a, aAt + r * aStride).fma(fromArray(FLOATS, b, bAt + r * bStride), sum);
        }
        sum.intoArray(y, yAt);
    }
}
