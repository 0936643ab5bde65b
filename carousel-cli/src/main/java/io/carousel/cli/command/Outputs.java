package io.carousel.cli.command;

import io.carousel.data.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files that a command writes: looked at before the work begins, written whole or not at all. */
public final class Outputs {
    private Outputs() {}

    /**
     * Refuses a place that cannot be written, before hours are spent on what should go there.
     *
     * @param option such as {@code --out}
     */
    public static void check(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw new UserMistake(option + " must be a file, got the folder " + file + "; name a file in it");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UserMistake(option + " must be in a folder that exists, got " + file + "; make the folder first");
        }
        if (!Files.isWritable(folder) || (Files.exists(file) && !Files.isWritable(file))) {
            throw new UserMistake(
                    option + " must be writable, got " + file + "; check the permissions or choose another place");
        }
    }

    /** Writes text in UTF-8. */
    public static void write(Path file, String text) throws IOException {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
