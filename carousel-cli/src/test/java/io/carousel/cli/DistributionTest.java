package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.carousel.model.Json;
import io.carousel.task.forecast.Forecaster;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real script of the distribution that {@code mvn package} makes; skipped before there is one of these sources. */
class DistributionTest {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path HOME = TARGET.resolve("carousel");

    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;

    @BeforeEach
    void thereIsADistribution() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash on this machine");
        Path script = HOME.resolve("bin/carousel");
        assumeTrue(
                Files.isExecutable(script)
                        && newest(HOME.resolve("lib")).compareTo(newest(TARGET.resolve("classes"))) >= 0,
                "mvn package has not made a distribution of these sources yet");
    }

    @Test
    void startsInWellUnderASecond() throws Exception {
        // A slow or busy machine starts every Java late, so that the second is one where a bare Java takes a tenth of
        // it.
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        long bare = Long.MAX_VALUE;
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 20 && best >= Math.max(SECOND, 10 * bare); i++) {
            long start = System.nanoTime();
            execute(List.of(java, "-version"));
            bare = Math.min(bare, System.nanoTime() - start);
            start = System.nanoTime();
            assertThat(carousel(HOME, "--version").out()).startsWith("carousel ");
            best = Math.min(best, System.nanoTime() - start);
        }
        assertThat(best).as("nanoseconds, a bare Java %d", bare).isLessThan(Math.max(SECOND, 10 * bare));
    }

    @Test
    void runsTheDemoFromAnyFolderAndSaysNothingElseOnStandardError() throws Exception {
        Call call = carousel(HOME, "demo", "--epochs", "1");
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out())
                .contains(
                        "best naive method",
                        folder.resolve("carousel-report.html").toRealPath().toString());
        assertThat(call.err()).doesNotContain("WARNING", "incubator");
        assertThat(folder.resolve("carousel-report.html")).isNotEmptyFile();
    }

    @Test
    void worksThroughALinkInAFolderWithSpaces() throws Exception {
        Path spaced = Files.createDirectories(folder.resolve("my programs"));
        Path link = Files.createSymbolicLink(spaced.resolve("carousel home"), HOME);
        Path script = Files.createSymbolicLink(spaced.resolve("run it"), link.resolve("bin/carousel"));
        Call call = execute(List.of(script.toString(), "inspect", "no such file"));
        Files.delete(link);
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).isEqualTo("carousel: there is no model file no such file; check the path\n");
    }

    /** Whether interrupts are ignored, as in what a shell starts in the background; what is started from here inherits it. */
    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        int interrupt = 2;
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(ignored -> (ignored >> (interrupt - 1) & 1) == 1);
    }

    @Test
    void keepsTheBestModelWhenInterrupted() throws Exception {
        assumeFalse(ignoresInterrupts(), "the tests were started with interrupts ignored");
        Path data = SampleFiles.monthly(folder, 400);
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = process(List.of(
                HOME.resolve("bin/carousel").toString(),
                "forecast",
                "fit",
                data.toString(),
                "--target",
                "sold",
                "--epochs",
                "100000",
                "--patience",
                "0",
                "--out",
                "kept.carousel",
                "--json"));
        builder.environment().put("CAROUSEL_JAVA_OPTS", "-Dcarousel.columns=100"); // as if on a terminal
        Process process = builder.redirectError(err.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
        for (int i = 0; i < 6000 && process.isAlive() && !Files.readString(err).contains("sequences/s"); i++) {
            LockSupport.parkNanos(100_000_000);
        }
        assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(Files.readString(err)).contains("interrupted; the best model so far is kept in kept.carousel");
        assertThat(Json.readObject(Files.readString(folder.resolve("out.txt")), "out")
                        .get("stopped")
                        .asBoolean())
                .isTrue();
        assertThat(Forecaster.load(folder.resolve("kept.carousel")).spec().target())
                .isEqualTo("sold");
    }

    @Test
    void takesAndPrintsAnyLetterAlsoWhereNoLanguageIsSet() throws Exception {
        assumeTrue(
                "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding")),
                "this JVM itself cannot name such files");
        String csv = Files.readString(SampleFiles.monthly(folder, 120)).replace("sold", "größe 温度");
        Path data = Files.writeString(folder.resolve("données.csv"), csv);
        Call call = carousel(
                HOME,
                "forecast",
                "fit",
                data.toString(),
                "--target",
                "größe 温度",
                "--epochs",
                "1",
                "--members",
                "1",
                "--out",
                "modèle",
                "--json");
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(Json.readObject(call.out(), "out").get("model").asString()).isEqualTo("modèle");
        assertThat(call.out()).contains("größe 温度", "données.csv");
        assertThat(folder.resolve("modèle")).exists();
    }

    @Test
    void startsFromClassDataThatItsFirstCallsLeaveAndWithoutWhenTheyAreSpoiled() throws Exception {
        assumeTrue(
                Files.exists(Path.of(System.getProperty("java.home"), "lib/server/classes.jsa")),
                "this Java has no class data of its own to build upon");
        Path home = folder.resolve("carousel");
        copyFolder(HOME, home);
        Path data = SampleFiles.monthly(folder, 120);
        Path forecast = folder.resolve("next.csv");
        Call fit = carousel(
                home, "forecast", "fit", data.toString(), "--target", "sold", "--epochs", "1", "--out", "m.carousel");
        assertThat(fit.exitCode()).as(fit.err()).isZero();
        assertThat(fit.err()).doesNotContain("archive", "warning");
        predict(home, data, forecast);
        String first = Files.readString(forecast);

        List<Path> made = classData(home);
        assertThat(made).singleElement().asString().endsWith(".jsa");

        assertThat(made.get(0).toFile().setWritable(true)).isTrue();
        Files.writeString(made.get(0), "spoiled");
        predict(home, data, forecast);
        assertThat(forecast).hasContent(first);
        assertThat(classData(home)).isEqualTo(made);
    }

    @Test
    void keepsToASmallHeapUnlessAnotherCollectorIsAskedFor() throws Exception {
        assertThat(flags("")).containsPattern("UseSerialGC +=  *true").containsPattern("InitialHeapSize += 16777216 ");
        assertThat(flags("-XX:+UseParallelGC "))
                .containsPattern("UseParallelGC +=  *true")
                .containsPattern("UseSerialGC +=  *false");
    }

    /** The flags of the JVM that the launcher starts, with options of the caller's. */
    private String flags(String options) throws Exception {
        Path out = folder.resolve("flags.txt");
        ProcessBuilder builder = process(List.of(HOME.resolve("bin/carousel").toString(), "--version"));
        builder.environment().put("CAROUSEL_JAVA_OPTS", options + "-XX:+PrintFlagsFinal");
        Process process =
                builder.redirectOutput(out.toFile()).redirectErrorStream(true).start();
        assertThat(process.waitFor()).as(Files.readString(out)).isZero();
        return Files.readString(out);
    }

    private void predict(Path home, Path data, Path forecast) throws Exception {
        Call call = carousel(home, "forecast", "predict", "m.carousel", data.toString(), "--out", forecast.toString());
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.err()).isEmpty();
        assertThat(call.out()).isEqualTo("Forecast: " + forecast + "\n");
    }

    private static List<Path> classData(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("class-data"))) {
            return files.toList();
        }
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                if (!from.relativize(file).startsWith("class-data")) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    @Test
    void isAlsoAnArchiveWithLicenceAndExamples() throws Exception {
        List<Path> archives;
        try (Stream<Path> files = Files.list(TARGET)) {
            archives = files.filter(file -> file.toString().endsWith(".tar.gz")).toList();
        }
        assertThat(archives).hasSize(1);
        Call listing = execute(List.of("tar", "tzvf", archives.get(0).toString()));
        assertThat(listing.out().lines())
                .anyMatch(line -> line.startsWith("-rwxr-xr-x") && line.endsWith("/bin/carousel"))
                .anyMatch(line -> line.endsWith("/bin/carousel.bat"))
                .anyMatch(line -> line.endsWith("/libexec/find-java.sh"))
                .anyMatch(line -> line.endsWith("/libexec/class-data.sh"))
                .anyMatch(line -> line.contains("/lib/carousel-core-"))
                .anyMatch(line -> line.endsWith("/LICENSE"))
                .anyMatch(line -> line.endsWith("/NOTICE"))
                .anyMatch(line -> line.endsWith("/examples/co2.csv"));
        assertThat(Path.of(archives.get(0).toString().replace(".tar.gz", ".zip")))
                .exists();
    }

    private Call carousel(Path home, String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/carousel").toString()));
        command.addAll(List.of(words));
        return execute(command);
    }

    private Call execute(List<String> command) throws Exception {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = process(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int exitCode = process.waitFor();
        return new Call(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    /** A process in the folder, with the Java that runs this test. */
    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "LC_ALL", "LC_CTYPE", "LANG"));
        return builder;
    }

    private static FileTime newest(Path in) throws IOException {
        try (Stream<Path> files = Files.walk(in)) {
            return files.map(Path::toFile)
                    .filter(File::isFile)
                    .map(file -> FileTime.fromMillis(file.lastModified()))
                    .max(Comparator.naturalOrder())
                    .orElse(FileTime.fromMillis(0));
        }
    }
}
