package io.carousel.optim;

import io.carousel.kernel.Kernels;
import java.util.List;

/**
 * Stochastic gradient descent, plain, with momentum, or with Nesterov's momentum.
 *
 * <pre>{@code
 * v = momentum v + g
 * w = w - rate v                    w = w - rate (g + momentum v)   with Nesterov's
 * }</pre>
 *
 * <p>Source: Polyak, <i>Some methods of speeding up the convergence of iteration methods</i>, 1964; Sutskever, Martens,
 * Dahl and Hinton, <i>On the importance of initialization and momentum in deep learning</i>, 2013, whose 0.9 is the
 * default.
 *
 * @param momentum from 0, which is none, to below 1
 */
public record Sgd(double momentum, boolean nesterov) implements OptimizerSpec {
    public Sgd {
        Ranges.fraction("momentum", momentum);
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException(
                    "momentum must be positive for Nesterov's, got 0.0; give a momentum such as 0.9");
        }
    }

    public Sgd() {
        this(0.9, false);
    }

    @Override
    public List<String> slotNames() {
        return momentum == 0 ? List.of() : List.of("velocity");
    }

    @Override
    public boolean leavesWeightsWithoutGradient() {
        return momentum == 0;
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
        if (momentum == 0) {
            kernels.axpy(n, (float) -rate, gradient, offset, weights, offset);
        } else {
            kernels.momentumUpdate(n, weights, gradient, slots[0], offset, (float) rate, (float) momentum, nesterov);
        }
    }
}
