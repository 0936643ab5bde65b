package io.carousel.task.lags;

import io.carousel.tensor.Rng;
import org.jspecify.annotations.Nullable;

/**
 * Experiments 2a and 2b: predicting each next symbol, the last of which is the first.
 *
 * <pre>{@code
 * 2a:  (y, a1, a2, …, a_p-1, y)  or  (x, a1, a2, …, a_p-1, x)
 * 2b:  the same with p - 1 symbols drawn from a1 … a_p-1 in between
 * }</pre>
 *
 * <p>There are p + 1 symbols. A sequence of 2a is right when all outputs at all time steps are, one of 2b when those at its
 * end are, since nothing else can be predicted. The paper asks for 10,000 right sequences one after the other once training
 * is over.
 *
 * <p>Source: Hochreiter, Schmidhuber, <i>Long Short-Term Memory</i>, 1997, section 5.2, tasks 2a and 2b.
 *
 * @param distractors whether the symbols in between are drawn (2b) or always the same (2a)
 * @param lag p, the number of time steps from the first symbol to the last; 100 in the paper
 */
public record FirstSymbolTask(boolean distractors, int lag) implements LagTask {
    public FirstSymbolTask {
        LagTasks.requireLag("lag", lag, 2);
    }

    @Override
    public String name() {
        return distractors ? "distractors" : "noise-free";
    }

    @Override
    public String experiment() {
        return distractors ? "2b" : "2a";
    }

    @Override
    public String description() {
        return (distractors ? "random symbols" : "always the same symbols")
                + " between the first symbol and the last, which is the first; p = " + lag;
    }

    @Override
    public Integer lagOption() {
        return lag;
    }

    @Override
    public int inputs() {
        return lag + 1;
    }

    @Override
    public int outputs() {
        return lag + 1;
    }

    @Override
    public boolean everyStep() {
        return true;
    }

    @Override
    public int span() {
        return lag;
    }

    @Override
    public LagSequence sequence(Rng rng) {
        int first = lag - 1 + rng.nextInt(2);
        int[] symbols = new int[lag];
        symbols[0] = first;
        for (int t = 1; t < lag; t++) {
            symbols[t] = distractors ? rng.nextInt(lag - 1) : t - 1;
        }
        float[][] targets = new float[lag][lag + 1];
        for (int t = 0; t < lag; t++) {
            targets[t][t + 1 < lag ? symbols[t + 1] : first] = 1;
        }
        return new LagSequence(new LagSequence.Symbols(symbols, lag + 1), targets);
    }

    @Override
    public double error(LagSequence sequence, float[][] outputs) {
        return distractors
                ? LagTask.difference(sequence.truth()[lag - 1], outputs[lag - 1])
                : LagTask.super.error(sequence, outputs);
    }

    @Override
    public double tolerance() {
        return 0.25;
    }

    @Override
    public LagCriterion criterion() {
        return new LagCriterion.Sample(10_000, Double.POSITIVE_INFINITY, 0, 100);
    }

    @Override
    public @Nullable Long paperSequences() {
        if (lag != 100) {
            return null;
        }
        return distractors ? 5_680L : 5_040L;
    }
}
