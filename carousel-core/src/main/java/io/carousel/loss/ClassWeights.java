package io.carousel.loss;

import io.carousel.loss.WeightedLogisticLoss.LabelWeight;

/**
 * Weights with which rare classes count as much as common ones.
 *
 * <p>Source: King, Zeng, <i>Logistic Regression in Rare Events Data</i>, 2001; {@code class_weight="balanced"} of scikit-learn.
 */
public final class ClassWeights {
    private ClassWeights() {}

    /**
     * For a choice of one class: {@code n / (K n_k)}, whose mean over the examples is 1.
     *
     * @param counts n_k, the examples of each class; a class without examples has the weight 0, and is not among the K
     */
    public static double[] balanced(long[] counts) {
        long all = 0;
        int classes = 0;
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("count of a class must not be negative, got " + count);
            }
            all += count;
            classes += count > 0 ? 1 : 0;
        }
        double[] weights = new double[counts.length];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = counts[k] == 0 ? 0 : (double) all / ((double) classes * counts[k]);
        }
        return weights;
    }

    /**
     * For a label that may be there or not: that it is there counts, over all examples, as much as that it is not.
     *
     * @param present the examples that have the label
     * @param examples all of them
     * @return 1 and 1 where all examples have it, or none
     */
    public static LabelWeight balanced(long present, long examples) {
        if (present < 0 || present > examples) {
            throw new IllegalArgumentException(
                    "examples with a label must be from 0 to all " + examples + ", got " + present);
        }
        if (present == 0 || present == examples) {
            return new LabelWeight(1, 1);
        }
        return new LabelWeight(examples / (2.0 * present), examples / (2.0 * (examples - present)));
    }
}
