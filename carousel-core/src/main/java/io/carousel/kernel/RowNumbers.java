package io.carousel.kernel;

/** The scalar {@link RowKernels} that have one number for each row; the vector ones call the loops of one row for the last columns. */
public final class RowNumbers {
    private RowNumbers() {}

    /** {@link RowKernels#normalize}. */
    static void normalize(int rows, int n, float epsilon, Slice x, Slice y, Slice s) {
        for (int r = 0; r < rows; r++) {
            float mean = Reductions.sum(n, x.array(), x.row(r)) / n;
            subtractRow(0, n, mean, x.array(), x.row(r), y.array(), y.row(r));
            float squares = Reductions.dot(n, y.array(), y.row(r), y.array(), y.row(r));
            float scale = scale(n, squares, epsilon);
            scaleRow(0, n, scale, y.array(), y.row(r), y.array(), y.row(r));
            s.array()[s.row(r)] = scale;
        }
    }

    /** {@code 1 / √(squares / n + ε)}. */
    public static float scale(int n, float squares, float epsilon) {
        return 1f / (float) Math.sqrt(squares / n + epsilon);
    }

    /** {@link RowKernels#normalizeGradient}. */
    static void normalizeGradient(int rows, int n, Slice d, Slice y, Slice s, Slice dx) {
        for (int r = 0; r < rows; r++) {
            float mean = Reductions.sum(n, d.array(), d.row(r)) / n;
            float slope = Reductions.dot(n, d.array(), d.row(r), y.array(), y.row(r)) / n;
            normalizeGradientRow(
                    0,
                    n,
                    mean,
                    slope,
                    s.array()[s.row(r)],
                    d.array(),
                    d.row(r),
                    y.array(),
                    y.row(r),
                    dx.array(),
                    dx.row(r));
        }
    }

    /** {@code dx = scale * fma(-slope, y, d - mean)} for the columns [from, n) of a row. */
    public static void normalizeGradientRow(
            int from,
            int n,
            float mean,
            float slope,
            float scale,
            float[] d,
            int dAt,
            float[] y,
            int yAt,
            float[] dx,
            int dxAt) {
        for (int j = from; j < n; j++) {
            dx[dxAt + j] = scale * Math.fma(-slope, y[yAt + j], d[dAt + j] - mean);
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
