package io.carousel.task.language;

import java.util.List;

/**
 * A text that a model wrote.
 *
 * @param prompt what it goes on from
 * @param text what was written, to be put right after the prompt; where its {@link GenerationListener} wanted it not kept, only
 *     the part of a character that no token has made whole, mostly nothing
 * @param tokens one by one; none where they were not kept
 * @param logProbability the natural logarithm of the probability of what was written, given the prompt, that of the stop symbol
 *     with it if it came
 * @param ending why it ends
 * @param unknown the tokens of the prompt that the model does not know and read as {@code <unk>}
 */
public record GeneratedText(
        String prompt,
        String text,
        List<WrittenToken> tokens,
        double logProbability,
        Ending ending,
        List<String> unknown) {
    public GeneratedText {
        tokens = List.copyOf(tokens);
        unknown = List.copyOf(unknown);
    }

    /** Why a text ends. */
    public enum Ending {
        /** It has the length that was asked for. */
        LENGTH,
        /** The stop symbol came. */
        STOP,
        /** Its listener wanted no more. */
        CANCELLED
    }
}
