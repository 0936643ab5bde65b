package io.carousel.autograd;

import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import java.util.function.ToDoubleFunction;

/** Tools of gradient tests. */
public final class Gradients {
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

    /** The derivative of a function by central differences; its error is about {@code 1e-10} of the function's scale. */
    public static double[] centralDifferences(ToDoubleFunction<double[]> function, double[] at) {
        double[] gradient = new double[at.length];
        double[] point = at.clone();
        double h = 1e-5;
        for (int i = 0; i < at.length; i++) {
            point[i] = at[i] + h;
            double above = function.applyAsDouble(point);
            point[i] = at[i] - h;
            double below = function.applyAsDouble(point);
            point[i] = at[i];
            gradient[i] = (above - below) / (2 * h);
        }
        return gradient;
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

    public static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
