package io.carousel.task.lags;

import io.carousel.tensor.Rng;

/**
 * Experiments 6a and 6b: the order of two or three symbols that stand far apart.
 *
 * <pre>{@code
 * E, random symbols from a b c d, B           length 100 … 110
 * 6a:  X or Y at t1 in 10 … 20 and t2 in 50 … 60                     four classes
 * 6b:  X or Y at t1 in 10 … 20, t2 in 33 … 43 and t3 in 66 … 76      eight classes
 * }</pre>
 *
 * <p>Source: Hochreiter, Schmidhuber, <i>Long Short-Term Memory</i>, 1997, section 5.6.
 *
 * @param relevant the number of relevant symbols, 2 (6a) or 3 (6b)
 */
public record TemporalOrderTask(int relevant) implements LagTask {
    /** The symbols in the order of the inputs. */
    public static final String SYMBOLS = "EBabcdXY";

    private static final int[][] FIRST_PLACES = {{10, 50}, {10, 33, 66}};

    public TemporalOrderTask {
        if (relevant != 2 && relevant != 3) {
            throw new IllegalArgumentException("relevant symbols must be 2 or 3, got " + relevant);
        }
    }

    @Override
    public String name() {
        return "temporal-order-" + relevant;
    }

    @Override
    public String experiment() {
        return relevant == 2 ? "6a" : "6b";
    }

    @Override
    public String description() {
        return "tell the order of " + (relevant == 2 ? "two" : "three") + " symbols among random ones";
    }

    @Override
    public int inputs() {
        return SYMBOLS.length();
    }

    @Override
    public int outputs() {
        return 1 << relevant;
    }

    @Override
    public boolean everyStep() {
        return false;
    }

    @Override
    public int span() {
        return 110;
    }

    @Override
    public LagSequence sequence(Rng rng) {
        int[] symbols = new int[100 + rng.nextInt(11)];
        for (int t = 1; t < symbols.length - 1; t++) {
            symbols[t] = 2 + rng.nextInt(4);
        }
        symbols[0] = SYMBOLS.indexOf('E');
        symbols[symbols.length - 1] = SYMBOLS.indexOf('B');
        int order = 0;
        for (int firstPlace : FIRST_PLACES[relevant - 2]) {
            int which = rng.nextInt(2);
            symbols[firstPlace + rng.nextInt(11)] = SYMBOLS.indexOf('X') + which;
            order = 2 * order + which;
        }
        float[][] targets = new float[1][outputs()];
        targets[0][order] = 1;
        return new LagSequence(new LagSequence.Symbols(symbols, SYMBOLS.length()), targets);
    }

    @Override
    public double tolerance() {
        return 0.3;
    }

    @Override
    public LagCriterion criterion() {
        return new LagCriterion.Recent(2_000, 0.1, 0);
    }

    @Override
    public Long paperSequences() {
        return relevant == 2 ? 31_390L : 571_100L;
    }
}
