package io.carousel.task.lags;

import io.carousel.tensor.Rng;
import org.jspecify.annotations.Nullable;

/**
 * Experiment 5: the product of the two marked numbers of a long sequence.
 *
 * <pre>{@code
 * values from [0, 1]         target at the end = X1 X2
 * }</pre>
 *
 * <p>Otherwise as {@link AddingTask}. It counts as solved when fewer than {@code wrong} of the 2,000 most recent training
 * sequences are wrong.
 *
 * <p>Source: Hochreiter, Schmidhuber, <i>Long Short-Term Memory</i>, 1997, section 5.5, where {@code wrong} is n_seq.
 *
 * @param lag T
 * @param wrong 140 or, the harder, 13 in the paper
 */
public record MultiplicationTask(int lag, int wrong) implements LagTask {
    public MultiplicationTask {
        MarkedPairs.requireLag(lag);
        LagTasks.requireLag("wrong", wrong, 1);
    }

    @Override
    public String name() {
        return "multiplication";
    }

    @Override
    public String experiment() {
        return "5";
    }

    @Override
    public String description() {
        return "multiply the two marked numbers, fewer than " + wrong + " of 2000 wrong; T = " + lag;
    }

    @Override
    public Integer lagOption() {
        return lag;
    }

    @Override
    public Integer detailOption() {
        return wrong;
    }

    @Override
    public int inputs() {
        return 2;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public boolean everyStep() {
        return false;
    }

    @Override
    public int span() {
        return lag + lag / 10;
    }

    @Override
    public LagSequence sequence(Rng rng) {
        MarkedPairs pairs = MarkedPairs.draw(rng, lag, 0, 1);
        return new LagSequence(
                new LagSequence.Values(pairs.rows(), 2), new float[][] {{pairs.first() * pairs.second()}});
    }

    @Override
    public double tolerance() {
        return 0.04;
    }

    @Override
    public LagCriterion criterion() {
        return new LagCriterion.Recent(2_000, Double.POSITIVE_INFINITY, wrong - 1);
    }

    @Override
    public @Nullable Long paperSequences() {
        if (lag != 100) {
            return null;
        }
        return wrong == 140 ? Long.valueOf(482_000) : wrong == 13 ? Long.valueOf(1_273_000) : null;
    }
}
