package io.carousel.cli.command;

/** A mistake of the user's: its message is one line that says what, where and what to do. */
public final class UserMistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserMistake(String message) {
        super(message);
    }
}
