package io.carousel.task;

import io.carousel.data.AtomicFile;
import io.carousel.data.Sha256;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.train.Objective;
import io.carousel.train.Trainer;
import io.carousel.train.TrainingPlan;
import io.carousel.train.TrainingResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One fit of a task: the trainings that it is made of, each of which can be watched, stopped, killed and gone on with.
 *
 * <p>With a folder for checkpoints it keeps a file that says which fit it is, and one for each training. Everything between two
 * trainings is a function of the data, the spec and the plan and is done anew when a fit goes on; a training that had ended
 * gives its result again. Without a folder nothing is written. For one thread.
 */
public final class FitRun {
    /** What a fit notes that was {@link #stopped}. */
    public static final String STOPPED = "the training was stopped early; the best so far was kept";

    private static final String RUN = "fit.json";

    private final FitOptions options;
    private final @Nullable Path folder;
    private final String identity;
    private final List<String> files = new ArrayList<>(List.of(RUN));

    private FitRun(FitOptions options, String identity) {
        this.options = options;
        this.folder = options.checkpoints();
        this.identity = identity;
    }

    /**
     * Begins a fit, or goes on with the one in its folder.
     *
     * @param data digest of what the fit learns from, as it was read
     * @param spec that prints as a JSON object
     * @throws UncheckedIOException when the folder is of another fit, cannot be read or cannot be written
     */
    public static FitRun begin(FitOptions options, String data, Object spec, TrainingPlan plan) {
        Path folder = options.checkpoints();
        if (folder == null) {
            return new FitRun(options, "");
        }
        ObjectNode run = Json.object();
        run.put("data", data);
        run.set("spec", Json.tree(spec));
        run.set("plan", Json.tree(plan));
        try {
            AtomicFile.createFolder(folder);
            Path file = folder.resolve(RUN);
            if (Files.exists(file)) {
                requireSame(run, Json.readObject(Files.readString(file), file.toString()), file);
            } else {
                byte[] text = (Json.writePretty(run) + "\n").getBytes(StandardCharsets.UTF_8);
                AtomicFile.write(file, out -> out.write(text));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return new FitRun(options, Sha256.of(Json.write(run)));
    }

    private static void requireSame(ObjectNode run, ObjectNode found, Path file) throws FormatException {
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

    /**
     * Trains, or goes on with a training of that name; the options' listener is told, their signal ends it.
     *
     * @param plan what of it watches validation examples holds only where there are any, see
     *     {@link TrainingPlan#withoutValidation}
     * @param stage a name that no other training of this fit has, of letters, digits and dashes
     */
    public TrainingResult train(TrainingPlan plan, String stage, Objective training, @Nullable Objective validation) {
        Trainer.Builder builder = Trainer.builder(validation == null ? plan.withoutValidation() : plan)
                .threads(options.threads())
                .listener(options.listener());
        if (folder != null) {
            String name = stage.toLowerCase(Locale.ROOT) + ".checkpoint";
            files.add(name);
            builder.checkpoint(folder.resolve(name))
                    .checkpointEvery(options.checkpointEvery())
                    .resume(true)
                    .identity(identity + " " + name);
        }
        Trainer trainer = builder.build();
        options.stop().attach(trainer);
        try {
            return trainer.fit(training, validation);
        } finally {
            options.stop().attach(null);
        }
    }

    /** Whether the fit was asked to end. */
    public boolean stopped() {
        return options.stop().stopped();
    }

    /**
     * Ends the fit. Unless it was stopped, the files of its folder are removed, also what writers that were killed left of
     * them; the folder stays.
     */
    public void end() {
        if (folder == null || stopped()) {
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
}
