package io.carousel.cli.command;

/** A mistake of the user's: its message is one line that says what, where and what to do. */
public final class UserMistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserMistake(String message) {
        super(message);
    }

    /**
     * What the library says of options that it does not take.
     *
     * @param command whose help is the remedy where the library names none, such as {@code carousel tag fit}
     */
    public static UserMistake of(IllegalArgumentException mistake, String command) {
        String message = String.valueOf(mistake.getMessage());
        return new UserMistake(message.contains("; ") ? message : message + "; see " + command + " --help");
    }
}
