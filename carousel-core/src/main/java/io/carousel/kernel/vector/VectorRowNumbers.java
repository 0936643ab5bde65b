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

    static void normalize(int rows, int n, float epsilon, Slice x, Slice gain, Slice bias, Slice y, Slice s, Slice z) {
        for (int r = 0; r < rows; r++) {
            float scale = centre(r, n, epsilon, x, y, s);
            affineRow(r, n, scale, gain, bias, y, z);
        }
    }

    static void normalize(int rows, int n, float epsilon, Slice x, Slice gain, Slice y, Slice s, Slice z) {
        for (int r = 0; r < rows; r++) {
            float scale = centre(r, n, epsilon, x, y, s);
            affineRow(r, n, scale, gain, y, z);
        }
    }

    private static float centre(int row, int n, float epsilon, Slice x, Slice y, Slice s) {
        float mean = VectorReductions.sum(n, x.array(), x.row(row)) / n;
        subtractRow(n, mean, x.array(), x.row(row), y.array(), y.row(row));
        float squares = VectorReductions.dot(n, y.array(), y.row(row), y.array(), y.row(row));
        s.array()[s.row(row)] = RowNumbers.scale(n, squares, epsilon);
        return s.array()[s.row(row)];
    }

    private static void affineRow(int row, int n, float scale, Slice gain, Slice bias, Slice y, Slice z) {
        int gainAt = gain.row(row);
        int biasAt = bias.row(row);
        int yAt = y.row(row);
        int zAt = z.row(row);
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector normal = fromArray(FLOATS, y.array(), yAt + j).mul(broadcast(FLOATS, scale));
            normal.intoArray(y.array(), yAt + j);
            normal.fma(fromArray(FLOATS, gain.array(), gainAt + j), fromArray(FLOATS, bias.array(), biasAt + j))
                    .intoArray(z.array(), zAt + j);
        }
        RowNumbers.affineRow(j, row, n, scale, gain, bias, y, z);
    }

    private static void affineRow(int row, int n, float scale, Slice gain, Slice y, Slice z) {
        int gainAt = gain.row(row);
        int yAt = y.row(row);
        int zAt = z.row(row);
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector normal = fromArray(FLOATS, y.array(), yAt + j).mul(broadcast(FLOATS, scale));
            normal.intoArray(y.array(), yAt + j);
            normal.mul(fromArray(FLOATS, gain.array(), gainAt + j)).intoArray(z.array(), zAt + j);
        }
        RowNumbers.affineRow(j, row, n, scale, gain, y, z);
    }

    private static void subtractRow(int n, float mean, float[] x, int xAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            fromArray(FLOATS, x, xAt + j).sub(broadcast(FLOATS, mean)).intoArray(y, yAt + j);
        }
        RowNumbers.subtractRow(j, n, mean, x, xAt, y, yAt);
    }

    static void normalizeGradient(int rows, int n, Slice d, Slice gain, Slice y, Slice s, Slice dx) {
        for (int r = 0; r < rows; r++) {
            float[] e = dx.array();
            int at = dx.row(r);
            VectorRows.multiplyRow(n, d.array(), d.row(r), gain.array(), gain.row(r), e, at);
            float mean = VectorReductions.sum(n, e, at) / n;
            float slope = VectorReductions.dot(n, e, at, y.array(), y.row(r)) / n;
            gradientRow(n, mean, slope, s.array()[s.row(r)], e, at, y.array(), y.row(r));
        }
    }

    private static void gradientRow(
            int n, float mean, float slope, float scale, float[] e, int eAt, float[] y, int yAt) {
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector centred = fromArray(FLOATS, e, eAt + j).sub(broadcast(FLOATS, mean));
            fromArray(FLOATS, y, yAt + j)
                    .fma(broadcast(FLOATS, -slope), centred)
                    .mul(broadcast(FLOATS, scale))
                    .intoArray(e, eAt + j);
        }
        RowNumbers.normalizeGradientRow(j, n, mean, slope, scale, e, eAt, y, yAt);
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
