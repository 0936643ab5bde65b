package io.carousel.task.language;

/** Gets a text while it is written, on the thread that asked for it; what it throws ends the writing. */
@FunctionalInterface
public interface GenerationListener {
    /**
     * Takes the next token; those of a search come one after the other when it is done.
     *
     * @return whether to go on
     */
    boolean written(WrittenToken token);

    /**
     * Whether the result keeps the tokens and the text, too. Without, a text of any length takes no more memory than a short
     * one.
     */
    default boolean kept() {
        return true;
    }

    /** Whether to end, asked before every step, also of a search. */
    default boolean cancelled() {
        return false;
    }
}
