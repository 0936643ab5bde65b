package io.carousel.kernel;

/**
 * What a kernel computes: loops over {@code float[]} with offsets.
 *
 * <p>Kernels check nothing, allocate nothing (except {@link #allocate}) and remember nothing. The scalar implementation
 * is the truth; a vector implementation gives the same bits, for every width, because both add in the same order:
 *
 * <ul>
 *   <li>a product accumulates each element of its result over the inner dimension, in ascending order, with {@code fma};
 *   <li>a reduction keeps {@value #LANES} virtual lanes (element {@code i} belongs to lane {@code i % LANES}) that are
 *       added at the end by halves: lane {@code j} and {@code j + 8}, then {@code j + 4}, {@code j + 2}, {@code j + 1};
 *   <li>an elementary function is a fixed sequence of {@code + - * / fma} and bit operations.
 * </ul>
 *
 * <p>Arrays named differently do not overlap unless a method says that they may be the same.
 */
public interface Kernels extends RowKernels {
    /** The number of virtual lanes of a reduction. */
    int LANES = 16;

    /** The fastest kernels that this machine and the options of this JVM allow; chosen once, logged once. */
    static Kernels best() {
        return KernelSelection.best();
    }

    /** A short name for logs and provenance, such as {@code "vector-512"} or {@code "scalar"}. */
    String name();

    // ---------------------------------------------------------------- products

    /** A packed matrix for an operand of {@code [rows, columns]}, to be filled by {@link #pack}. */
    PackedMatrix allocate(int rows, int columns);

    /**
     * A packed matrix for products of one row, such as a time step of one sequence: {@link #pack} fills it and {@link #multiply}
     * takes it, if A is not transposed, with any number of rows, but is made for one.
     */
    PackedMatrix allocate(int rows, int columns, WeightStore store);

    /**
     * Fills {@code into} from a row-major source.
     *
     * @param transposed {@code false}: the source is {@code [rows, columns]}, element (r, c) at {@code offset + r * stride
     *     + c}; {@code true}: the source is {@code [columns, rows]}, element (r, c) at {@code offset + c * stride + r}
     */
    void pack(float[] source, int offset, int stride, boolean transposed, PackedMatrix into);

    /**
     * {@code C = A·B} or, when accumulating, {@code C = C + A·B}; {@code A} is {@code [m, k]} with k = {@code b.rows()},
     * {@code C} is {@code [m, n]} with n = {@code b.columns()}.
     *
     * <p>Each element is the chain {@code c = fma(a[i, p], b[p, j], c)} for p = 0, 1, …, k - 1, started at 0 or at the
     * element of {@code C}.
     *
     * @param aTransposed {@code false}: element (i, p) of A at {@code aOffset + i * aStride + p}; {@code true}: at {@code
     *     aOffset + p * aStride + i}
     */
    void multiply(
            int m,
            float[] a,
            int aOffset,
            int aStride,
            boolean aTransposed,
            PackedMatrix b,
            float[] c,
            int cOffset,
            int cStride,
            boolean accumulate);

    /**
     * Two products of rows that a time step needs one after the other: {@code C = C + A·B}, then {@code F = F + D·E}, where F may
     * be C.
     *
     * <p>Parts of both that fit together may take turns, and those that are read last now be read first in the next time step,
     * while they are still in a cache; the chain of each element is that of {@link #multiply}.
     *
     * @param back whether to begin with the last columns: {@code true} in every other time step
     */
    default void multiplyTwo(int m, boolean back, Slice a, PackedMatrix b, Slice c, Slice d, PackedMatrix e, Slice f) {
        multiply(m, a.array(), a.offset(), a.stride(), false, b, c.array(), c.offset(), c.stride(), true);
        multiply(m, d.array(), d.offset(), d.stride(), false, e, f.array(), f.offset(), f.stride(), true);
    }

    // ---------------------------------------------------------------- y = f(x); x and y may be the same

    void exp(int n, float[] x, int xOffset, float[] y, int yOffset);

    /** The natural logarithm. */
    void log(int n, float[] x, int xOffset, float[] y, int yOffset);

    void tanh(int n, float[] x, int xOffset, float[] y, int yOffset);

