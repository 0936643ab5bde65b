package io.carousel.optim;

import io.carousel.kernel.Kernels;

/**
 * Keeps a gradient from being too large: what a training asks on the way, for one range of weights after the other.
 *
 * <p>Source: Pascanu, Mikolov and Bengio, <i>On the difficulty of training Recurrent Neural Networks</i>, 2012.
 */
public final class Clipping {
    /** The norm adds the squares of this many elements at a time, so that sharing the work does not change a bit. */
    public static final int CHUNK = 4096;

    private Clipping() {}

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
}
