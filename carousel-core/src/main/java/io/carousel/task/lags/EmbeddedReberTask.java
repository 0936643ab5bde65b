package io.carousel.task.lags;

import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Experiment 1: predicting the next symbol of the embedded Reber grammar.
 *
 * <pre>{@code
 * B (T reber T | P reber P) E
 * reber = B, then a walk through the states, then E
 *   0: T → 1, P → 2    1: S → 1, X → 3    2: T → 2, V → 4
 *   3: X → 2, S → 5    4: P → 3, V → 5    5: E
 * }</pre>
 *
 * <p>The last symbol but one is the second, which must be remembered over the whole of the inner string. Training
 * sequences are drawn from a set of 256 strings; a string is right when at each time step the legal next symbols are the
 * most active outputs, and the problem is solved when all strings of the training set and of a test set of 256 are. The
 * two sets are drawn alike, so that a short string may be in both.
 *
 * <p>Source: Hochreiter, Schmidhuber, <i>Long Short-Term Memory</i>, 1997, section 5.1; the grammar: Smith, Zipser,
 * <i>Learning sequential structures with the real-time recurrent learning algorithm</i>, 1989.
 */
public record EmbeddedReberTask() implements LagTask {
    /** The symbols in the order of inputs and outputs. */
    public static final String SYMBOLS = "BTSXPVE";

    /** The strings of the training set, and of the test set. */
    public static final int SET = 256;

    private static final String[] EDGES = {"TP", "SX", "TV", "XS", "PV", "E"};
    private static final int[][] NEXT = {{1, 2}, {1, 3}, {2, 4}, {2, 5}, {3, 5}, {6}};

    @Override
    public String name() {
        return "reber";
    }

    @Override
    public String experiment() {
        return "1";
    }

    @Override
    public String description() {
        return "embedded Reber grammar: predict the next symbol, the last but one from the second";
    }

    @Override
    public int inputs() {
        return SYMBOLS.length();
    }

    @Override
    public int outputs() {
        return SYMBOLS.length();
    }

    @Override
    public boolean everyStep() {
        return true;
    }

    @Override
    public int span() {
        return 20;
    }

    @Override
    public LagSequence sequence(Rng rng) {
        String outer = rng.nextInt(2) == 0 ? "T" : "P";
        StringBuilder string = new StringBuilder("B").append(outer).append('B');
        List<String> legal = new ArrayList<>(List.of("TP", "B"));
        for (int state = 0; state < EDGES.length; ) {
            legal.add(EDGES[state]);
            int edge = rng.nextInt(EDGES[state].length());
            string.append(EDGES[state].charAt(edge));
            state = NEXT[state][edge];
        }
        string.append(outer).append('E');
        legal.add(outer);
        legal.add("E");
        return sequence(string.toString(), legal);
    }

    private static LagSequence sequence(String string, List<String> legal) {
        int length = string.length() - 1;
        int[] symbols = new int[length];
        float[][] targets = new float[length][];
        float[][] truth = new float[length][];
        for (int t = 0; t < length; t++) {
            symbols[t] = SYMBOLS.indexOf(string.charAt(t));
            targets[t] = row(string.substring(t + 1, t + 2));
            truth[t] = row(legal.get(t));
        }
        return new LagSequence(new LagSequence.Symbols(symbols, SYMBOLS.length()), targets, truth);
    }

    private static float[] row(String active) {
        float[] row = new float[SYMBOLS.length()];
        active.chars().forEach(symbol -> row[SYMBOLS.indexOf(symbol)] = 1);
        return row;
    }

    @Override
    public LagSequence training(Rng rng, long number) {
        int string = rng.stream("training").stream(number).nextInt(SET);
        return sequence(rng.stream("training set").stream(string));
    }

    /** The training set, then the test set. */
    @Override
    public LagSequence sampled(Rng rng, long round, int number) {
        return number < SET
                ? sequence(rng.stream("training set").stream(number))
                : sequence(rng.stream("test set").stream(number - SET));
    }

    /** The part of the time steps at which an illegal symbol is as active as a legal one. */
    @Override
    public double error(LagSequence sequence, float[][] outputs) {
        int wrong = 0;
        for (int t = 0; t < outputs.length; t++) {
            float[] legal = sequence.truth()[t];
            float leastLegal = Float.POSITIVE_INFINITY;
            float mostIllegal = Float.NEGATIVE_INFINITY;
            for (int symbol = 0; symbol < legal.length; symbol++) {
                if (legal[symbol] > 0) {
                    leastLegal = Math.min(leastLegal, outputs[t][symbol]);
                } else {
                    mostIllegal = Math.max(mostIllegal, outputs[t][symbol]);
                }
            }
            wrong += leastLegal > mostIllegal ? 0 : 1;
        }
        return (double) wrong / outputs.length;
    }

    /** Any wrong time step makes the string wrong. */
    @Override
    public double tolerance() {
        return Double.MIN_VALUE;
    }

    @Override
    public LagCriterion criterion() {
        return new LagCriterion.Sample(2 * SET, Double.POSITIVE_INFINITY, 0, 100);
    }

    /** The best of the paper's five settings, which all 30 trials solved; the others took 9,500 to 39,740. */
    @Override
    public Long paperSequences() {
        return 8_440L;
    }

    /** The string of a sequence, without its last symbol, which is never an input. */
    static String text(LagSequence sequence) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(((LagSequence.Symbols) sequence.inputs()).symbols())
                .forEach(symbol -> text.append(SYMBOLS.charAt(symbol)));
        return text.toString();
    }
}
