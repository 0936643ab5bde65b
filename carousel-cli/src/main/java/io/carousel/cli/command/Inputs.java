package io.carousel.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a command reads, looked at before the library does. */
public final class Inputs {
    private Inputs() {}

    /**
     * The file, if there is one that can be read.
     *
     * @param what it should be, such as {@code model}
     */
    public static Path check(String what, Path file) {
        if (!Files.exists(file)) {
            throw new UserMistake("there is no " + what + " file " + file + "; check the path");
        }
        if (Files.isDirectory(file)) {
            throw new UserMistake(what + " must be a file, got the folder " + file + "; name a file in it");
        }
        if (!Files.isReadable(file)) {
            throw new UserMistake(what + " must be readable, got " + file + "; check its permissions");
        }
        return file;
    }
}
