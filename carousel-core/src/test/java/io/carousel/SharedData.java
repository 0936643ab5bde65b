package io.carousel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The real data sets that lie beside the project, in {@code ../shared/data}, and are no part of it.
 *
 * <p>A test that needs one is skipped, and says so, where they are absent. The system property or the environment
 * variable {@code CAROUSEL_SHARED_DATA} names another folder.
 */
public final class SharedData {
    private SharedData() {}

    /** The file or folder {@code name}, such as {@code illness/national_illness.csv}; skips the test where it is absent. */
    public static Path file(String name) {
        Path folder = folder();
        assumeTrue(folder != null, () -> "skipped: no shared data beside the project, needed is " + name);
        Path file = folder.resolve(name);
        assumeTrue(Files.exists(file), () -> "skipped: the shared data have no " + name);
        return file;
    }

    /** The folder of the data sets, or null where it is absent. */
    public static @Nullable Path folder() {
        String named = System.getProperty("CAROUSEL_SHARED_DATA", System.getenv("CAROUSEL_SHARED_DATA"));
        Path folder = named != null
                ? Path.of(named)
                : projectRoot().resolveSibling("shared").resolve("data");
        return Files.isDirectory(folder) ? folder : null;
    }

    /** The outermost folder above the working folder that has a {@code pom.xml}. */
    public static Path projectRoot() {
        Path root = Path.of("").toAbsolutePath();
        for (Path folder = root; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("pom.xml"))) {
                root = folder;
            }
        }
        return root;
    }
}
