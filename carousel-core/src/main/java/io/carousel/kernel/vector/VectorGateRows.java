package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.carousel.kernel.GateRows;
import io.carousel.kernel.Slice;
import jdk.incubator.vector.FloatVector;

/** {@link GateRows} on vectors, row by row. */
final class VectorGateRows {
    private VectorGateRows() {}

    static void inputGateGradient(int rows, int n, Slice d, Slice i, Slice g) {
        for (int r = 0; r < rows; r++) {
            inputGateGradientRow(n, d.array(), d.row(r), i.array(), i.row(r), g.array(), g.row(r));
        }
    }

    private static void inputGateGradientRow(int n, float[] d, int dAt, float[] i, int iAt, float[] g, int gAt) {
        FloatVector one = broadcast(FLOATS, 1f);
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector dj = fromArray(FLOATS, d, dAt + j);
            FloatVector ij = fromArray(FLOATS, i, iAt + j);
            FloatVector gj = fromArray(FLOATS, g, gAt + j);
            dj.mul(gj).mul(ij).mul(one.sub(ij)).intoArray(i, iAt + j);
            dj.mul(ij).mul(one.sub(gj.mul(gj))).intoArray(g, gAt + j);
        }
        GateRows.inputGateGradientRow(j, n, d, dAt, i, iAt, g, gAt);
    }

    static void forgetGateGradient(int rows, int n, Slice d, Slice c, Slice f) {
        for (int r = 0; r < rows; r++) {
            forgetGateGradientRow(n, d.array(), d.row(r), c.array(), c.row(r), f.array(), f.row(r));
        }
    }

    private static void forgetGateGradientRow(int n, float[] d, int dAt, float[] c, int cAt, float[] f, int fAt) {
        FloatVector one = broadcast(FLOATS, 1f);
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector dj = fromArray(FLOATS, d, dAt + j);
            FloatVector fj = fromArray(FLOATS, f, fAt + j);
            dj.mul(fromArray(FLOATS, c, cAt + j)).mul(fj).mul(one.sub(fj)).intoArray(f, fAt + j);
            dj.mul(fj).intoArray(d, dAt + j);
        }
        GateRows.forgetGateGradientRow(j, n, d, dAt, c, cAt, f, fAt);
    }

    static void mixGradient(int rows, int n, Slice d, Slice b, Slice g, Slice a) {
        for (int r = 0; r < rows; r++) {
            mixGradientRow(n, d.array(), d.row(r), b.array(), b.row(r), g.array(), g.row(r), a.array(), a.row(r));
        }
    }

    private static void mixGradientRow(
            int n, float[] d, int dAt, float[] b, int bAt, float[] g, int gAt, float[] a, int aAt) {
        FloatVector one = broadcast(FLOATS, 1f);
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector dj = fromArray(FLOATS, d, dAt + j);
            FloatVector gj = fromArray(FLOATS, g, gAt + j);
            FloatVector aj = fromArray(FLOATS, a, aAt + j);
            dj.mul(aj.sub(fromArray(FLOATS, b, bAt + j)))
                    .mul(gj)
                    .mul(one.sub(gj))
                    .intoArray(g, gAt + j);
            dj.mul(gj).mul(one.sub(aj.mul(aj))).intoArray(a, aAt + j);
            dj.mul(one.sub(gj)).intoArray(d, dAt + j);
        }
        GateRows.mixGradientRow(j, n, d, dAt, b, bAt, g, gAt, a, aAt);
    }

    static void linearMixGradient(int rows, int n, Slice d, Slice b, Slice g, Slice a) {
        for (int r = 0; r < rows; r++) {
            linearMixGradientRow(n, d.array(), d.row(r), b.array(), b.row(r), g.array(), g.row(r), a.array(), a.row(r));
        }
    }

    private static void linearMixGradientRow(
            int n, float[] d, int dAt, float[] b, int bAt, float[] g, int gAt, float[] a, int aAt) {
        FloatVector one = broadcast(FLOATS, 1f);
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector dj = fromArray(FLOATS, d, dAt + j);
            FloatVector gj = fromArray(FLOATS, g, gAt + j);
            FloatVector aj = fromArray(FLOATS, a, aAt + j);
            dj.mul(aj.sub(fromArray(FLOATS, b, bAt + j)))
                    .mul(gj)
                    .mul(one.sub(gj))
                    .intoArray(g, gAt + j);
            dj.mul(gj).intoArray(a, aAt + j);
            dj.mul(one.sub(gj)).intoArray(d, dAt + j);
        }
        GateRows.linearMixGradientRow(j, n, d, dAt, b, bAt, g, gAt, a, aAt);
    }
}
