package io.carousel.task.classify;

import io.carousel.inspect.IntegratedGradients;
import io.carousel.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What moved a decision: how much each word, or each number, of an example speaks for a label.
 *
 * <p>What is explained is the score of the label less the mean score of the others, divided by the temperature: of two labels, the
 * logarithm of the odds of the one; where there may be several labels, the logarithm of the odds of this one. The weights add
 * up to how much it is above what it is for an example that says nothing, as {@link IntegratedGradients} defines both.
 *
 * @param id of the example
 * @param label which is explained
 * @param tokens of a text, one for each time step; none of numbers
 * @param weights {@code [T][F]}: of each time step and feature; of a text one for each token
 * @param score what is explained
 * @param baseline the same for an example that says nothing
 * @param complete whether the weights add up to the difference, but for a hundredth of their sizes
 */
public record Explanation(
        String id,
        String label,
        List<String> tokens,
        List<List<Double>> weights,
        double score,
        double baseline,
        boolean complete) {
    public Explanation {
        tokens = List.copyOf(tokens);
        weights = weights.stream().map(List::copyOf).toList();
    }

    static Explanation of(SequenceClassifier classifier, Example example, float[][] rows, String label) {
        int labels = classifier.labels().size();
        int explained = classifier.labels().indexOf(label);
        if (explained < 0) {
            throw new IllegalArgumentException("label to explain must be one of the model, got " + label + "; it has "
                    + String.join(", ", classifier.labels()));
        }
        double temperature = classifier.encoding().temperature();
        double[] direction = new double[labels];
        if (!classifier.encoding().chosen().several() && labels > 1) {
            Arrays.fill(direction, -1 / (temperature * (labels - 1)));
        }
        direction[explained] = 1 / temperature;
        IntegratedGradients found =
                IntegratedGradients.of(classifier.model().network(), Kernels.best(), rows, direction, null);
        List<String> tokens = classifier.tokens(example);
        List<List<Double>> weights = new ArrayList<>();
        if (tokens.isEmpty()) {
            for (double[] row : found.attributions()) {
                weights.add(Arrays.stream(row).boxed().toList());
            }
        } else {
            for (double weight : found.steps()) {
                weights.add(List.of(weight));
            }
        }
        return new Explanation(
                example.id(), label, tokens, weights, found.output(), found.baseline(), found.complete());
    }
}
