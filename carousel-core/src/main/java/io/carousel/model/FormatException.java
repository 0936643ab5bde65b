package io.carousel.model;

import java.io.IOException;

/**
 * A file, or a piece of JSON, is damaged, hostile or of another kind; the message names the source, the part, the value
 * and the remedy.
 */
public final class FormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Refuses a size of a network, or of a part of a task, that is another than the task in the same file says.
     *
     * @param what is counted, such as {@code outputs of the network}
     */
    public static void requireSize(String source, String what, long actual, long wanted) throws FormatException {
        if (actual != wanted) {
            throw new FormatException(
                    source, what + " must be " + wanted + " as the task says, got " + actual + "; the file is damaged");
        }
    }

    /**
     * @param source the file or place, first in the message
     * @param problem what must hold and what was found
     */
    public FormatException(String source, String problem) {
        super(source + ": " + problem);
    }

    /**
     * @param source the file or place, first in the message
     * @param problem what must hold and what was found
     * @param cause kept for those who debug, never shown to users
     */
    public FormatException(String source, String problem, Throwable cause) {
        super(source + ": " + problem, cause);
    }
}
