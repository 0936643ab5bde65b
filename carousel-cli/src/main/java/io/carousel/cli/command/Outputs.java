package io.carousel.cli.command;

import io.carousel.data.AtomicFile;
import io.carousel.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

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

    /**
     * The JSON object of a command that applies a model, to be filled with its answer: which files it read and wrote.
     *
     * @param data null for a command that reads none; {@code out} and {@code report} null for those not asked for
     */
    public static ObjectNode json(Path model, @Nullable Path data, @Nullable Path out, @Nullable Path report) {
        ObjectNode object = Json.object();
        put(object, "model", model);
        put(object, "data", data);
        put(object, "out", out);
        put(object, "report", report);
        return object;
    }

    private static void put(ObjectNode object, String name, @Nullable Path file) {
        if (file != null) {
            object.put(name, file.toString());
        }
    }

    /** Writes text in UTF-8. */
    public static void write(Path file, String text) throws IOException {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
