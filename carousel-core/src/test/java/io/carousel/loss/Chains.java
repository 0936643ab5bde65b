package io.carousel.loss;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Parameters;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Linear chains of tests, and what is true of them by looking at every path. */
final class Chains {
    private Chains() {}

    static Parameters parameters(int tags, double scale, Rng rng) {
        return Parameters.initialized(
                List.of(
                        declaration("crf.transitions", Shape.of(tags, tags), scale),
                        declaration("crf.start", Shape.of(tags), scale),
                        declaration("crf.end", Shape.of(tags), scale)),
                rng);
    }

    private static Parameters.Declaration declaration(String name, Shape shape, double scale) {
        return new Parameters.Declaration(name, shape, true, Initializer.normal(scale));
    }

    static ChainWeights weights(Parameters parameters) {
        return new ChainWeights(
                parameters.get("crf.transitions"), parameters.get("crf.start"), parameters.get("crf.end"));
    }

    /** Every sequence of that length that is allowed, in ascending order of the last tag, then of the one before, and so on. */
    static List<int[]> paths(int length, int tags, @Nullable ChainRules rules) {
        List<int[]> paths = new ArrayList<>();
        long count = Math.round(StrictMath.pow(tags, length));
        for (long number = 0; number < count; number++) {
            int[] path = new int[length];
            long rest = number;
            for (int t = 0; t < length; t++) {
                path[t] = (int) (rest % tags);
                rest /= tags;
            }
            if (rules == null || rules.allow(path)) {
                paths.add(path);
            }
        }
        return paths;
    }

    static double score(ChainWeights weights, Tensor emissions, int[] path) {
        double score = 0;
        for (int t = 0; t < path.length; t++) {
            score += t == 0
                    ? weights.start().tensor().at(path[0])
                    : weights.transitions().tensor().at(path[t - 1], path[t]);
            score += emissions.at(t, path[t]);
        }
        return path.length == 0 ? 0 : score + weights.end().tensor().at(path[path.length - 1]);
    }

    /** The paths, the best first. */
    static List<int[]> ranked(ChainWeights weights, Tensor emissions, ChainRules rules) {
        List<int[]> paths = paths(emissions.rows(), weights.tags(), rules);
        paths.sort(Comparator.comparingDouble(path -> -score(weights, emissions, path)));
        return paths;
    }

    static double logPartition(ChainWeights weights, Tensor emissions, @Nullable ChainRules rules) {
        double sum = 0;
        for (int[] path : paths(emissions.rows(), weights.tags(), rules)) {
            sum += StrictMath.exp(score(weights, emissions, path));
        }
        return StrictMath.log(sum);
    }

    /** The largest number that stands for a logarithm, see {@link #bound}. */
    static double largest(ChainWeights weights, Tensor emissions) {
        double most = 0;
        for (Tensor tensor : List.of(
                weights.transitions().tensor(),
                weights.start().tensor(),
                weights.end().tensor(),
                emissions)) {
            for (float value : tensor.toArray()) {
                most = Math.max(most, Math.abs(value));
            }
        }
        return most;
    }

    /**
     * How far log Z and probabilities may be off.
     *
     * <p>A time step forward is a dozen roundings and the sum of K numerators, of logarithms that differ by at most eight times
     * the largest weight. They are what a change of the emissions by as much would be, which moves the score of a path, and
     * so log Z, by their sum over time and the logarithm of a probability by twice that. The way back multiplies and
     * adds K probabilities.
     */
    static double bound(int length, int tags, double largest) {
        return 0x1p-24 * length * (2 * (tags + 12) * Math.max(1, 8 * largest) + tags + 6);
    }
}
