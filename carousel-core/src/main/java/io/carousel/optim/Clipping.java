package io.carousel.optim;

import io.carousel.kernel.Kernels;

/**
 * Keeps a gradient from being too large.
 *
 * <p>Source: Pascanu, Mikolov and Bengio, <i>On the difficulty of training Recurrent Neural Networks</i>, 2012.
 */
public final class Clipping {
    /** The norm adds the squares of this many elements at a time, so that sharing the work does not change a bit. */
    public static final int CHUNK = 4096;

    private Clipping() {}

    /** The Euclidean norm over all elements. */
    public static double norm(Kernels kernels, float[] gradient) {
        double sum = 0;
        for (int from = 0; from < gradient.length; from += CHUNK) {
            sum += squares(kernels, gradient, from, Math.min(from + CHUNK, gradient.length));
        }
        return Math.sqrt(sum);
    }

    /** The sum of the squares of one chunk; in {@code double} where {@code float} is too narrow. */
    public static double squares(Kernels kernels, float[] gradient, int from, int to) {
        float sum = kernels.dot(to - from, gradient, from, gradient, from);
        if (sum > 1e-30f && sum < Float.POSITIVE_INFINITY) {
            return sum;
        }
        double wide = 0;
        for (int i = from; i < to; i++) {
            wide += (double) gradient[i] * gradient[i];
        }
        return wide;
    }

    /** What to multiply a gradient of that norm with: PyTorch's {@code min(1, limit / (norm + 1e-6))}. */
    public static double factor(double norm, double limit) {
        return Math.min(1, limit / (norm + 1e-6));
    }

    /**
     * Scales the gradient so that its norm is at most {@code limit}.
     *
     * @return the norm before
     */
    public static double byNorm(Kernels kernels, float[] gradient, double limit) {
        Ranges.positive("clip norm", limit);
        double norm = norm(kernels, gradient);
        double factor = factor(norm, limit);
        if (factor < 1) {
            kernels.scale(gradient.length, (float) factor, gradient, 0);
        }
        return norm;
    }

    /** Moves every element into {@code [-limit, limit]}. */
    public static void byValue(Kernels kernels, float[] gradient, double limit) {
        Ranges.positive("clip value", limit);
        kernels.clip(gradient.length, (float) limit, gradient, 0);
    }
}
