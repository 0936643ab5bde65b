package io.carousel.task.encode;

import io.carousel.data.Standardizer;
import io.carousel.eval.PrincipalComponents;
import io.carousel.task.TrainingStage;
import io.carousel.text.TokenCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a model must know beside its network to encode and decode; the {@code task} object of the model file.
 *
 * @param task always {@value #TASK}
 * @param spec as it was asked for
 * @param chosen the same with everything decided
 * @param side of texts; null for numbers
 * @param symbolCounts how often training has each symbol of texts, and their end, to compare with; none for numbers
 * @param features the names of the columns of numbers; none for texts
 * @param scales of the features; none where sequences have their own, and for texts
 * @param steps of each training example where all have as many, else 0
 * @param linear of training examples of numbers that all have as many time steps, with as many axes as the vector has numbers, to
 *     compare with; null for others
 * @param training the examples that were learned from
 * @param validation the examples that chose the epoch
 * @param stages the course of the training
 * @param stopped whether the training was ended early from outside
 * @param notes what one should know, one sentence each
 */
public record EncodeEncoding(
        String task,
        EncodeSpec spec,
        EncodeSpec chosen,
        @Nullable TokenCode side,
        List<Long> symbolCounts,
        List<String> features,
        List<Standardizer> scales,
        int steps,
        @Nullable PrincipalComponents linear,
        int training,
        int validation,
        List<TrainingStage> stages,
        boolean stopped,
        List<String> notes) {
    static final String TASK = "encode";

    public EncodeEncoding {
        if (!task.equals(TASK)) {
            throw new IllegalArgumentException(
                    "task of the model must be " + TASK + ", got " + task + "; use the command of that task");
        }
        symbolCounts = List.copyOf(symbolCounts);
        features = List.copyOf(features);
        scales = List.copyOf(scales);
        stages = List.copyOf(stages);
        notes = List.copyOf(notes);
        if ((side == null) == features.isEmpty()) {
            throw new IllegalArgumentException("an autoencoder must read texts or features, got "
                    + (side == null ? "neither" : "texts and " + features.size() + " features"));
        }
        if (symbolCounts.size() != (side == null ? 0 : side.vocabulary().size())
                || symbolCounts.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException(
                    "symbols of an autoencoder of texts must have a count each, got " + symbolCounts.size()
                            + (side == null
                                    ? " without texts"
                                    : " for " + side.vocabulary().size()));
        }
        if (linear != null && (long) linear.mean().size() != (long) steps * features.size()) {
            throw new IllegalArgumentException("principal components must be of " + steps + " time steps of "
                    + features.size() + " features, got " + linear.mean().size() + " numbers");
        }
        if (training < 0 || validation < 0 || steps < 0) {
            throw new IllegalArgumentException("numbers of examples and time steps must not be negative, got "
                    + training + ", " + validation + " and " + steps);
        }
    }

    /** Whether these are texts. */
    public boolean isText() {
        return side != null;
    }
}
