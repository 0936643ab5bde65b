package io.carousel.task.anomaly;

import io.carousel.task.StopSignal;
import io.carousel.task.TrainingStage;
import java.time.Duration;
import java.util.List;

/**
 * What a fit came to.
 *
 * @param detector the model, ready to evaluate, predict and save
 * @param stages the course of the training
 * @param stopped whether it was ended early by its {@link StopSignal}; the best so far was kept
 * @param notes what one should know, one sentence each
 * @param wallTime how long it took
 */
public record AnomalyFit(
        AnomalyDetector detector, List<TrainingStage> stages, boolean stopped, List<String> notes, Duration wallTime) {
    public AnomalyFit {
        stages = List.copyOf(stages);
        notes = List.copyOf(notes);
    }
}
