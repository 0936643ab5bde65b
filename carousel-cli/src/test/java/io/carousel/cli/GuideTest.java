package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands that a guide shows run as they stand, one block after the other, in a folder that holds {@code examples}
 * and, as {@code example}, the cell that a guide writes. What a guide shows as printed they print, but for the seconds.
 *
 * <p>The Java that a guide shows is run by the tests of the core.
 */
@Tag("slow")
class GuideTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final Pattern BLOCK =
            Pattern.compile("(?:^<!-- ([^\n]*) -->\n)?^```sh\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern PRINTED =
            Pattern.compile("^<!-- printed -->\n```text\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    static List<Path> guides() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/guides"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyBlockOfCommandsIsRunOrSaysWhyNot() throws IOException {
        for (Path guide : guides()) {
            Matcher block = BLOCK.matcher(Files.readString(guide));
            while (block.find()) {
                assertThat(block.group(1)).as(block.group(2)).isNotNull().matches("runs|shown only: .*");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("guides")
    void theCommandsOfTheGuideRun(Path guide, @TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash on this machine");
        copyExamples(folder);
        StringBuilder script = new StringBuilder("set -eu\ncarousel_lib='" + CLASS_PATH + "'\ncarousel() {\n  ");
        javaCommand().forEach(word -> script.append("'").append(word).append("' "));
        script.append(
                "-cp \"$carousel_lib${CAROUSEL_CLASSPATH:+:$CAROUSEL_CLASSPATH}\" io.carousel.cli.Main \"$@\"\n}\n");
        Matcher block = BLOCK.matcher(Files.readString(guide));
        while (block.find()) {
            if ("runs".equals(block.group(1))) {
                script.append(block.group(2));
            }
        }
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder("/bin/bash", "-c", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        String out = withoutSeconds(Files.readString(output));
        assertThat(printed(guide)).allSatisfy(line -> assertThat(out).contains(line));
    }

    /** The lines that the guide shows as printed. */
    private static List<String> printed(Path guide) throws IOException {
        List<String> lines = new ArrayList<>();
        Matcher block = PRINTED.matcher(Files.readString(guide));
        while (block.find()) {
            withoutSeconds(block.group(1))
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(lines::add);
        }
        return lines;
    }

    private static String withoutSeconds(String text) {
        return text.replaceAll("; [0-9.]+ s(?=\\R)", "");
    }

    private static List<String> javaCommand() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        return command;
    }

    private static void copyExamples(Path folder) throws IOException {
        copy(ROOT.resolve("examples"), folder.resolve("examples"));
        copy(ROOT.resolve("carousel-core/src/test/java/example"), folder.resolve("example"));
    }

    private static void copy(Path from, Path folder) throws IOException {
        Path to = Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
