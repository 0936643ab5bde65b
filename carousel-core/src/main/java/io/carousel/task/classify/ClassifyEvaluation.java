package io.carousel.task.classify;

import io.carousel.eval.BinaryCounts;
import io.carousel.eval.Calibration;
import io.carousel.eval.ConfusionMatrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well examples with known labels were classified.
 *
 * @param labels those of the model, and after them others that the examples have
 * @param several whether an example may have any number of labels
 * @param examples how many
 * @param accuracy the share of those whose labels are all right
 * @param trivialAccuracy that of always naming the label that is most frequent in training; null with several labels
 * @param logLoss the mean negative logarithm of the probability of what is right, with several labels of each; null when no
 *     example has only labels that training had
 * @param calibrationError the mean distance of probability and accuracy, over {@value #BINS} bins
 * @param bins predictions by their probability
 * @param macroF1 the mean F1 of the labels that occur
 * @param microF1 that of all decisions together
 * @param meanArea the mean of the labels' areas; null where it is defined for none
 * @param each label, in their order
 * @param confusion what was taken for what; null with several labels
 * @param predictions one for each example
 * @param notes what one should know, one sentence each
 */
public record ClassifyEvaluation(
        List<String> labels,
        boolean several,
        int examples,
        double accuracy,
        @Nullable Double trivialAccuracy,
        @Nullable Double logLoss,
        double calibrationError,
        List<Calibration.Bin> bins,
        double macroF1,
        double microF1,
        @Nullable Double meanArea,
        List<LabelScores> each,
        @Nullable ConfusionMatrix confusion,
        List<Classification> predictions,
        List<String> notes) {
    /** The bins of the calibration. */
    static final int BINS = 10;

    public ClassifyEvaluation {
        labels = List.copyOf(labels);
        bins = List.copyOf(bins);
        each = List.copyOf(each);
        predictions = List.copyOf(predictions);
        notes = List.copyOf(notes);
    }

    /**
     * One label against all others.
     *
     * @param label its name
     * @param counts right and wrong decisions
     * @param area under the curve of true over false positives; null where all examples have the label, or none
     */
    public record LabelScores(
            String label, BinaryCounts counts, @Nullable Double area) {}
}
