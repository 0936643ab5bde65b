package io.carousel.optim;

import io.carousel.kernel.Kernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plain gradient descent whose result is the mean of the weights after each of the later updates.
 *
 * <pre>{@code
 * w = w - rate g
 * a = a + (w - a) / k        k-th update since averaging began
 * }</pre>
 *
 * <p>Descent goes on from w; what is validated and kept is a. Averaging begins after a number of epochs (Polyak and Juditsky,
 * <i>Acceleration of Stochastic Approximation by Averaging</i>, 1992), or when the validation loss stops falling: after the
 * first epoch whose loss is above the least of all but the last {@code patience} before it (Merity, Keskar, Socher,
 * <i>Regularizing and Optimizing LSTM Language Models</i>, 2017, whose patience is 5).
 *
 * @param afterEpochs the epochs before averaging; 0 where patience decides
 * @param patience n, or 0 to average after {@code afterEpochs}
 */
public record AveragedSgd(int afterEpochs, int patience) implements OptimizerSpec {
    /** What the rule keeps for each weight. */
    static final String AVERAGE = "average";

    public AveragedSgd {
        if (afterEpochs < 0 || patience < 0 || (afterEpochs > 0 && patience > 0)) {
            throw new IllegalArgumentException("averaging must begin after some epochs or by patience, got "
                    + afterEpochs + " epochs and a patience of " + patience + "; set one of them to 0");
        }
    }

    /** Averaging that begins when the validation loss stops falling, with a patience of 5. */
    public AveragedSgd() {
        this(0, 5);
    }

    /** Averaging after so many epochs. */
    public static AveragedSgd after(int epochs) {
        return new AveragedSgd(epochs, 0);
    }

    /** Averaging that begins when the validation loss stops falling. */
    public static AveragedSgd triggered(int patience) {
        if (patience < 1) {
            throw new IllegalArgumentException("patience of averaging must be at least 1, got " + patience);
        }
        return new AveragedSgd(0, patience);
    }

    /** Whether validation losses decide, so that the training needs validation examples. */
    public boolean watchesValidation() {
        return patience > 0;
    }

    /**
     * The mean over the later half of the epochs, where no validation loss tells when to begin.
     *
     * <p>Source: Rakhlin, Shamir, Sridharan, <i>Making Gradient Descent Optimal for Strongly Convex Stochastic
     * Optimization</i>, 2012, with α = 1/2.
     */
    @Override
    public AveragedSgd withoutValidation(int epochs) {
        return watchesValidation() ? after(epochs / 2) : this;
    }

    /**
     * After how many epochs averaging begins; -1 when that is not known yet.
     *
     * @param validationLosses of the epochs so far
     */
    public int begins(List<@Nullable Double> validationLosses) {
        if (patience == 0) {
            return validationLosses.size() >= afterEpochs ? afterEpochs : -1;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int t = patience + 1; t < validationLosses.size(); t++) {
            Double old = validationLosses.get(t - patience - 1);
            Double now = validationLosses.get(t);
            least = old == null ? least : Math.min(least, old);
            if (now != null && now > least) {
                return t + 1;
            }
        }
        return -1;
    }

    @Override
    public List<String> slotNames() {
        return List.of(AVERAGE);
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
        kernels.axpy(n, (float) -rate, gradient, offset, weights, offset);
    }

    /**
     * Adds weights to their mean.
     *
     * @param count k, these weights included
     */
    static void average(Kernels kernels, int n, float[] weights, float[] mean, int offset, long count) {
        if (count == 1) {
            System.arraycopy(weights, offset, mean, offset, n);
        } else {
            kernels.scale(n, (float) (1 - 1.0 / count), mean, offset);
            kernels.axpy(n, (float) (1.0 / count), weights, offset, mean, offset);
        }
    }
}
