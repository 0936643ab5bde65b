package io.carousel.task.lags;

/** When a problem counts as solved, as the paper says it. */
public sealed interface LagCriterion permits LagCriterion.Recent, LagCriterion.Sample {
    /** The number of sequences that it looks at. */
    int sequences();

    /** What their mean error must be below; infinite for any. */
    double meanErrorBelow();

    /** How many of them may be wrong. */
    int wrongAtMost();

    /** Whether sequences with that many wrong ones and that mean error are good enough. */
    default boolean met(int wrong, double meanError) {
        return wrong <= wrongAtMost() && meanError < meanErrorBelow();
    }

    /** Looks at the most recent training sequences, each as it was before the update that it caused. */
    record Recent(int sequences, double meanErrorBelow, int wrongAtMost) implements LagCriterion {}

    /**
     * Looks, now and then, at a sample of sequences that are not trained on and do not count as used.
     *
     * @param every the number of training sequences from one look to the next
     */
    record Sample(int sequences, double meanErrorBelow, int wrongAtMost, int every) implements LagCriterion {}
}
