package io.carousel.kernel;

import java.util.Arrays;

/**
 * Element-wise operations on operands of {@code [rows, n]}: what the passes of a cell's gates are written with.
 *
 * <p>Every operand is a {@link Slice} with a stride of its own, so that a gate is a block of columns in wider rows, and a
 * stride of 0 applies one row of weights to all. The result {@code y} may be one of the operands (the same array, offset and
 * stride), and must not overlap one otherwise. Rows are contiguous: element (r, j) stands at {@code row(r) + j}.
 */
public interface RowKernels {

    // ---------------------------------------------------------------- y = f(x)

    /** The logistic function {@code 1 / (1 + e^-x)}. */
    void sigmoid(int rows, int n, Slice x, Slice y);

    void tanh(int rows, int n, Slice x, Slice y);

    void exp(int rows, int n, Slice x, Slice y);

    /** The natural logarithm. */
    void log(int rows, int n, Slice x, Slice y);

    /** {@code y = max(x, 0)}; 0 where x is not a number. */
    void relu(int rows, int n, Slice x, Slice y);

    /** {@code y = min(max(x, -limit), limit)}. */
    void clip(int rows, int n, float limit, Slice x, Slice y);

    /** {@code y = x}. */
    default void copy(int rows, int n, Slice x, Slice y) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(x.array(), x.row(r), y.array(), y.row(r), n);
        }
    }

    /** {@code y = value}. */
    default void fill(int rows, int n, float value, Slice y) {
        for (int r = 0; r < rows; r++) {
            Arrays.fill(y.array(), y.row(r), y.row(r) + n, value);
        }
    }

    // ---------------------------------------------------------------- arithmetic

    /** {@code y = a + b}. */
    void add(int rows, int n, Slice a, Slice b, Slice y);

    /** {@code y = a - b}. */
    void subtract(int rows, int n, Slice a, Slice b, Slice y);

    /** {@code y = a * b}. */
    void multiply(int rows, int n, Slice a, Slice b, Slice y);

    /** {@code y = a / b}. */
    void divide(int rows, int n, Slice a, Slice b, Slice y);

    /** {@code y = a > b ? a : b}. */
    void max(int rows, int n, Slice a, Slice b, Slice y);

    /** {@code y = fma(a, b, y)}. */
    void multiplyAdd(int rows, int n, Slice a, Slice b, Slice y);

    /** {@code y = a * (1 - g)}. */
    void multiplyComplement(int rows, int n, Slice a, Slice g, Slice y);

    /** {@code y = d * (a - b)}: the derivative of {@link #mix} by its gate. */
    void multiplyDifference(int rows, int n, Slice d, Slice a, Slice b, Slice y);

    /** {@code y = fma(a, b, c * d)}: what a forget and an input gate make of the old and the new. */
    void gatedSum(int rows, int n, Slice a, Slice b, Slice c, Slice d, Slice y);

    /** {@code y = fma(g, a, (1 - g) * b)}. */
    void mix(int rows, int n, Slice g, Slice a, Slice b, Slice y);

    // ---------------------------------------------------------------- derivatives, from the value of the function

    /** {@code y = d * e * s * (1 - s)}: d and e are factors of the gradient of {@code s = σ(z)}, y that of z. */
    void sigmoidGradient(int rows, int n, Slice d, Slice e, Slice s, Slice y);

    /** {@code y = d * s * (1 - s)}. */
    void sigmoidGradient(int rows, int n, Slice d, Slice s, Slice y);

    /** {@code y = d * e * (1 - t * t)}: d and e are factors of the gradient of {@code t = tanh(z)}, y that of z. */
    void tanhGradient(int rows, int n, Slice d, Slice e, Slice t, Slice y);

    /** {@code y = d * (1 - t * t)}. */
    void tanhGradient(int rows, int n, Slice d, Slice t, Slice y);

    /** {@code y = fma(d * e, 1 - t * t, y)}. */
    void addTanhGradient(int rows, int n, Slice d, Slice e, Slice t, Slice y);

    /** {@code y = v > 0 ? d : 0}: the gradient of z where {@code v = max(z, 0)}. */
    void reluGradient(int rows, int n, Slice d, Slice v, Slice y);

    /** {@code y = |v| > limit ? 0 : d}: the gradient of v where v went through {@link #clip}. */
    void clipGradient(int rows, int n, float limit, Slice d, Slice v, Slice y);

    /** {@code y[j] = fma(a[i, j], b[i, j], y[j])} for i ascending: the gradient of weights that multiply element by element. */
    void addColumnProducts(int rows, int n, Slice a, Slice b, float[] y, int yOffset);

    // ---------------------------------------------------------------- derivatives of a gated state, in place

    /**
     * The derivatives of {@code y = i * g} by the pre-activations of {@code i = σ(z)} and {@code g = tanh(z)}: {@code i = d *
     * g * i * (1 - i)} and {@code g = d * i * (1 - g * g)}, each from the values before.
     */
    void inputGateGradient(int rows, int n, Slice d, Slice i, Slice g);

    /**
     * The derivatives of {@code y = f * c} by the pre-activation of {@code f = σ(z)} and by c: {@code f = d * c * f * (1 -
     * f)} and {@code d = d * f}, each from the values before.
     */
    void forgetGateGradient(int rows, int n, Slice d, Slice c, Slice f);

    /**
     * The derivatives of {@link #mix} with {@code g = σ(z)} and {@code a = tanh(z)}: {@code g = d * (a - b) * g * (1 - g)},
     * {@code a = d * g * (1 - a * a)} and, that of b, {@code d = d * (1 - g)}, each from the values before.
     */
    void mixGradient(int rows, int n, Slice d, Slice b, Slice g, Slice a);

    /**
     * The derivatives of {@link #mix} with {@code g = σ(z)} and any a: {@code g = d * (a - b) * g * (1 - g)}, {@code a = d *
     * g} and, that of b, {@code d = d * (1 - g)}, each from the values before.
     */
    void linearMixGradient(int rows, int n, Slice d, Slice b, Slice g, Slice a);

    // ---------------------------------------------------------------- a number for each row

    /**
     * Layer normalisation: each row with mean 0 and variance 1, then its gain and bias.
     *
     * <pre>{@code
     * m = (Σ x) / n     y = x - m     s = 1 / √((Σ y²) / n + ε)     y = y * s     z = fma(y, gain, bias)
     * }</pre>
     *
     * <p>The sums are those of {@link Kernels#sum} and {@link Kernels#dot}.
     *
     * @param y out: kept for {@link #normalizeGradient}; may be x
     * @param s {@code [rows, 1]} out: kept likewise
     * @param z out; may be the bias
     */
    void normalize(int rows, int n, float epsilon, Slice x, Slice gain, Slice bias, Slice y, Slice s, Slice z);

    /** The same without a bias: {@code z = y * gain}. */
    void normalize(int rows, int n, float epsilon, Slice x, Slice gain, Slice y, Slice s, Slice z);

    /**
     * The derivative of {@link #normalize} by x: {@code e = d * gain}, {@code dx = s * fma(-(Σ e y) / n, y, e - (Σ e) / n)}.
     *
     * @param d the gradient of z
     * @param dx out; may be d
     */
    void normalizeGradient(int rows, int n, Slice d, Slice gain, Slice y, Slice s, Slice dx);

    /**
     * {@code y = s * x}, a number for each row.
     *
     * @param s {@code [rows, 1]}
     */
    void scaleRows(int rows, int n, Slice s, Slice x, Slice y);

    /**
     * {@code y = fma(s, x, y)}, a number for each row.
     *
     * @param s {@code [rows, 1]}
     */
    void addScaledRows(int rows, int n, Slice s, Slice x, Slice y);

    /**
     * {@code y = Σ_j a[i, j] b[i, j]}, the {@link Kernels#dot} of each row.
     *
     * @param y {@code [rows, 1]} out
     */
    void rowDots(int rows, int n, Slice a, Slice b, Slice y);
}
