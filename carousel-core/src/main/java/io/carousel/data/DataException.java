package io.carousel.data;

/** A mistake in the data or in what was asked of it: the message names the thing, the place and the remedy. */
public final class DataException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
