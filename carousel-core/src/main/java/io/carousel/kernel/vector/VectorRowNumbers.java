package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.carousel.kernel.RowNumbers;
import io.carousel.kernel.Slice;
import jdk.incubator.vector.FloatVector;

/** {@link RowNumbers} on vectors, row by row. */
final class VectorRowNumbers {
    private VectorRowNumbers() {}

    static void normalize(int rows, int n, float epsilon, Slice x, Slice y, Slice s) {
        for (int r = 0; r < rows; r++) {
            float mean = VectorReductions.sum(n, x.array(), x.row(r)) / n;
            subtractRow(n, mean, x.array(), x.row(r), y.array(), y.row(r));
            float squares = VectorReductions.dot(n, y.array(), y.row(r), y.array(), y.row(r));
            float scale = RowNumbers.scale(n, squares, epsilon);
            scaleRow(n, scale, y.array(), y.row(r), y.array(), y.row(r));
            s.array()[s.row(r)] = scale;
        }
    }

    private static void subtractRow(int n, float mean, float[] x, int xAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            fromArray(FLOATS, x, xAt + j).sub(broadcast(FLOATS, mean)).intoArray(y, yAt + j);
        }
        RowNumbers.subtractRow(j, n, mean, x, xAt, y, yAt);
    }

    static void normalizeGradient(int rows, int n, Slice d, Slice y, Slice s, Slice dx) {
        for (int r = 0; r < rows; r++) {
            float mean = VectorReductions.sum(n, d.array(), d.row(r)) / n;
            float slope = VectorReductions.dot(n, d.array(), d.row(r), y.array(), y.row(r)) / n;
            float scale = s.array()[s.row(r)];
            gradientRow(n, mean, slope, scale, d.array(), d.row(r), y.array(), y.row(r), dx.array(), dx.row(r));
        }
    }

    private static void gradientRow(
            int n, float mean, float slope, float scale, float[] d, int dAt, float[] y, int yAt, float[] dx, int dxAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector centred = fromArray(FLOATS, d, dAt + j).sub(broadcast(FLOATS, mean));
            fromArray(FLOATS, y, yAt + j)
                    .fma(broadcast(FLOATS, -slope), centred)
                    .mul(broadcast(FLOATS, scale))
                    .intoArray(dx, dxAt + j);
        }
        RowNumbers.normalizeGradientRow(j, n, mean, slope, scale, d, dAt, y, yAt, dx, dxAt);
    }

    static void scaleRows(int rows, int n, Slice s, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            scaleRow(n, s.array()[s.row(r)], x.array(), x.row(r), y.array(), y.row(r));
        }
    }

    private static void scaleRow(int n, float s, float[] x, int xAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            fromArray(FLOATS, x, xAt + j).mul(broadcast(FLOATS, s)).intoArray(y, yAt + j);
        }
        RowNumbers.scaleRow(j, n, s, x, xAt, y, yAt);
    }

    static void addScaledRows(int rows, int n, Slice s, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            addScaledRow(n, s.array()[s.row(r)], x.array(), x.row(r), y.array(), y.row(r));
        }
    }

    private static void addScaledRow(int n, float s, float[] x, int xAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            fromArray(FLOATS, x, xAt + j)
                    .fma(broadcast(FLOATS, s), fromArray(FLOATS, y, yAt + j))
                    .intoArray(y, yAt + j);
        }
        RowNumbers.addScaledRow(j, n, s, x, xAt, y, yAt);
    }

    static void rowDots(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            y.array()[y.row(r)] = VectorReductions.dot(n, a.array(), a.row(r), b.array(), b.row(r));
        }
    }
}
