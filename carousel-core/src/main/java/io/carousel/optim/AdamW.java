package io.carousel.optim;

import io.carousel.kernel.Kernels;
import java.util.List;

/**
 * {@link Adam} with decoupled weight decay: the weights shrink by {@code rate λ} before the step.
 *
 * <p>Source: Loshchilov and Hutter, <i>Decoupled Weight Decay Regularization</i>, 2017. The defaults are Adam's.
 */
public record AdamW(double beta1, double beta2, double epsilon) implements OptimizerSpec {
    public AdamW {
        Ranges.fraction("beta1", beta1);
        Ranges.fraction("beta2", beta2);
        Ranges.positive("epsilon", epsilon);
    }

    public AdamW() {
        this(0.9, 0.999, 1e-8);
    }

    @Override
    public List<String> slotNames() {
        return List.of("mean", "meanSquare");
    }

    @Override
    public boolean decoupledDecay() {
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
        new Adam(beta1, beta2, epsilon).update(kernels, n, weights, gradient, slots, offset, rate, step);
    }
}
