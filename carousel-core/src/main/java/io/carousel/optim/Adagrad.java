package io.carousel.optim;

import io.carousel.kernel.Kernels;
import java.util.List;

/**
 * Steps divided by the root of the sum of all squared gradients so far.
 *
 * <pre>{@code
 * s = s + g²
 * w = w - rate g / (√s + epsilon)
 * }</pre>
 *
 * <p>Source: Duchi, Hazan and Singer, <i>Adaptive Subgradient Methods for Online Learning and Stochastic Optimization</i>,
 * 2011; the default 1e-10 is PyTorch's.
 */
public record Adagrad(double epsilon) implements OptimizerSpec {
    public Adagrad {
        Ranges.positive("epsilon", epsilon);
    }

    public Adagrad() {
        this(1e-10);
    }

    @Override
    public List<String> slotNames() {
        return List.of("sumOfSquares");
    }

    @Override
    public boolean leavesWeightsWithoutGradient() {
        return true;
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
        kernels.adagradUpdate(n, weights, gradient, slots[0], offset, (float) rate, (float) epsilon);
    }
}
