package io.carousel.task.lags;

import io.carousel.train.TrainingPlan;
import org.jspecify.annotations.Nullable;

/**
 * How a problem is trained: all that decides the result apart from problem, cell and seed.
 *
 * @param hidden H, the size of the one recurrent layer
 * @param span the time for which the memory should hold at first, in time steps, by the chrono initialisation: forget gates
 *     start with biases log u, input gates with -log u, where u is drawn from 1 to span; 0 leaves the cell's own biases
 * @param inputBias what the biases of input gates are instead of -log u; null for that
 * @param shortcut whether the outputs read the inputs too, beside the recurrent layer, as all of the paper's networks do
 * @param loss what is made small
 * @param endWeight how many times the last target of a sequence counts in the loss; 1 is as often as any other
 * @param sequences the most training sequences; a schedule of learning rates runs over them
 * @param plan batches, learning rate, optimiser, clipping; its epochs and seed are not used
 */
public record LagSetting(
        int hidden,
        int span,
        @Nullable Double inputBias,
        boolean shortcut,
        LagLoss loss,
        int endWeight,
        int sequences,
        TrainingPlan plan) {
    public LagSetting {
        if (hidden < 1) {
            throw new IllegalArgumentException("hidden size must be positive, got " + hidden);
        }
        if (span < 0) {
            throw new IllegalArgumentException(
                    "span must not be negative, got " + span + "; 0 for the cell's own biases");
        }
        if (endWeight < 1) {
            throw new IllegalArgumentException("weight of the last target must be positive, got " + endWeight);
        }
        if (sequences < 1) {
            throw new IllegalArgumentException("training sequences must be positive, got " + sequences);
        }
    }

    public LagSetting withHidden(int size) {
        return new LagSetting(size, span, inputBias, shortcut, loss, endWeight, sequences, plan);
    }

    public LagSetting withSpan(int steps) {
        return new LagSetting(hidden, steps, inputBias, shortcut, loss, endWeight, sequences, plan);
    }

    public LagSetting withInputBias(@Nullable Double bias) {
        return new LagSetting(hidden, span, bias, shortcut, loss, endWeight, sequences, plan);
    }

    public LagSetting withEndWeight(int times) {
        return new LagSetting(hidden, span, inputBias, shortcut, loss, times, sequences, plan);
    }

    public LagSetting withSequences(int most) {
        return new LagSetting(hidden, span, inputBias, shortcut, loss, endWeight, most, plan);
    }

    public LagSetting withPlan(TrainingPlan other) {
        return new LagSetting(hidden, span, inputBias, shortcut, loss, endWeight, sequences, other);
    }
}
