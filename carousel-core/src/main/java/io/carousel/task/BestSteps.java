package io.carousel.task;

/**
 * The best ways to go on with the texts of a beam: of all texts and all tokens, those with the largest sums.
 *
 * <p>Ties go to the earlier text, then to the lower token. Belongs to one thread.
 */
public final class BestSteps {
    private final int[] places;
    private final int[] tokens;
    private final double[] sums;
    private int count;

    /** Room for so many. */
    public BestSteps(int most) {
        places = new int[most];
        tokens = new int[most];
        sums = new double[most];
    }

    /** Forgets all. */
    public void clear() {
        count = 0;
    }

    /**
     * Offers all tokens after one text; texts are offered in ascending order of their places.
     *
     * @param sum of the text
     * @param logProbabilities of the tokens, from {@code offset} on; a token of negative infinity is no way to go on
     * @param first the lowest token that may follow
     * @param symbols how many tokens there are
     */
    public void offer(int place, double sum, float[] logProbabilities, int offset, int first, int symbols) {
        for (int v = first; v < symbols; v++) {
            double total = sum + logProbabilities[offset + v];
            // An equal one comes later, so it loses.
            if (total != Double.NEGATIVE_INFINITY && (count < sums.length || total > sums[count - 1])) {
                insert(place, v, total);
            }
        }
    }

    private void insert(int place, int token, double sum) {
        int at = count < sums.length ? count++ : count - 1;
        for (; at > 0 && sums[at - 1] < sum; at--) {
            places[at] = places[at - 1];
            tokens[at] = tokens[at - 1];
            sums[at] = sums[at - 1];
        }
        places[at] = place;
        tokens[at] = token;
        sums[at] = sum;
    }

    /** How many there are, the best first. */
    public int count() {
        return count;
    }

    /** The place of the text. */
    public int place(int step) {
        return places[step];
    }

    public int token(int step) {
        return tokens[step];
    }

    /** The sum with that of the token. */
    public double sum(int step) {
        return sums[step];
    }
}
