package io.carousel.task.translate;

import io.carousel.task.StopSignal;
import io.carousel.task.TrainingStage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fit came to.
 *
 * @param translator the model, ready to evaluate, predict and save
 * @param validation the pairs that chose the best epoch; null without any
 * @param stages the course of the training; losses are nats of a target token
 * @param stopped whether it was ended early by its {@link StopSignal}; the best so far was kept
 * @param notes what one should know, one sentence each
 * @param wallTime how long it took
 */
public record TranslateFit(
        Translator translator,
        @Nullable PairSet validation,
        List<TrainingStage> stages,
        boolean stopped,
        List<String> notes,
        Duration wallTime) {
    public TranslateFit {
        stages = List.copyOf(stages);
        notes = List.copyOf(notes);
    }
}
