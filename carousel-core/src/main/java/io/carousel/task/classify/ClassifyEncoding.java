package io.carousel.task.classify;

import io.carousel.data.Standardizer;
import io.carousel.eval.Calibration;
import io.carousel.task.TrainingStage;
import io.carousel.text.Vocabulary;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a model must know beside its network to classify; the {@code task} object of the model file.
 *
 * @param task always {@value #TASK}
 * @param spec as it was asked for
 * @param chosen the same with everything decided
 * @param labels in the order of the network's outputs
 * @param counts how many training examples have each label
 * @param vocabulary of texts; null for numbers
 * @param characters of the tokens; null where they are not read
 * @param features the names of the columns of numbers; none for texts
 * @param scales of the features; none where sequences have their own, and for texts
 * @param temperature what the network's outputs are divided by, so that probabilities are what happens
 * @param validation what the validation parts came to; null where there was none
 * @param stages the course of the training
 * @param stopped whether the training was ended early from outside
 * @param notes what one should know, one sentence each
 */
public record ClassifyEncoding(
        String task,
        ClassifySpec spec,
        ClassifySpec chosen,
        List<String> labels,
        List<Integer> counts,
        @Nullable Vocabulary vocabulary,
        @Nullable Vocabulary characters,
        List<String> features,
        List<Standardizer> scales,
        double temperature,
        @Nullable ValidationScores validation,
        List<TrainingStage> stages,
        boolean stopped,
        List<String> notes) {
    static final String TASK = "classify";

    /** Different labels at most. */
    static final int MOST_LABELS = 10_000;

    public ClassifyEncoding {
        if (!task.equals(TASK)) {
            throw new IllegalArgumentException(
                    "task of the model must be " + TASK + ", got " + task + "; use the command of that task");
        }
        labels = List.copyOf(labels);
        counts = List.copyOf(counts);
        features = List.copyOf(features);
        scales = List.copyOf(scales);
        stages = List.copyOf(stages);
        notes = List.copyOf(notes);
        if (labels.isEmpty()
                || labels.size() > MOST_LABELS
                || new HashSet<>(labels).size() != labels.size()
                || counts.size() != labels.size()) {
            throw new IllegalArgumentException("labels must be 1 to " + MOST_LABELS
                    + " different ones with a count each, got " + labels.size() + " and " + counts.size()
                    + " counts");
        }
        new Calibration(temperature, 0, 0); // checks it
    }

    /**
     * What examples that members did not learn from came to.
     *
     * @param examples how many there were
     * @param accuracy the share of those whose labels were all right
     * @param logLoss the mean negative logarithm of the probability of what was right, with the temperature
     * @param logLossBefore the same without it
     */
    public record ValidationScores(int examples, double accuracy, double logLoss, double logLossBefore) {}
}
