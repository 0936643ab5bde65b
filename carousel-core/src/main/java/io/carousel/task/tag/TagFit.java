package io.carousel.task.tag;

import io.carousel.task.StopSignal;
import io.carousel.task.TrainingStage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fit came to.
 *
 * @param tagger the model, ready to evaluate, predict and save
 * @param validation how it does on the sentences that chose the best epoch, so a little too well; null without any
 * @param stages the course of the training; the validation loss of an epoch counts errors: wrong and missing spans for each
 *     that is wanted or, of tags without spans, the share of wrong tags
 * @param stopped whether it was ended early by its {@link StopSignal}; the best so far was kept
 * @param notes what one should know, one sentence each
 * @param wallTime how long it took
 */
public record TagFit(
        SequenceTagger tagger,
        @Nullable TagEvaluation validation,
        List<TrainingStage> stages,
        boolean stopped,
        List<String> notes,
        Duration wallTime) {
    public TagFit {
        stages = List.copyOf(stages);
        notes = List.copyOf(notes);
    }
}
