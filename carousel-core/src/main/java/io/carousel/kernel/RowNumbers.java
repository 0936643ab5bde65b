package io.carousel.kernel;

/** The scalar {@link RowKernels} that have one number for each row; the vector ones call the loops of one row for the last columns. */
public final class RowNumbers {
    private RowNumbers() {}

    /** {@link RowKernels#normalize}. */
    static void normalize(int rows, int n, float epsilon, Slice x, Slice gain, Slice bias, Slice y, Slice s, Slice z) {
        for (int r = 0; r < rows; r++) {
            float scale = centre(r, n, epsilon, x, y, s);
            affineRow(0, r, n, scale, gain, bias, y, z);
        }
    }

    /** {@link RowKernels#normalize} without a bias. */
    static void normalize(int rows, int n, float epsilon, Slice x, Slice gain, Slice y, Slice s, Slice z) {
        for (int r = 0; r < rows; r++) {
            float scale = centre(r, n, epsilon, x, y, s);
            affineRow(0, r, n, scale, gain, y, z);
        }
    }

    private static float centre(int row, int n, float epsilon, Slice x, Slice y, Slice s) {
        float mean = Reductions.sum(n, x.array(), x.row(row)) / n;
        subtractRow(0, n, mean, x.array(), x.row(row), y.array(), y.row(row));
        float squares = Reductions.dot(n, y.array(), y.row(row), y.array(), y.row(row));
        s.array()[s.row(row)] = scale(n, squares, epsilon);
        return s.array()[s.row(row)];
    }

    /** {@code y = scale * y; z = fma(y, gain, bias)} for the columns [from, n) of a row. */
    public static void affineRow(int from, int row, int n, float scale, Slice gain, Slice bias, Slice y, Slice z) {
        for (int j = from; j < n; j++) {
            float normal = scale * y.array()[y.row(row) + j];
            y.array()[y.row(row) + j] = normal;
            z.array()[z.row(row) + j] =
                    Math.fma(normal, gain.array()[gain.row(row) + j], bias.array()[bias.row(row) + j]);
        }
    }

    /** {@code y = scale * y; z = y * gain} for the columns [from, n) of a row. */
    public static void affineRow(int from, int row, int n, float scale, Slice gain, Slice y, Slice z) {
        for (int j = from; j < n; j++) {
            float normal = scale * y.array()[y.row(row) + j];
            y.array()[y.row(row) + j] = normal;
            z.array()[z.row(row) + j] = normal * gain.array()[gain.row(row) + j];
        }
    }

    /** {@code 1 / √(squares / n + ε)}. */
    public static float scale(int n, float squares, float epsilon) {
        return 1f / (float) Math.sqrt(squares / n + epsilon);
    }

    /** {@link RowKernels#normalizeGradient}. */
    static void normalizeGradient(int rows, int n, Slice d, Slice gain, Slice y, Slice s, Slice dx) {
        for (int r = 0; r < rows; r++) {
            float[] e = dx.array();
            int at = dx.row(r);
            ScalarRows.multiplyRow(0, n, d.array(), d.row(r), gain.array(), gain.row(r), e, at);
            float mean = Reductions.sum(n, e, at) / n;
            float slope = Reductions.dot(n, e, at, y.array(), y.row(r)) / n;
            normalizeGradientRow(0, n, mean, slope, s.array()[s.row(r)], e, at, y.array(), y.row(r));
        }
    }

    /** {@code e = scale * fma(-slope, y, e - mean)} for the columns [from, n) of a row. */
    public static void normalizeGradientRow(
            int from, int n, float mean, float slope, float scale, float[] e, int eAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            e[eAt + j] = scale * Math.fma(-slope, y[yAt + j], e[eAt + j] - mean);
        }
    }

    /** {@code y = x - mean} for the columns [from, n) of a row. */
    public static void subtractRow(int from, int n, float mean, float[] x, int xAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = x[xAt + j] - mean;
        }
    }

    /** {@link RowKernels#scaleRows}. */
    static void scaleRows(int rows, int n, Slice s, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            scaleRow(0, n, s.array()[s.row(r)], x.array(), x.row(r), y.array(), y.row(r));
        }
    }

    /** {@link RowKernels#scaleRows} for the columns [from, n) of a row. */
    public static void scaleRow(int from, int n, float s, float[] x, int xAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = s * x[xAt + j];
        }
    }

    /** {@link RowKernels#addScaledRows}. */
    static void addScaledRows(int rows, int n, Slice s, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            addScaledRow(0, n, s.array()[s.row(r)], x.array(), x.row(r), y.array(), y.row(r));
        }
    }

    /** {@link RowKernels#addScaledRows} for the columns [from, n) of a row. */
    public static void addScaledRow(int from, int n, float s, float[] x, int xAt, float[] y, int yAt) {
        for (int j = from; j < n; j++) {
            y[yAt + j] = Math.fma(s, x[xAt + j], y[yAt + j]);
        }
    }

    /** {@link RowKernels#rowDots}. */
    static void rowDots(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            y.array()[y.row(r)] = Reductions.dot(n, a.array(), a.row(r), b.array(), b.row(r));
        }
    }
}
