package io.carousel.kernel;

/** The scalar {@link RowKernels}; the vector ones call the loops of one row for the columns that do not fill a vector. */
public final class ScalarRows {
    private ScalarRows() {}

    /** {@link RowKernels#sigmoid}. */
    public static void sigmoid(int rows, int n, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = Elementary.sigmoid(x.array()[x.row(r) + j]);
            }
        }
    }

    /** {@link RowKernels#tanh}. */
    public static void tanh(int rows, int n, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = Elementary.tanh(x.array()[x.row(r) + j]);
            }
        }
    }

    /** {@link RowKernels#exp}. */
    public static void exp(int rows, int n, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = Elementary.exp(x.array()[x.row(r) + j]);
            }
        }
    }

    /** {@link RowKernels#log}. */
    public static void log(int rows, int n, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = Elementary.log(x.array()[x.row(r) + j]);
            }
        }
    }

    /** {@link RowKernels#relu}. */
    public static void relu(int rows, int n, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = x.array()[x.row(r) + j] > 0 ? x.array()[x.row(r) + j] : 0f;
            }
        }
    }

    /** {@link RowKernels#clip}. */
    public static void clip(int rows, int n, float limit, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = Math.min(Math.max(x.array()[x.row(r) + j], -limit), limit);
            }
        }
    }

    /** {@link RowKernels#copy}. */
    public static void copy(int rows, int n, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = x.array()[x.row(r) + j];
            }
        }
    }

    /** {@link RowKernels#fill}. */
    public static void fill(int rows, int n, float value, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = value;
            }
        }
    }

    /** {@link RowKernels#add}. */
    public static void add(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = a.array()[a.row(r) + j] + b.array()[b.row(r) + j];
            }
        }
    }

    /** {@link RowKernels#subtract}. */
    public static void subtract(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = a.array()[a.row(r) + j] - b.array()[b.row(r) + j];
            }
        }
    }

    /** {@link RowKernels#multiply}. */
    public static void multiply(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = a.array()[a.row(r) + j] * b.array()[b.row(r) + j];
            }
        }
    }

    /** {@link RowKernels#divide}. */
    public static void divide(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = a.array()[a.row(r) + j] / b.array()[b.row(r) + j];
            }
        }
    }

    /** {@link RowKernels#max}. */
    public static void max(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = a.array()[a.row(r) + j] > b.array()[b.row(r) + j]
                        ? a.array()[a.row(r) + j]
                        : b.array()[b.row(r) + j];
            }
        }
    }

    /** {@link RowKernels#multiplyAdd}. */
    public static void multiplyAdd(int rows, int n, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] =
                        Math.fma(a.array()[a.row(r) + j], b.array()[b.row(r) + j], y.array()[y.row(r) + j]);
            }
        }
    }

    /** {@link RowKernels#multiplyComplement}. */
    public static void multiplyComplement(int rows, int n, Slice a, Slice g, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = a.array()[a.row(r) + j] * (1f - g.array()[g.row(r) + j]);
            }
        }
    }

    /** {@link RowKernels#multiplyDifference}. */
    public static void multiplyDifference(int rows, int n, Slice d, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = d.array()[d.row(r) + j] * (a.array()[a.row(r) + j] - b.array()[b.row(r) + j]);
            }
        }
    }

    /** {@link RowKernels#gatedSum}. */
    public static void gatedSum(int rows, int n, Slice a, Slice b, Slice c, Slice d, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = Math.fma(
                        a.array()[a.row(r) + j],
                        b.array()[b.row(r) + j],
                        c.array()[c.row(r) + j] * d.array()[d.row(r) + j]);
            }
        }
    }

    /** {@link RowKernels#mix}. */
    public static void mix(int rows, int n, Slice g, Slice a, Slice b, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = Math.fma(
                        g.array()[g.row(r) + j],
                        a.array()[a.row(r) + j],
                        (1f - g.array()[g.row(r) + j]) * b.array()[b.row(r) + j]);
            }
        }
    }

    /** {@link RowKernels#sigmoidGradient(int, int, Slice, Slice, Slice, Slice)}. */
    public static void sigmoidGradient(int rows, int n, Slice d, Slice e, Slice s, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = d.array()[d.row(r) + j]
                        * e.array()[e.row(r) + j]
                        * s.array()[s.row(r) + j]
                        * (1f - s.array()[s.row(r) + j]);
            }
        }
    }

    /** {@link RowKernels#sigmoidGradient(int, int, Slice, Slice, Slice)}. */
    public static void sigmoidGradient(int rows, int n, Slice d, Slice s, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] =
                        d.array()[d.row(r) + j] * s.array()[s.row(r) + j] * (1f - s.array()[s.row(r) + j]);
            }
        }
    }

    /** {@link RowKernels#tanhGradient(int, int, Slice, Slice, Slice, Slice)}. */
    public static void tanhGradient(int rows, int n, Slice d, Slice e, Slice t, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = d.array()[d.row(r) + j]
                        * e.array()[e.row(r) + j]
                        * (1f - t.array()[t.row(r) + j] * t.array()[t.row(r) + j]);
            }
        }
    }

    /** {@link RowKernels#tanhGradient(int, int, Slice, Slice, Slice)}. */
    public static void tanhGradient(int rows, int n, Slice d, Slice t, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] =
                        d.array()[d.row(r) + j] * (1f - t.array()[t.row(r) + j] * t.array()[t.row(r) + j]);
            }
        }
    }

    /** {@link RowKernels#addTanhGradient}. */
    public static void addTanhGradient(int rows, int n, Slice d, Slice e, Slice t, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = Math.fma(
                        d.array()[d.row(r) + j] * e.array()[e.row(r) + j],
                        1f - t.array()[t.row(r) + j] * t.array()[t.row(r) + j],
                        y.array()[y.row(r) + j]);
            }
        }
    }

    /** {@link RowKernels#reluGradient}. */
    public static void reluGradient(int rows, int n, Slice d, Slice v, Slice y) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y.array()[y.row(r) + j] = v.array()[v.row(r) + j] > 0 ? d.array()[d.row(r) + j] : 0f;
            }
        }
    }

    /** {@link RowKernels#addColumnProducts}. */
    public static void addColumnProducts(int rows, int n, Slice a, Slice b, float[] y, int yOffset) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                y[yOffset + j] = Math.fma(a.array()[a.row(r) + j], b.array()[b.row(r) + j], y[yOffset + j]);
            }
        }
    }
}
