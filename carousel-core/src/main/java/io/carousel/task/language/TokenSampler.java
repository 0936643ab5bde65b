package io.carousel.task.language;

import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import java.util.Arrays;

/** Draws tokens, one random number each; the same seed and the same probabilities give the same tokens. */
final class TokenSampler {
    /** Powers of e below this are 0 in float32, or nearly. */
    private static final double LEAST_EXPONENT = -100;

    private final GenerationOptions options;
    private final Kernels kernels;
    private final Rng random;
    private final long[] keys;
    private final int[] order;
    private final float[] weights;

    TokenSampler(GenerationOptions options, Kernels kernels, int symbols) {
        this.options = options;
        this.kernels = kernels;
        random = Rng.of(options.seed()).stream("generation");
        keys = new long[symbols];
        order = new int[symbols];
        weights = new float[symbols];
    }

    /** A token, by the logarithms of all probabilities. */
    int next(float[] logProbabilities) {
        double drawn = random.nextDouble();
        int first = options.unknown() ? 0 : 1;
        if (options.temperature() == 0 || options.topK() == 1) {
            return mostLikely(logProbabilities, first);
        }
        int count = candidates(logProbabilities, first);
        weigh(logProbabilities, count);
        return draw(drawn, options.topP() < 1 ? fewest(count) : count);
    }

    private static int mostLikely(float[] logProbabilities, int first) {
        int best = first;
        for (int v = first + 1; v < logProbabilities.length; v++) {
            best = logProbabilities[v] > logProbabilities[best] ? v : best;
        }
        return best;
    }

    /** Sets the order: that of the vocabulary, or the likeliest first where some are left out. */
    private int candidates(float[] logProbabilities, int first) {
        int all = logProbabilities.length - first;
        if (options.topK() == 0 && options.topP() == 1) {
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
        int count = options.topK() == 0 ? all : Math.min(all, options.topK());
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
            double exponent = (logProbabilities[order[i]] - most) / options.temperature();
            weights[i] = (float) Math.max(exponent, LEAST_EXPONENT);
        }
        kernels.exp(count, weights, 0, weights, 0);
    }

    /** How many of the first together have top-p of all. */
    private int fewest(int count) {
        double wanted = options.topP() * sum(count);
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
