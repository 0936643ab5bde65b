package io.carousel.optim;

import io.carousel.kernel.Kernels;
import java.util.List;

/**
 * Adaptive moments: momentum divided by a running root mean square, both corrected for their start at 0.
 *
 * <pre>{@code
 * m = beta1 m + (1 - beta1) g        v = beta2 v + (1 - beta2) g²
 * w = w - rate (m / (1 - beta1^t)) / (√(v / (1 - beta2^t)) + epsilon)
 * }</pre>
 *
 * <p>Source: Kingma and Ba, <i>Adam: A Method for Stochastic Optimization</i>, 2014, whose 0.9, 0.999 and 1e-8 are the
 * defaults. Weight decay is added to the gradient; {@link AdamW} decouples it.
 */
public record Adam(double beta1, double beta2, double epsilon) implements OptimizerSpec {
    public Adam {
        Ranges.fraction("beta1", beta1);
        Ranges.fraction("beta2", beta2);
        Ranges.positive("epsilon", epsilon);
    }

    public Adam() {
        this(0.9, 0.999, 1e-8);
    }

    @Override
    public List<String> slotNames() {
        return List.of("mean", "meanSquare");
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
        double steps = (double) step;
        kernels.adamUpdate(
                n,
                weights,
                gradient,
                slots[0],
                slots[1],
                offset,
                (float) (rate / (1 - StrictMath.pow(beta1, steps))),
                (float) beta1,
                (float) (1 - beta1),
                (float) beta2,
                (float) (1 - beta2),
                (float) epsilon,
                (float) StrictMath.sqrt(1 - StrictMath.pow(beta2, steps)));
    }
}