    /** The logistic function {@code 1 / (1 + e^-x)}. */
    void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset);

    // ---------------------------------------------------------------- vector operations

    /** {@code y += x}. */
    void add(int n, float[] x, int xOffset, float[] y, int yOffset);

    /** {@code y = fma(a, x, y)}. */
    void axpy(int n, float a, float[] x, int xOffset, float[] y, int yOffset);

    /** {@code x *= a}. */
    void scale(int n, float a, float[] x, int xOffset);

    /** {@code z = x * y}, element by element; z may be x or y. */
    void multiplyElements(int n, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset);

    /** {@code z = fma(x, y, z)}, element by element. */
    void multiplyAddElements(int n, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset);

    /** The sum in {@value #LANES} virtual lanes. */
    float sum(int n, float[] x, int xOffset);

    /** The scalar product, lanes as {@link #sum}, each lane a chain of {@code fma}. */
    float dot(int n, float[] x, int xOffset, float[] y, int yOffset);

    /** {@code y[j] += Σ_i x[i, j]}, rows added in ascending order: the gradient of a bias. */
    void addColumnSums(int rows, int columns, float[] x, int xOffset, int xStride, float[] y, int yOffset);

    /**
     * Each row of {@code y [rows, columns]} becomes {@code x [columns]}: a product that starts from its bias. x may be a row
     * of the same array that is not written.
     */
    void broadcastRow(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int yStride);

    // ---------------------------------------------------------------- LSTM gates

    /**
     * The gates and the cell update of one LSTM time step.
     *
     * <pre>{@code
     * i = σ(z_i)   f = σ(z_f)   g = tanh(z_g)   o = σ(z_o)
     * c = fma(f, cPrevious, i * g)      h = o * tanh(c)
     * }</pre>
     *
     * @param z {@code [rows, 4H]} in the order i, f, g, o; pre-activations in, gates out
     * @param c {@code [rows, H]} out; may be {@code cPrevious} at the same offset
     * @param tanhC {@code [rows, H]} out: kept for the backward pass
     * @param h {@code [rows, H]} out
     */
    void lstmForward(int rows, int hiddenSize, Slice z, Slice cPrevious, Slice c, Slice tanhC, Slice h);

    /**
     * The backward pass of {@link #lstmForward}.
     *
     * <pre>{@code
     * do = dh * tanhC                    dc' = fma(dh * o, 1 - tanhC², dc)
     * dz_o = do * o * (1 - o)            dz_i = dc' * g * i * (1 - i)
     * dz_g = dc' * i * (1 - g²)          dz_f = dc' * cPrevious * f * (1 - f)
     * dc = dc' * f
     * }</pre>
     *
     * @param gates {@code [rows, 4H]} as {@link #lstmForward} left them in; the gradient dz of the pre-activations out
     * @param dh {@code [rows, H]} in
     * @param dc {@code [rows, H]} in: the gradient of c from the next time step; out: the gradient of cPrevious
     */
    void lstmBackward(int rows, int hiddenSize, Slice gates, Slice cPrevious, Slice tanhC, Slice dh, Slice dc);

    // ---------------------------------------------------------------- gates of a gated recurrent unit

    /**
     * The gates and the update of one time step of a gated recurrent unit whose reset gate acts after the recurrent product.
     *
     * <pre>{@code
     * r = σ(a_r + (q_r + d_r))   z = σ(a_z + (q_z + d_z))
     * q_n = q_n + d_n            n = tanh(fma(r, q_n, a_n))
     * h = fma(z, hPrevious, (1 - z) * n)
     * }</pre>
     *
     * @param a {@code [rows, 3H]} in the order r, z, n; pre-activations of the input in, gates out
     * @param q {@code [rows, 3H]}: the recurrent products; the last third has its bias added, the others stay
     * @param d {@code [3H]}: the recurrent biases, a slice of stride 0
     * @param h {@code [rows, H]} out; may be {@code hPrevious} at the same offset
     */
    void gruForward(int rows, int hiddenSize, Slice a, Slice q, Slice d, Slice hPrevious, Slice h);

    /**
     * The backward pass of {@link #gruForward}.
     *
     * <pre>{@code
     * da_n = dh * (1 - z) * (1 - n²)              dq_n = da_n * r
     * da_r = da_n * q_n * r * (1 - r)             dq_r = da_r
     * da_z = dh * (hPrevious - n) * z * (1 - z)   dq_z = da_z
     * dh = dh * z
     * }</pre>
     *
     * @param gates {@code [rows, 3H]} as {@link #gruForward} left them in; da out
     * @param q {@code [rows, 3H]} as {@link #gruForward} left it in; dq out
     * @param dh {@code [rows, H]} in: the gradient of h; out: that of hPrevious without the recurrent products
     */
    void gruBackward(int rows, int hiddenSize, Slice gates, Slice q, Slice hPrevious, Slice dh);

    // ---------------------------------------------------------------- exponential gates

    /**
     * The exponents of exponential gates, the greater of which becomes 0; where nothing has been stored yet, and n is 0, that of
     * the input gate does, whichever is greater.
     *
     * <pre>{@code
     * e = f + m     mNext = n ≠ 0 and e > i ? e : i     f = e - mNext > 87 ? 87 : e - mNext     i = i - mNext
     * }</pre>
     *
     * <p>The bound keeps {@code exp f} finite, so that 0 times it is 0; only where n is 0 is it met.
     *
     * @param i {@code [rows, H]}: the logarithm of the input gate in, its exponent out
     * @param f {@code [rows, H]}: the logarithm of the forget gate in, its exponent out
     * @param n {@code [rows, H]}: the normalizer before the time step
     * @param mNext {@code [rows, H]} out; may be m at the same offset
     */
    void stabilize(int rows, int hiddenSize, Slice i, Slice f, Slice n, Slice m, Slice mNext);

    /**
     * The state and the output of a time step with exponential gates.
     *
     * <pre>{@code
     * cNext = fma(f, c, i * g)     nNext = fma(f, n, i)     ratio = cNext / nNext     h = o * ratio
     * }</pre>
     *
     * @param gates {@code [rows, 4H]} in the order i, p, g, o, where p is not used
     * @param saved {@code [rows, 2H]}: f in, ratio out
     * @param cNext {@code [rows, H]} out; may be c at the same offset
     * @param nNext {@code [rows, H]} out; may be n at the same offset
     */
    void exponentialForward(
            int rows, int hiddenSize, Slice gates, Slice saved, Slice c, Slice n, Slice cNext, Slice nNext, Slice h);

    /**
     * The backward pass of {@link #exponentialForward} and {@link #stabilize}, where {@code ln p} was the f that they got.
     *
     * <pre>{@code
     * s = dh * o / nNext     dc' = dc + s     dn' = dn - s * ratio
     * α = (dc' * g + dn') * i     φ = fma(dc', c, dn' * n) * f
     * dm' = dm - α - φ            k = n ≠ 0 and f - i > 0 ? dm' : 0
     * dz_i = α + dm' - k          dz_p = (φ + k) * (1 - p)
     * dz_g = dc' * i * (1 - g²)   dz_o = dh * ratio * o * (1 - o)
     * dc = dc' * f     dn = dn' * f     dm = φ + k
     * }</pre>
     *
     * @param gates {@code [rows, 4H]} in the order i, p, g, o; the gradient dz of the pre-activations out
     * @param saved {@code [rows, 2H]}: f and ratio
     * @param dc {@code [rows, H]} in: the gradient of cNext; out: that of c; likewise dn and dm
     */
    void exponentialBackward(
            int rows,
            int hiddenSize,
            Slice gates,
            Slice saved,
            Slice c,
            Slice n,
            Slice nNext,
            Slice dh,
            Slice dc,
            Slice dn,
            Slice dm);

    // ---------------------------------------------------------------- softmax down columns

    /**
     * The numerators of a softmax whose classes stand one below the other, and their sums.
     *
     * <pre>{@code
     * x[i, j] = e^(x[i, j] - m[j])      s[j] = s[j] + x[i, j]      for i ascending
     * }</pre>
     *
     * @param x {@code [rows, n]} in and out
     * @param m {@code [n]}: at least the largest of each column, so that no exponential overflows
     * @param s {@code [n]} in and out
     */
    void shiftedExp(int rows, int n, Slice x, float[] m, int mOffset, float[] s, int sOffset);

    // ---------------------------------------------------------------- updates of optimisers

    /**
     * Momentum: {@code v = fma(momentum, v, g)}; {@code w = fma(-rate, nesterov ? fma(momentum, v, g) : v, w)}. Without
     * momentum use {@link #axpy}.
     */
    void momentumUpdate(
            int n, float[] w, float[] g, float[] v, int offset, float rate, float momentum, boolean nesterov);

    /**
     * Adam: {@code m = fma(beta1, m, rest1 * g)}, {@code v = fma(beta2, v, (rest2 * g) * g)}, {@code w = fma(-rate, m /
     * (sqrt(v) / rootCorrection + epsilon), w)}.
     *
     * <p>The rests {@code 1 - beta} are rounded from the exact difference by the caller: {@code 1f - 0.999f} would be wrong
     * by five parts in a hundred thousand.
     *
     * @param rate the learning rate divided by {@code 1 - beta1^t}
     * @param rootCorrection the root of {@code 1 - beta2^t}
     */
    void adamUpdate(
            int n,
            float[] w,
            float[] g,
            float[] m,
            float[] v,
            int offset,
            float rate,
            float beta1,
            float rest1,
            float beta2,
            float rest2,
            float epsilon,
            float rootCorrection);

    /**
     * RMSProp: {@code s = fma(decay, s, (rest * g) * g)}; {@code w = fma(-rate, g / (sqrt(s) + epsilon), w)}; the rest is
     * {@code 1 - decay}, as for {@link #adamUpdate}.
     */
    void rmsPropUpdate(
            int n, float[] w, float[] g, float[] s, int offset, float rate, float decay, float rest, float epsilon);

    /** Adagrad: {@code s = fma(g, g, s)}; {@code w = fma(-rate, g / (sqrt(s) + epsilon), w)}. */
    void adagradUpdate(int n, float[] w, float[] g, float[] s, int offset, float rate, float epsilon);

    /** {@code x = min(max(x, -limit), limit)}. */
    void clip(int n, float limit, float[] x, int xOffset);
}
