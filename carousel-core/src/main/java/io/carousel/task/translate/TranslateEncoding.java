package io.carousel.task.translate;

import io.carousel.task.TrainingStage;
import io.carousel.text.TokenCode;
import java.util.List;

/**
 * All that a model must know beside its network to translate; the {@code task} object of the model file.
 *
 * @param task always {@value #TASK}
 * @param spec as it was asked for
 * @param source how sources become numbers
 * @param target how numbers become targets
 * @param usualTarget the target that training had most often: what is foreseen without looking at the source
 * @param trainingPairs what training learnt from
 * @param validationPairs what chose the best epoch
 * @param stages the course of the training
 * @param stopped whether the training was ended early from outside
 * @param notes what one should know, one sentence each
 */
public record TranslateEncoding(
        String task,
        TranslateSpec spec,
        TokenCode source,
        TokenCode target,
        String usualTarget,
        long trainingPairs,
        long validationPairs,
        List<TrainingStage> stages,
        boolean stopped,
        List<String> notes) {
    static final String TASK = "translate";

    public TranslateEncoding {
        if (!task.equals(TASK)) {
            throw new IllegalArgumentException(
                    "task of the model must be " + TASK + ", got " + task + "; use the command of that task");
        }
        if (trainingPairs < 0 || validationPairs < 0) {
            throw new IllegalArgumentException("pairs that were learnt from must not be negative, got " + trainingPairs
                    + " and " + validationPairs);
        }
        stages = List.copyOf(stages);
        notes = List.copyOf(notes);
    }
}
