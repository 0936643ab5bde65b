package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./carousel} in a copy of the project, with a JDK and a Maven that only pretend. */
@Tag("slow")
class LauncherTest {
    /** The programs that the scripts may use, other than java and mvn. */
    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "cksum",
            "cut",
            "dirname",
            "env",
            "find",
            "flock",
            "grep",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "sed",
            "sleep",
            "sort",
            "stty",
            "touch");

    @TempDir
    private Path place;

    private Path project;
    private Path tools;

    @BeforeEach
    void copyTheScripts() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash on this machine");
        Path root = Path.of("").toAbsolutePath().getParent();
        project = Files.createDirectories(place.resolve("a project"));
        copy(root.resolve("carousel"), project.resolve("carousel"));
        Path libexec = Path.of("carousel-cli/src/main/distribution/libexec/find-java.sh");
        copy(root.resolve(libexec), project.resolve(libexec));
        Files.createDirectories(project.resolve("carousel-core/src/main/java"));
        Files.writeString(project.resolve("carousel-core/src/main/java/A.java"), "class A {}");
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        tools = Files.createDirectories(place.resolve("tools"));
        for (String tool : TOOLS) {
            for (String folder : List.of("/usr/bin", "/bin")) {
                Path program = Path.of(folder, tool);
                if (Files.exists(program) && !Files.exists(tools.resolve(tool))) {
                    script(tools.resolve(tool), "exec " + program + " \"$@\"");
                }
            }
        }
        script(
                tools.resolve("mvn"),
                "echo \"$@\" >> '" + place + "/builds'",
                "home=carousel-cli/target/carousel; mkdir -p $home/bin",
                "echo '#!/bin/bash' > $home/bin/carousel; echo 'echo \"ran $*\"' >> $home/bin/carousel",
                "/bin/chmod +x $home/bin/carousel");
    }

    @Test
    void buildsOnFirstUseAndThenOnlyWhenSourcesChange() throws Exception {
        Path jdk = jdk("17.0.9");
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());
        assertThat(run(place, environment, "x", "y z").out()).isEqualTo("ran x y z\n");
        assertThat(run(place, environment).out()).isEqualTo("ran \n");
        assertThat(builds()).hasSize(1);

        Files.writeString(project.resolve("carousel-core/src/main/java/A.java"), "class A { }");
        Call edited = run(place, environment);
        assertThat(builds()).hasSize(2);
        assertThat(edited.out()).isEqualTo("ran \n");
        assertThat(edited.err()).contains("building");

        Files.writeString(project.resolve("carousel-core/src/main/java/B.java"), "class B {}");
        run(place, environment);
        Files.delete(project.resolve("carousel-core/src/main/java/A.java"));
        run(place, environment);
        assertThat(builds()).hasSize(4);
        assertThat(run(place, environment).err()).isEmpty();
        assertThat(builds()).hasSize(4);
    }

    @Test
    void worksThroughSymbolicLinksFromAnyFolder() throws Exception {
        Path link = Files.createSymbolicLink(place.resolve("my link"), project.resolve("carousel"));
        Path second = Files.createSymbolicLink(tools.resolve("second"), Path.of("../my link"));
        Call call = execute(Path.of("/"), Map.of("JAVA_HOME", jdk("21").toString()), second.toString(), "demo");
        assertThat(call.out()).as(call.err()).isEqualTo("ran demo\n");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void refusesAnOldJavaInOneLine() throws Exception {
        Call call = run(place, Map.of("JAVA_HOME", jdk("11.0.2").toString()), "demo");
        assertIsOneLine(call, "Java must be 17 or later, got ", "is Java 11; set JAVA_HOME to a JDK 17 or later");
        assertIsOneLine(run(place, Map.of("JAVA_HOME", jdk("1.8.0_392").toString())), "is Java 8;");
    }

    @Test
    void takesTheJavaOnThePathWhenJavaHomeIsTooOld() throws Exception {
        Path good = jdk("25.0.1");
        Files.createSymbolicLink(tools.resolve("java"), good.resolve("bin/java"));
        assertThat(run(place, Map.of("JAVA_HOME", jdk("11").toString())).exitCode())
                .isZero();
        assertThat(run(place, Map.of("JAVA_HOME", "/nowhere")).exitCode()).isZero();
        assertThat(run(place, Map.of()).exitCode()).isZero();
    }

    @Test
    void saysWhenThereIsNoJava() throws Exception {
        assertIsOneLine(run(place, Map.of()), "Java must be 17 or later, got none; set JAVA_HOME");
        assertIsOneLine(run(place, Map.of("JAVA_HOME", "/nowhere")), "got /nowhere has no bin/java;");
    }

    @Test
    void saysWhenThereIsNoCompilerOrNoMaven() throws Exception {
        Path runtime = jdk("17");
        Files.delete(runtime.resolve("bin/javac"));
        assertIsOneLine(run(place, Map.of("JAVA_HOME", runtime.toString())), "building needs a JDK");
        Files.delete(tools.resolve("mvn"));
        assertIsOneLine(run(place, Map.of("JAVA_HOME", jdk("17").toString())), "building needs Maven");
    }

    @Test
    void showsWhyABuildFailedAndTriesAgainNextTime() throws Exception {
        script(tools.resolve("mvn"), "echo '[ERROR] A.java:[1,1] no such thing'; exit 1");
        Map<String, String> environment = Map.of("JAVA_HOME", jdk("17").toString());
        for (int i = 0; i < 2; i++) {
            Call call = run(place, environment);
            assertThat(call.exitCode()).isEqualTo(1);
            assertThat(call.err()).contains("[ERROR] A.java:[1,1] no such thing", "carousel-build.log");
        }
    }

    private static void assertIsOneLine(Call call, String... expected) {
        assertThat(call.exitCode()).as(call.err()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err().lines()).as(call.err()).hasSize(1);
        assertThat(call.err()).startsWith("carousel: ").contains(expected);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(place.resolve("builds"));
    }

    /** A folder that looks like a JDK of that version. */
    private Path jdk(String version) throws IOException {
        Path home = Files.createDirectories(place.resolve("jdk " + version));
        script(home.resolve("bin/java"), "exit 0");
        script(home.resolve("bin/javac"), "exit 0");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private Call run(Path from, Map<String, String> environment, String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(project.resolve("carousel").toString()));
        command.addAll(List.of(words));
        return execute(from, environment, command.toArray(String[]::new));
    }

    private Call execute(Path from, Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().putAll(environment);
        Path out = place.resolve("out.txt");
        Path err = place.resolve("err.txt");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        int exitCode = process.waitFor();
        return new Call(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(
                file, Stream.concat(Stream.of("#!/bin/bash"), Stream.of(lines)).toList());
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
