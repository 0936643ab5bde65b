package io.carousel.task;

import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import java.util.Arrays;

/**
 * Draws tokens, one random number each; the same random numbers and the same probabilities give the same tokens.
 *
 * <pre>{@code
 * q_v  is proportional to  p_v^(1 / temperature),  of the topK most likely tokens,
 *      of those the fewest that together have topP
 * }</pre>
 *
 * <p>A token whose probability is 0 is never drawn, as long as there is another. Belongs to one thread.
 *
 * <p>Source of top-p: Holtzman, Buys, Du, Forbes, Choi, <i>The Curious Case of Neural Text Degeneration</i>, 2019.
 */
public final class TokenSampler {
    /** Powers of e below this are 0 in float32, or nearly. */
    private static final double LEAST_EXPONENT = -100;

    private final double temperature;
    private final int topK;
    private final double topP;
    private final int first;
    private final Kernels kernels;
    private final Rng random;
    private final long[] keys;
    private final int[] order;
    private final float[] weights;

    /**
     * A sampler.
     *
     * @param temperature below 1 likely tokens become likelier; 0 always takes the most likely one
     * @param topK 0 for all
     * @param topP in (0, 1], 1 for all
     * @param first the lowest number that may be drawn
     * @param symbols how many there are
     */
    public TokenSampler(
            double temperature, int topK, double topP, int first, Rng random, Kernels kernels, int symbols) {
        this.temperature = temperature;
        this.topK = topK;
        this.topP = topP;
        this.first = first;
        this.random = random;
        this.kernels = kernels;
        keys = new long[symbols];
        order = new int[symbols];
        weights = new float[symbols];
    }

    /** A token, by the logarithms of all probabilities. */
    public int next(float[] logProbabilities) {
        double drawn = random.nextDouble();
        if (temperature == 0 || topK == 1) {
            return mostLikely(logProbabilities);
        }
        int count = candidates(logProbabilities);
        weigh(logProbabilities, count);
        return draw(drawn, topP < 1 ? fewest(count) : count);
    }

    private int mostLikely(float[] logProbabilities) {
        int best = first;
        for (int v = first + 1; v < logProbabilities.length; v++) {
            best = logProbabilities[v] > logProbabilities[best] ? v : best;
        }
        return best;
    }

    /** Sets the order: that of the vocabulary, or the likeliest first where some are left out. */
    private int candidates(float[] logProbabilities) {
        int all = logProbabilities.length - first;
        if (topK == 0 && topP == 1) {
            for (int i = 0; i < all; i++) {
                order[i] = first + i;
            }
            return all;
        }
        for (int i = 0; i < all; i++) {
            // logarithms of probabilities are not positive, so their bits ascend as they fall
            int bits = Float.floatToRawIntBits(Math.min(logProbabilities[first + i], -0f)) & Integer.MAX_VALUE;
            keys[i] = (long) bits << Integer.SIZE | (first + i);
        }
        Arrays.sort(keys, 0, all);
        int count = topK == 0 ? all : Math.min(all, topK);
        for (int i = 0; i < count; i++) {
            order[i] = (int) keys[i];
        }
        return count;
    }

    private void weigh(float[] logProbabilities, int count) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            most = Math.max(most, logProbabilities[order[i]]);
        }
        for (int i = 0; i < count; i++) {
            double exponent = (logProbabilities[order[i]] - most) / temperature;
            weights[i] = (float) Math.max(exponent, LEAST_EXPONENT);
        }
        kernels.exp(count, weights, 0, weights, 0);
        for (int i = 0; i < count; i++) {
            weights[i] = logProbabilities[order[i]] == Float.NEGATIVE_INFINITY ? 0 : weights[i];
        }
    }

    /** How many of the first together have top-p of all. */
    private int fewest(int count) {
        double wanted = topP * sum(count);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i];
            if (sum >= wanted) {
                return i + 1;
            }
        }
        return count;
    }

    private double sum(int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i];
        }
        return sum;
    }

    private int draw(double drawn, int count) {
        double wanted = drawn * sum(count);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i];
            if (sum > wanted) {
                return order[i];
            }
        }
        return order[count - 1];
    }
}
