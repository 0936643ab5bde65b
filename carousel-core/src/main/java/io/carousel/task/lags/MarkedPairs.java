package io.carousel.task.lags;

import io.carousel.tensor.Rng;

/**
 * Sequences of pairs (value, marker) of which two are marked, for experiments 4 and 5.
 *
 * <pre>{@code
 * length T … T + T / 10          marker 1 at two pairs, -1 at the first and the last, else 0
 * first mark among the first 10 pairs, second among the first T / 2 - 1 that are not marked yet
 * }</pre>
 *
 * <p>A mark at the first pair of the sequence overrides its -1, and its value counts as the neutral one: 0 for a sum, 1 for
 * a product.
 */
final class MarkedPairs {
    private static final int EARLY = 10;

    private final float[] rows;
    private final float first;
    private final float second;

    private MarkedPairs(float[] rows, float first, float second) {
        this.rows = rows;
        this.first = first;
        this.second = second;
    }

    /**
     * Draws a sequence.
     *
     * @param lag T
     * @param low the least value, and the greatest is 1
     * @param neutral the value of a marked first pair
     */
    static MarkedPairs draw(Rng rng, int lag, double low, float neutral) {
        int length = lag + rng.nextInt(lag / 10 + 1);
        float[] rows = new float[2 * length];
        for (int t = 0; t < length; t++) {
            rows[2 * t] = (float) (low + (1 - low) * rng.nextDouble());
        }
        rows[1] = -1;
        rows[2 * length - 1] = -1;
        int early = rng.nextInt(EARLY);
        int late = rng.nextInt(lag / 2 - 1);
        late += late >= early ? 1 : 0;
        if (early == 0 || late == 0) {
            rows[0] = neutral;
        }
        rows[2 * early + 1] = 1;
        rows[2 * late + 1] = 1;
        return new MarkedPairs(rows, rows[2 * early], rows[2 * late]);
    }

    /** {@code [T, 2]} */
    float[] rows() {
        return rows;
    }

    float first() {
        return first;
    }

    float second() {
        return second;
    }

    static void requireLag(int lag) {
        LagTasks.requireLag("lag", lag, 2 * EARLY);
    }
}
