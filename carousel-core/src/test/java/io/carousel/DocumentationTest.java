package io.carousel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documentation shows in Java is compiled, and run in a folder that holds a copy of {@code examples}.
 *
 * <p>Above each block of Java stands an HTML comment: {@code <!-- runs -->}, or {@code <!-- shown only: why -->}. A reason {@code
 * a part of FILE} is checked: the block stands in that file of the project, line for line.
 */
@Tag("slow")
class DocumentationTest {
    private static final Path ROOT = SharedData.projectRoot();
    private static final Pattern BLOCK =
            Pattern.compile("(?:^<!-- ([^\n]*) -->\n)?^```java\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)");

    record Snippet(String page, int number, String comment, String code) {
        @Override
        public String toString() {
            return page + ", block " + number;
        }
    }

    static List<Snippet> runningSnippets() throws IOException {
        return snippets().stream().filter(s -> s.comment().equals("runs")).toList();
    }

    @Test
    void everyBlockOfJavaIsRunOrSaysWhyNot() throws IOException {
        assertThat(snippets())
                .isNotEmpty()
                .allMatch(s -> s.comment().equals("runs") || s.comment().startsWith("shown only: "));
    }

    @Test
    void everyBlockThatIsAPartOfAFileStandsInIt() throws IOException {
        String reason = "shown only: a part of ";
        for (Snippet snippet : snippets()) {
            if (snippet.comment().startsWith(reason)) {
                Path file = ROOT.resolve(snippet.comment().substring(reason.length()));
                assertThat(withoutIndent(Files.readString(file)))
                        .as(snippet.toString())
                        .contains(withoutIndent(snippet.code()));
            }
        }
    }

    /** The lines without what stands in front of them, and without comments on methods. */
    private static String withoutIndent(String code) {
        return code.replaceAll("(?s) */\\*\\*.*?\\*/\n", "")
                .lines()
                .map(String::strip)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void everyLinkToAFileLeadsToOne() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1).strip()))) {
                    broken.add(ROOT.relativize(page) + ": " + link.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("runningSnippets")
    void theSnippetCompilesAndRuns(Snippet snippet, @TempDir Path folder) throws Exception {
        copyExamples(folder);
        Path source = Files.writeString(folder.resolve("Snippet.java"), program(snippet.code()));

        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, messages, messages, "-cp", classPath(), "-proc:none", source.toString());
        assertThat(compiled).as(messages.toString(StandardCharsets.UTF_8)).isZero();

        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(javaCommand(folder))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.MINUTES))
                    .as("the snippet ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    private static List<String> javaCommand(Path folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        command.addAll(List.of("-cp", folder + System.getProperty("path.separator") + classPath(), "Snippet"));
        return command;
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** The snippet as the body of a main, with the packages of the library imported. */
    private static String program(String code) throws IOException {
        StringBuilder program = new StringBuilder("import java.nio.file.*;\nimport java.util.*;\n");
        Path sources = ROOT.resolve("carousel-core/src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.endsWith("package-info.java")).sorted().forEach(file -> program.append("import ")
                    .append(sources.relativize(file.getParent()).toString().replace(File.separatorChar, '.'))
                    .append(".*;\n"));
        }
        return program.append(
                        "public class Snippet {\npublic static void main(String[] arguments) throws Exception {\n")
                .append(code)
                .append("}\n}\n")
                .toString();
    }

    private static void copyExamples(Path folder) throws IOException {
        Path to = Files.createDirectories(folder.resolve("examples"));
        try (Stream<Path> files = Files.list(ROOT.resolve("examples"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static List<Snippet> snippets() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (Path page : pages()) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            for (int number = 1; block.find(); number++) {
                String comment = block.group(1) == null ? "" : block.group(1);
                snippets.add(new Snippet(ROOT.relativize(page).toString(), number, comment, block.group(2)));
            }
        }
        return snippets;
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("examples"))) {
            try (Stream<Path> files = Files.walk(folder, folder.equals(ROOT) ? 1 : 3)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        return pages;
    }
}
