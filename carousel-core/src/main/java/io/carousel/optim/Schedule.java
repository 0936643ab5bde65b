package io.carousel.optim;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How the learning rate changes: records that print as JSON, told apart by their {@code "type"}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Schedule.Constant.class, name = "constant"),
    @JsonSubTypes.Type(value = Schedule.Step.class, name = "step"),
    @JsonSubTypes.Type(value = Schedule.StepAfter.class, name = "stepAfter"),
    @JsonSubTypes.Type(value = Schedule.CosineWithWarmUp.class, name = "cosineWithWarmUp"),
    @JsonSubTypes.Type(value = Schedule.ReduceOnPlateau.class, name = "reduceOnPlateau")
})
public sealed interface Schedule {
    /**
     * What the plan's learning rate is multiplied with.
     *
     * @param step the number of updates before this one, over all epochs
     * @param totalSteps the updates of the whole plan
     */
    double factor(long step, long stepsPerEpoch, long totalSteps, Plateau plateau);

    /** What is known of plateaus after one more epoch with that validation loss. */
    default Plateau after(Plateau plateau, double validationLoss) {
        return plateau;
    }

    /** Whether {@link #after} matters, so that the training needs validation examples. */
    default boolean watchesValidation() {
        return false;
    }

    /** The same rate all the time. */
    record Constant() implements Schedule {
        @Override
        public double factor(long step, long stepsPerEpoch, long totalSteps, Plateau plateau) {
            return 1;
        }
    }

    /**
     * A rate that is multiplied with {@code factor} every so many epochs.
     *
     * @param factor in (0, 1]
     */
    record Step(int everyEpochs, double factor) implements Schedule {
        public Step {
            Ranges.positive("everyEpochs", everyEpochs);
            atMostOne("factor", factor);
            Ranges.positive("factor", factor);
        }

        @Override
        public double factor(long step, long stepsPerEpoch, long totalSteps, Plateau plateau) {
            long times = step / stepsPerEpoch / everyEpochs;
            return StrictMath.pow(factor, (double) times);
        }
    }

    /**
     * The same rate for some epochs, then one that is multiplied with {@code factor} before every epoch.
     *
     * <p>Source: Zaremba, Sutskever, Vinyals, <i>Recurrent Neural Network Regularization</i>, 2014: 4 epochs, then half of it
     * each time.
     *
     * @param epochs those before the first change
     * @param factor in (0, 1]
     */
    record StepAfter(int epochs, double factor) implements Schedule {
        public StepAfter {
            Ranges.positive("epochs", epochs);
            atMostOne("factor", factor);
            Ranges.positive("factor", factor);
        }

        @Override
        public double factor(long step, long stepsPerEpoch, long totalSteps, Plateau plateau) {
            long times = Math.max(0, step / stepsPerEpoch - epochs + 1);
            return StrictMath.pow(factor, (double) times);
        }
    }

    /**
     * A rate that rises in a line over the first steps, then falls along half a cosine.
     *
     * <p>Source: Goyal et al., <i>Accurate, Large Minibatch SGD</i>, 2017, for the warm-up; Loshchilov and Hutter,
     * <i>SGDR: Stochastic Gradient Descent with Warm Restarts</i>, 2016, for the cosine (here without restarts).
     *
     * @param warmUpSteps the updates that the rise takes, 0 for none
     * @param lastFactor what the fall ends at, in [0, 1]
     */
    record CosineWithWarmUp(long warmUpSteps, double lastFactor) implements Schedule {
        public CosineWithWarmUp {
            if (warmUpSteps < 0) {
                throw new IllegalArgumentException("warmUpSteps must not be negative, got " + warmUpSteps);
            }
            atMostOne("lastFactor", lastFactor);
        }

        @Override
        public double factor(long step, long stepsPerEpoch, long totalSteps, Plateau plateau) {
            if (step < warmUpSteps) {
                return (step + 1) / (double) warmUpSteps;
            }
            double part = (step - warmUpSteps) / (double) Math.max(1, totalSteps - warmUpSteps);
            return lastFactor + (1 - lastFactor) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * Math.min(1, part)));
        }
    }

    /**
     * A rate that is multiplied with {@code factor} when the validation loss has not fallen for more than {@code patience}
     * epochs; the defaults 0.1, 10, 1e-4 and 0 are PyTorch's.
     *
     * @param factor in (0, 1)
     * @param threshold the part of the best loss by which a loss must be less to count as fallen
     * @param leastFactor where reducing ends, in [0, 1]
     */
    record ReduceOnPlateau(double factor, int patience, double threshold, double leastFactor) implements Schedule {
        public ReduceOnPlateau {
            Ranges.fraction("factor", factor);
            Ranges.positive("factor", factor);
            Ranges.fraction("threshold", threshold);
            atMostOne("leastFactor", leastFactor);
            if (patience < 0) {
                throw new IllegalArgumentException("patience must not be negative, got " + patience);
            }
        }

        public ReduceOnPlateau() {
            this(0.1, 10, 1e-4, 0);
        }

        @Override
        public double factor(long step, long stepsPerEpoch, long totalSteps, Plateau plateau) {
            return plateau.factor();
        }

        @Override
        public Plateau after(Plateau plateau, double validationLoss) {
            Double best = plateau.best();
            if (best == null || validationLoss < best - threshold * Math.abs(best)) {
                return new Plateau(validationLoss, 0, plateau.factor());
            }
            int epochs = plateau.epochs() + 1;
            return epochs > patience
                    ? new Plateau(best, 0, Math.max(plateau.factor() * factor, leastFactor))
                    : new Plateau(best, epochs, plateau.factor());
        }

        @Override
        public boolean watchesValidation() {
            return true;
        }
    }

    private static void atMostOne(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must be from 0 to 1, got " + value);
        }
    }
}
