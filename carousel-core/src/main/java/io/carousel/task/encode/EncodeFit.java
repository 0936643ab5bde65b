package io.carousel.task.encode;

import io.carousel.task.StopSignal;
import io.carousel.task.TrainingStage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fit came to.
 *
 * @param autoencoder the model, ready to encode, decode, evaluate and save
 * @param validation what the model comes to on the examples that chose the epoch; null where there were none
 * @param stages the course of the training
 * @param stopped whether it was ended early by its {@link StopSignal}; the best so far was kept
 * @param notes what one should know, one sentence each
 * @param wallTime how long it took
 */
public record EncodeFit(
        Autoencoder autoencoder,
        @Nullable EncodeEvaluation validation,
        List<TrainingStage> stages,
        boolean stopped,
        List<String> notes,
        Duration wallTime) {
    public EncodeFit {
        stages = List.copyOf(stages);
        notes = List.copyOf(notes);
    }
}
