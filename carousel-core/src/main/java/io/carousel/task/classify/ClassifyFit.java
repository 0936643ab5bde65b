package io.carousel.task.classify;

import io.carousel.task.StopSignal;
import io.carousel.task.TrainingStage;
import java.time.Duration;
import java.util.List;

/**
 * What a fit came to.
 *
 * @param classifier the model, ready to evaluate, predict and save
 * @param stages the course of the training
 * @param stopped whether it was ended early by its {@link StopSignal}; the best so far was kept
 * @param notes what one should know, one sentence each
 * @param wallTime how long it took
 */
public record ClassifyFit(
        SequenceClassifier classifier,
        List<TrainingStage> stages,
        boolean stopped,
        List<String> notes,
        Duration wallTime) {
    public ClassifyFit {
        stages = List.copyOf(stages);
        notes = List.copyOf(notes);
    }
}
