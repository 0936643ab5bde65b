package io.carousel.optim;

import io.carousel.kernel.Kernels;
import java.util.List;

/**
 * Steps divided by a running root mean square of the gradient.
 *
 * <pre>{@code
 * s = decay s + (1 - decay) g²
 * w = w - rate g / (√s + epsilon)
 * }</pre>
 *
 * <p>Source: Tieleman and Hinton, <i>Neural Networks for Machine Learning</i>, lecture 6.5, 2012; the defaults 0.99 and
 * 1e-8 are PyTorch's, after Graves, <i>Generating Sequences With Recurrent Neural Networks</i>, 2013.
 */
public record RmsProp(double decay, double epsilon) implements OptimizerSpec {
    public RmsProp {
        Ranges.fraction("decay", decay);
        Ranges.positive("epsilon", epsilon);
    }

    public RmsProp() {
        this(0.99, 1e-8);
    }

    @Override
    public List<String> slotNames() {
        return List.of("meanSquare");
    }

    @Override
    public void update(
            Kernels kernels,
            int n,
            float[] weights,
            float[] gradient,
            float[][] slots,
            int offset,
            double rate,
            long step) {
        kernels.rmsPropUpdate(
                n, weights, gradient, slots[0], offset, (float) rate, (float) decay, (float) (1 - decay), (float)
                        epsilon);
    }
}
