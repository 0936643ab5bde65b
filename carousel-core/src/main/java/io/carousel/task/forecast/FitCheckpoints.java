package io.carousel.task.forecast;

import io.carousel.data.AtomicFile;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.train.Trainer;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The checkpoints of one fit: a file that says which fit it is, and one for each training that the fit is made of.
 *
 * <p>Everything between two trainings is a function of the data, the spec and the plan and is done anew when a fit goes on;
 * a training that had ended gives its result again. Without a folder nothing is written.
 */
final class FitCheckpoints {
    private static final String RUN = "fit.json";

    private final @Nullable Path folder;
    private final Duration interval;
    private final String identity;
    private final List<String> files = new ArrayList<>(List.of(RUN));

    /**
     * Begins a fit in its folder, or goes on with it.
     *
     * @throws UncheckedIOException when the folder is of another fit, cannot be read or cannot be written
     */
    FitCheckpoints(FitOptions options, SeriesSet set, ForecastSpec spec, TrainingPlan plan) {
        folder = options.checkpoints();
        interval = options.checkpointEvery();
        if (folder == null) {
            identity = "";
            return;
        }
        ObjectNode run = Json.object();
        run.put("data", digest(set, spec));
        run.set("spec", Json.tree(spec));
        run.set("plan", Json.tree(plan));
        identity = HexFormat.of().formatHex(sha256().digest(bytes(Json.write(run))));
        try {
            AtomicFile.createFolder(folder);
            Path file = folder.resolve(RUN);
            if (Files.exists(file)) {
                requireSame(run, Json.readObject(Files.readString(file), file.toString()), file);
            } else {
                byte[] text = bytes(Json.writePretty(run) + "\n");
                AtomicFile.write(file, out -> out.write(text));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void requireSame(ObjectNode run, ObjectNode found, Path file) throws FormatException {
        for (String part : List.of("data", "spec", "plan")) {
            JsonNode wanted = run.path(part);
            if (!wanted.isObject()) {
                requireSame(part, wanted, found.path(part), file);
            }
            for (Map.Entry<String, JsonNode> property : wanted.properties()) {
                String name = part + "." + property.getKey();
                requireSame(name, property.getValue(), found.path(part).path(property.getKey()), file);
            }
        }
    }

    private static void requireSame(String name, JsonNode wanted, JsonNode found, Path file) throws FormatException {
        if (!Json.write(wanted).equals(Json.write(found))) {
            throw new FormatException(
                    file.toString(),
                    "checkpoints must be of the same fit, got another " + name + ": " + Json.write(found)
                            + " instead of " + Json.write(wanted)
                            + "; go on with the data and options that it was started with, or choose another folder");
        }
    }

    /** Keeps a training in a file of its own, from which it goes on. */
    void keep(Trainer.Builder trainer, SeriesTransform transform, String stage) {
        if (folder == null) {
            return;
        }
        String name = (transform.log() + "-" + transform.level() + (transform.windowScale() ? "-scaled-" : "-")
                        + transform.harmonics() + "-" + stage + ".checkpoint")
                .toLowerCase(Locale.ROOT);
        files.add(name);
        trainer.checkpoint(folder.resolve(name))
                .checkpointEvery(interval)
                .resume(true)
                .identity(identity + " " + name);
    }

    /** Removes the files of a fit that is done, also what writers that were killed left of them; the folder stays. */
    void remove() {
        if (folder == null) {
            return;
        }
        try {
            for (int i = files.size() - 1; i >= 0; i--) { // that which says what they are goes last
                AtomicFile.remove(folder.resolve(files.get(i)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** The SHA-256 of the rows as they were read, so that another way of filling holes is another fit. */
    private static String digest(SeriesSet set, ForecastSpec spec) {
        MessageDigest sha256 = sha256();
        add(sha256, set.sha256());
        for (Series series : set.list()) {
            add(sha256, series.name());
            for (int row = 0; row < series.length(); row++) {
                add(sha256, series.time().label(row));
            }
            for (String column : spec.columns()) {
                double[] values = series.column(column);
                ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, values.length));
                buffer.asDoubleBuffer().put(values);
                sha256.update(buffer);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void add(MessageDigest sha256, String text) {
        byte[] bytes = bytes(text);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha256.update(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK must have SHA-256", e);
        }
    }
}
