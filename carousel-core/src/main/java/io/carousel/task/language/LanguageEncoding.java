package io.carousel.task.language;

import io.carousel.task.TrainingStage;
import io.carousel.text.Vocabulary;
import java.util.List;

/**
 * All that a model must know beside its network to read and write text; the {@code task} object of the model file.
 *
 * @param task always {@value #TASK}
 * @param spec as it was asked for
 * @param vocabulary the symbols in the order of the network's outputs
 * @param tokens how many tokens were learnt from, those that validated not among them
 * @param stages the course of the training
 * @param stopped whether the training was ended early from outside
 * @param notes what one should know, one sentence each
 */
public record LanguageEncoding(
        String task,
        LanguageSpec spec,
        Vocabulary vocabulary,
        long tokens,
        List<TrainingStage> stages,
        boolean stopped,
        List<String> notes) {
    static final String TASK = "language";

    public LanguageEncoding {
        if (!task.equals(TASK)) {
            throw new IllegalArgumentException(
                    "task of the model must be " + TASK + ", got " + task + "; use the command of that task");
        }
        if (tokens < 0) {
            throw new IllegalArgumentException("tokens that were learnt from must not be negative, got " + tokens);
        }
        stages = List.copyOf(stages);
        notes = List.copyOf(notes);
    }
}
