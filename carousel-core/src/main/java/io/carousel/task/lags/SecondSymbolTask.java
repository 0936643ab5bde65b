package io.carousel.task.lags;

import io.carousel.tensor.Rng;
import org.jspecify.annotations.Nullable;

/**
 * Experiment 2c: very long lags, and no regularity on the way.
 *
 * <pre>{@code
 * (b, x or y, q + k symbols drawn from a1 … a_p, e)   →  x or y
 * }</pre>
 *
 * <p>After the first q symbols each further one is, with probability 1/10, the trigger e, upon which the second symbol of
 * the sequence has to be told; so k is 9 on average and may be any. There are p + 4 symbols and two outputs.
 *
 * <p>Source: Hochreiter, Schmidhuber, <i>Long Short-Term Memory</i>, 1997, section 5.2, task 2c.
 *
 * @param lag q, the least number of distractors in a sequence
 * @param distractors p, how many different ones there are
 */
public record SecondSymbolTask(int lag, int distractors) implements LagTask {
    private static final int[][] PAPER = {
        {50, 50, 30_000},
        {100, 100, 31_000},
        {200, 200, 33_000},
        {500, 500, 38_000},
        {1000, 1000, 49_000},
        {1000, 500, 49_000},
        {1000, 200, 75_000},
        {1000, 100, 135_000},
        {1000, 50, 203_000}
    };

    public SecondSymbolTask {
        LagTasks.requireLag("lag", lag, 1);
        LagTasks.requireLag("distractors", distractors, 1);
    }

    @Override
    public String name() {
        return "long-lag";
    }

    @Override
    public String experiment() {
        return "2c";
    }

    @Override
    public String description() {
        return "tell the second symbol after at least q = " + lag + " random ones, drawn from p = " + distractors;
    }

    @Override
    public Integer lagOption() {
        return lag;
    }

    @Override
    public Integer detailOption() {
        return distractors;
    }

    @Override
    public int inputs() {
        return distractors + 4;
    }

    @Override
    public int outputs() {
        return 2;
    }

    @Override
    public boolean everyStep() {
        return false;
    }

    @Override
    public int span() {
        return lag + 12;
    }

    @Override
    public LagSequence sequence(Rng rng) {
        int trigger = distractors;
        int begin = distractors + 1;
        int answer = rng.nextInt(2);
        int suffix = 0;
        while (rng.nextInt(10) > 0) {
            suffix++;
        }
        int[] symbols = new int[lag + suffix + 3];
        symbols[0] = begin;
        symbols[1] = begin + 1 + answer;
        for (int t = 2; t < symbols.length - 1; t++) {
            symbols[t] = rng.nextInt(distractors);
        }
        symbols[symbols.length - 1] = trigger;
        float[][] targets = new float[1][2];
        targets[0][answer] = 1;
        return new LagSequence(new LagSequence.Symbols(symbols, distractors + 4), targets);
    }

    @Override
    public double tolerance() {
        return 0.2;
    }

    @Override
    public LagCriterion criterion() {
        return new LagCriterion.Sample(10_000, Double.POSITIVE_INFINITY, 0, 1_000);
    }

    @Override
    public @Nullable Long paperSequences() {
        for (int[] row : PAPER) {
            if (row[0] == lag && row[1] == distractors) {
                return (long) row[2];
            }
        }
        return null;
    }
}
