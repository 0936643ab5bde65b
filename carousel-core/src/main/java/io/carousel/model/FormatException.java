package io.carousel.model;

import java.io.IOException;

/**
 * A file, or a piece of JSON, is damaged, hostile or of another kind; the message names the source, the part, the value
 * and the remedy.
 */
public final class FormatException extends IOException {

    private static final long serialVersionUID = 1L;

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
