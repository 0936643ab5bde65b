package io.carousel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the conventions ask of the source files themselves, in every module. */
class SourceTest {

    private static final int MOST_LINES = 500;
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:(?:abstract|final|sealed|non-sealed|strictfp) )*(?:class|interface|record|enum|@interface) (\\w+)",
            Pattern.MULTILINE);
    private static final Pattern ANNOTATION =
            Pattern.compile("@\\w[\\w.]*(?:\\((?:[^()]|\\([^()]*\\))*\\))?\\s*(?://[^\n]*)?$");

    @Test
    void everyPackageHasANullMarkedPackageInfoWithItsPurpose() {
        assertThat(sourceFolders().flatMap(folder -> packagesWithoutInfo(folder).stream()))
                .as("packages without a package-info.java that has Javadoc and @NullMarked")
                .isEmpty();
    }

    @Test
    void everyPublicTypeHasJavadoc() {
        assertThat(sourceFolders().flatMap(folder -> typesWithoutJavadoc(folder).stream()))
                .as("public types without Javadoc")
                .isEmpty();
    }

    @Test
    void roomsAreSmall() {
        List<String> large = sourceFolders()
                .flatMap(folder -> javaFiles(folder).stream())
                .filter(file -> text(file).lines().count() > MOST_LINES)
                .map(Path::toString)
                .toList();

        assertThat(large)
                .as("files of more than %d lines (aim at 400)", MOST_LINES)
                .isEmpty();
    }

    @Test
    void aPackageWithoutInfoAndATypeWithoutJavadocAreRefused(@TempDir Path folder) throws IOException {
        Path bare = Files.createDirectories(folder.resolve("bare"));
        Files.writeString(bare.resolve("Bare.java"), "package bare;\n\npublic final class Bare {}\n");
        Path unmarked = Files.createDirectories(folder.resolve("unmarked"));
        Files.writeString(unmarked.resolve("package-info.java"), "/** Text. */\npackage unmarked;\n");
        Files.writeString(
                unmarked.resolve("Told.java"),
                "package unmarked;\n\n/** Text. */\n@Deprecated(since = \"1\") // because\npublic record Told() {}\n");

        assertThat(packagesWithoutInfo(folder)).containsExactlyInAnyOrder("bare", "unmarked");
        assertThat(typesWithoutJavadoc(folder)).containsExactly("Bare");
    }

    private static List<String> packagesWithoutInfo(Path folder) {
        List<String> missing = new ArrayList<>();
        javaFiles(folder).stream().map(Path::getParent).distinct().forEach(directory -> {
            Path info = directory.resolve("package-info.java");
            String text = Files.exists(info) ? text(info) : "";
            if (!text.contains("@NullMarked") || !text.contains("/**")) {
                missing.add(folder.relativize(directory)
                        .toString()
                        .replace('\\', '/')
                        .replace('/', '.'));
            }
        });
        return missing;
    }

    private static List<String> typesWithoutJavadoc(Path folder) {
        List<String> missing = new ArrayList<>();
        for (Path file : javaFiles(folder)) {
            String text = text(file);
            Matcher type = PUBLIC_TYPE.matcher(text);
            if (type.find()) {
                String before = text.substring(0, type.start()).stripTrailing();
                for (Matcher last = ANNOTATION.matcher(before); last.find(); last = ANNOTATION.matcher(before)) {
                    before = before.substring(0, last.start()).stripTrailing();
                }
                if (!before.endsWith("*/") || before.lastIndexOf("/**") < before.lastIndexOf("/*")) {
                    missing.add(type.group(1));
                }
            }
        }
        return missing;
    }

    /**
     * The folders {@code src/main/java} of all modules, and of the peers, which are built outside the reactor; surefire runs
     * tests in the folder of their module.
     */
    private static Stream<Path> sourceFolders() {
        Path root = Path.of("").toAbsolutePath().getParent();
        List<Path> modules = sourceFolders(root);
        List<Path> peers = sourceFolders(root.resolve("carousel-benchmarks/peers"));
        assertThat(modules).as("modules with sources").hasSizeGreaterThanOrEqualTo(3);
        assertThat(peers).as("peers with sources").hasSizeGreaterThanOrEqualTo(3);
        return Stream.concat(modules.stream(), peers.stream());
    }

    private static List<Path> sourceFolders(Path parent) {
        try (Stream<Path> modules = Files.list(parent)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> javaFiles(Path folder) {
        Predicate<Path> isJava = file -> file.toString().endsWith(".java");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(isJava).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
