package io.carousel.cli;

/** A mistake of the user's: its message is one line that says what, where and what to do. */
final class UserMistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserMistake(String message) {
        super(message);
    }
}
