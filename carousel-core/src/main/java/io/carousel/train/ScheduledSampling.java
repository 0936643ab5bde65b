package io.carousel.train;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How often a decoder reads in training what it gave itself in the time step before, and not what it should have given.
 *
 * <p>The probability that it is told the truth falls with the updates i:
 *
 * <pre>{@code
 * linear            max(least, 1 - i / k)
 * exponential       max(least, (1 - 1 / k)^i)
 * inverse sigmoid   max(least, k / (k + e^(i / k)))
 * }</pre>
 *
 * <p>Source: Bengio, Vinyals, Jaitly, Shazeer, <i>Scheduled Sampling for Sequence Prediction with Recurrent Neural Networks</i>, 2015.
 *
 * @param k how many updates it takes; more is slower
 * @param least the probability that is left in the end, in [0, 1]
 */
public record ScheduledSampling(Decay decay, double k, double least) {
    /** How the probability falls. */
    public enum Decay {
        @JsonProperty("linear")
        LINEAR,
        @JsonProperty("exponential")
        EXPONENTIAL,
        @JsonProperty("inverse-sigmoid")
        INVERSE_SIGMOID
    }

    public ScheduledSampling {
        if (!(k >= 1) || Double.isInfinite(k)) {
            throw new IllegalArgumentException("updates of scheduled sampling must be finite and at least 1, got " + k);
        }
        if (!(least >= 0 && least <= 1)) {
            throw new IllegalArgumentException(
                    "least probability of scheduled sampling must be in [0, 1], got " + least);
        }
    }

    /** The probability that a time step is told the truth in the update with that number, from 0. */
    public double truth(long update) {
        double probability =
                switch (decay) {
                    case LINEAR -> 1 - (double) update / k;
                    case EXPONENTIAL -> StrictMath.pow(1 - 1 / k, (double) update);
                    case INVERSE_SIGMOID -> k / (k + StrictMath.exp((double) update / k));
                };
        return Math.max(least, probability);
    }
}
