package io.carousel.task.classify;

import java.util.List;

/**
 * What moved a decision: how much each token, or each number, speaks for a label, by integrated gradients.
 *
 * <p>The sum of all is what the raw score of the label is above that of a sequence that says nothing: zeros, which for numbers
 * is their mean in training. Where there is one label, the score is its distance to that of the strongest other.
 *
 * @param id of the example
 * @param label that is explained
 * @param against the strongest other label; empty where there may be several
 * @param tokens of a text, as the network reads them; none of numbers
 * @param features the names of the columns of numbers; none of texts
 * @param weights {@code [T]} by time step; their sum
 * @param parts {@code [T][F]} by time step and feature of numbers; of texts none
 * @param score of the label
 * @param baseline the score of a sequence that says nothing
 * @param complete whether the weights sum up to {@code score - baseline}, to a hundredth of their sizes
 */
public record Explanation(
        String id,
        String label,
        String against,
        List<String> tokens,
        List<String> features,
        List<Double> weights,
        List<List<Double>> parts,
        double score,
        double baseline,
        boolean complete) {
    public Explanation {
        tokens = List.copyOf(tokens);
        features = List.copyOf(features);
        weights = List.copyOf(weights);
        parts = parts.stream().map(List::copyOf).toList();
    }
}
