package io.carousel.model;

import io.carousel.kernel.Kernels;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a model came from: enough to make it again, bit for bit.
 *
 * @param dataFile the name of the file that it was trained on, without its folder
 * @param dataSha256 the SHA-256 of that file in hexadecimal digits
 * @param plan the training plan as JSON
 * @param seed the seed of all random numbers
 * @param library the name and version of this library
 * @param jvm the name and version of the Java virtual machine
 * @param kernel the name of the kernels that computed it; it does not change the bits
 * @param wallTime how long the training took
 * @param createdAt when it ended
 * @param commit the commit of the code that trained it, if known
 */
public record Provenance(
        String dataFile,
        String dataSha256,
        ObjectNode plan,
        long seed,
        String library,
        String jvm,
        String kernel,
        Duration wallTime,
        Instant createdAt,
        @Nullable String commit) {

    public Provenance {
        Objects.requireNonNull(dataFile, "data file must be given");
        Objects.requireNonNull(dataSha256, "SHA-256 of the data must be given");
        plan = plan.deepCopy();
        Objects.requireNonNull(library, "library must be given");
        Objects.requireNonNull(jvm, "JVM must be given");
        Objects.requireNonNull(kernel, "kernel must be given");
        Objects.requireNonNull(createdAt, "time of creation must be given");
        if (wallTime.isNegative()) {
            throw new IllegalArgumentException("wall time must not be negative, got " + wallTime);
        }
    }

    /**
     * The provenance of a model that this process trained, now.
     *
     * @param plan a training plan, or any value that prints as a JSON object
     */
    public static Provenance of(
            String dataFile, String dataSha256, Object plan, long seed, String kernel, Duration wallTime) {
        if (!(Json.tree(plan) instanceof ObjectNode object)) {
            throw new IllegalArgumentException("plan must print as a JSON object, got " + Json.write(plan));
        }
        return new Provenance(
                dataFile,
                dataSha256,
                object,
                seed,
                thisLibrary(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                kernel,
                wallTime,
                Instant.now(),
                null);
    }

    /** The provenance of a model that this process fitted, now, by a task's spec and a training plan. */
    public static Provenance ofFit(
            String dataFile, String dataSha256, Object spec, Object training, long seed, Duration wallTime) {
        ObjectNode plan = Json.object();
        plan.set("spec", Json.tree(spec));
        plan.set("training", Json.tree(training));
        return of(dataFile, dataSha256, plan, seed, Kernels.best().name(), wallTime);
    }

    /** The plan, as a copy. */
    @Override
    public ObjectNode plan() {
        return plan.deepCopy();
    }

    /** The same provenance with the commit of the code. */
    public Provenance withCommit(String commit) {
        return new Provenance(dataFile, dataSha256, plan, seed, library, jvm, kernel, wallTime, createdAt, commit);
    }

    /** The name and version of this library, as the manifest of its jar has it. */
    private static String thisLibrary() {
        String version = Provenance.class.getPackage().getImplementationVersion();
        return "Carousel " + (version == null ? "(not packaged)" : version);
    }
}
