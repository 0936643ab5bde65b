package io.carousel.task.lags;

import io.carousel.tensor.Rng;
import org.jspecify.annotations.Nullable;

/**
 * Experiment 4: the sum of the two marked numbers of a long sequence.
 *
 * <pre>{@code
 * values from [-1, 1]        target at the end = 0.5 + (X1 + X2) / 4
 * }</pre>
 *
 * <p>Length is from T to T + T / 10; the first mark is among the first ten pairs, the second among the first T / 2 - 1 that
 * are left, so the least time lag is T / 2.
 *
 * <p>Source: Hochreiter, Schmidhuber, <i>Long Short-Term Memory</i>, 1997, section 5.4.
 *
 * @param lag T
 */
public record AddingTask(int lag) implements LagTask {
    public AddingTask {
        MarkedPairs.requireLag(lag);
    }

    @Override
    public String name() {
        return "adding";
    }

    @Override
    public String experiment() {
        return "4";
    }

    @Override
    public String description() {
        return "add the two marked numbers; T = " + lag;
    }

    @Override
    public Integer lagOption() {
        return lag;
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
        MarkedPairs pairs = MarkedPairs.draw(rng, lag, -1, 0);
        float target = 0.5f + (pairs.first() + pairs.second()) / 4;
        return new LagSequence(new LagSequence.Values(pairs.rows(), 2), new float[][] {{target}});
    }

    @Override
    public double tolerance() {
        return 0.04;
    }

    @Override
    public LagCriterion criterion() {
        return new LagCriterion.Recent(2_000, 0.01, 0);
    }

    @Override
    public @Nullable Long paperSequences() {
        return switch (lag) {
            case 100 -> 74_000L;
            case 500 -> 209_000L;
            case 1000 -> 853_000L;
            default -> null;
        };
    }
}
