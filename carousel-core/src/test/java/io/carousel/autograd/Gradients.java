package io.carousel.autograd;

import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import java.util.function.ToDoubleFunction;

/** Tools of gradient tests. */
public final class Gradients {
    private static final double STEP = 1e-5;
    private static final double WIDE = 1e-2;

    private Gradients() {}

    /** {@code Σ weights ⊙ x}: a scalar that lets every element of {@code x} count differently. */
    public static Variable weightedSum(Tape tape, Variable x, float[] weights) {
        Tensor value = x.value();
        Tensor sum = tape.workspace().zeros(1);
        for (int i = 0; i < value.size(); i++) {
            sum.data()[sum.offset()] += weights[i] * value.data()[value.offset() + i];
        }
        return tape.record(
                sum,
                gradient -> {
                    Tensor dx = x.gradient();
                    for (int i = 0; i < value.size(); i++) {
                        dx.data()[dx.offset() + i] += gradient.data()[gradient.offset()] * weights[i];
                    }
                },
                x);
    }

    /** The derivative of a function by central differences, see {@link #differencesError}. */
    public static double[] centralDifferences(ToDoubleFunction<double[]> function, double[] at) {
        double[] gradient = new double[at.length];
        double[] point = at.clone();
        for (int i = 0; i < at.length; i++) {
            point[i] = at[i] + STEP;
            double above = function.applyAsDouble(point);
            point[i] = at[i] - STEP;
            double below = function.applyAsDouble(point);
            point[i] = at[i];
            gradient[i] = (above - below) / (2 * STEP);
        }
        return gradient;
    }

    /**
     * The error of {@link #centralDifferences} with a step {@code h}:
     *
     * <pre>{@code
     * h² |f'''| / 6          what the series of Taylor leaves out
     * + n 2^-53 |f| / h      n roundings of f above and as many below, over 2 h
     * + 2^-53 |x| |f'| / h   the rounding of x + h and of x - h
     * }</pre>
     *
     * <p>The third derivative is the largest along any element, by the differences of four values of the function; their
     * step is wide, so that they are not made of roundings, and their own error is covered by counting them twice.
     *
     * @param gradient what {@link #centralDifferences} gave
     * @param roundings the longest path of the function
     * @param size the sum of the sizes of the terms that the function adds
     */
    public static double differencesError(
            ToDoubleFunction<double[]> function, double[] at, double[] gradient, int roundings, double size) {
        double third = 0;
        double[] point = at.clone();
        for (int i = 0; i < at.length; i++) {
            double sum = 0;
            for (int k : new int[] {-2, -1, 1, 2}) {
                point[i] = at[i] + k * WIDE;
                sum += (Math.abs(k) == 1 ? -2 : 1) * Math.signum(k) * function.applyAsDouble(point);
            }
            point[i] = at[i];
            third = Math.max(third, Math.abs(sum) / (2 * WIDE * WIDE * WIDE));
        }
        return STEP * STEP / 6 * 2 * third
                + roundings * 0x1p-53 * size / STEP
                + 0x1p-53 * largest(at) * largest(gradient) / STEP;
    }

    /** Normal numbers times {@code scale}. */
    public static float[] normal(Rng rng, int count, double scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (scale * rng.nextGaussian());
        }
        return values;
    }

    public static double[] toDouble(float[] values) {
        double[] copy = new double[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values[i];
        }
        return copy;
    }

    /**
     * The bound for a float32 sum whose longest path has that many roundings: each is at most half a unit in the last place
     * of a number no larger than {@code magnitude}.
     */
    public static double bound(int roundings, double magnitude) {
        return roundings * 0x1p-24 * Math.max(1, magnitude);
    }

    /** The sum of the sizes. */
    public static double sizes(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += Math.abs(value);
        }
        return sum;
    }

    public static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
