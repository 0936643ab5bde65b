package io.carousel.benchmarks.ledger;

import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.model.Provenance;
import io.carousel.tensor.Rng;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Our own programs, from the start of their process to the first line that they print: {@link FirstPrediction} as any program
 * is started, and with an archive of class data, on each JDK; and the command {@code carousel} as it is distributed.
 */
final class Starts {
    /** Jars that a program with Carousel needs, besides our own. */
    private static final List<String> LIBRARIES = List.of("jackson-", "fastcsv-");

    /** What the names of programs begin with that make one prediction. */
    static final String PROGRAM = "program";

    private final Sides sides;
    private final Path folder;
    private final Path model;
    private final List<Path> jars = new ArrayList<>();

    /**
     * Makes what the programs need.
     *
     * @param folder for the jars, the model and the archives
     */
    Starts(Sides sides, Path folder, int size) throws IOException {
        this.sides = sides;
        this.folder = Files.createDirectories(folder);
        model = folder.resolve("first.carousel");
        Network network = Network.create(
                new NetworkSpec(size, List.of(RecurrentSpec.of("encoder", "lstm", List.of(size)))), Rng.of(1));
        Provenance nothing = Provenance.of("nothing", "0".repeat(64), Map.of("epochs", 0), 1, "any", Duration.ZERO);
        Model.of(network, Json.object(), nothing).save(model);
        for (String part : sides.classPath().split(File.pathSeparator, -1)) {
            Path path = Path.of(part);
            String name = path.getFileName().toString();
            if (part.contains("carousel-core") && Files.isDirectory(path)) {
                jars.add(jar(folder.resolve("carousel-core.jar"), path, ""));
            } else if (LIBRARIES.stream().anyMatch(name::startsWith) || name.startsWith("carousel-core")) {
                jars.add(path);
            }
        }
    }

    /** The bytes of our jar and those that it needs. */
    double size() throws IOException {
        double bytes = 0;
        for (Path jar : jars) {
            bytes += Files.size(jar);
        }
        return bytes;
    }

    /** The programs by what the table calls them. */
    Map<String, ProcessBuilder> programs(Path root) throws IOException, InterruptedException {
        Path own = jar(
                folder.resolve("first.jar"),
                Path.of(FirstPrediction.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath()),
                FirstPrediction.class.getSimpleName());
        List<String> parts = new ArrayList<>(List.of(own.toString()));
        jars.forEach(jar -> parts.add(jar.toString()));
        Map<String, String> jdks = new LinkedHashMap<>();
        jdks.put("JDK " + Runtime.version().feature(), sides.java());
        sides.otherJava().forEach((version, java) -> jdks.put("JDK " + version, java));
        Map<String, ProcessBuilder> programs = new LinkedHashMap<>();
        for (Map.Entry<String, String> jdk : jdks.entrySet()) {
            Path archive = folder.resolve(jdk.getKey().replace(' ', '-') + ".jsa");
            ProcessBuilder empty = program(jdk.getValue(), parts, List.of());
            empty.command().remove(model.toString());
            programs.put("empty program, " + jdk.getKey(), empty);
            programs.put(PROGRAM + ", " + jdk.getKey(), program(jdk.getValue(), parts, List.of()));
            Files.deleteIfExists(archive);
            run(program(jdk.getValue(), parts, List.of("-XX:ArchiveClassesAtExit=" + archive)));
            programs.put(
                    PROGRAM + " with class-data archive, " + jdk.getKey(),
                    program(jdk.getValue(), parts, List.of("-XX:SharedArchiveFile=" + archive)));
        }
        addCommand(programs, root);
        return programs;
    }

    /** The command, built when its sources changed, and warm: its own archive, too, is made in the first calls. */
    private void addCommand(Map<String, ProcessBuilder> programs, Path root) throws IOException, InterruptedException {
        String command =
                root.resolve("carousel-cli/target/carousel/bin/carousel").toString();
        String data = root.resolve("examples/co2.csv").toString();
        String forecast = folder.resolve("co2.carousel").toString();
        if (run(new ProcessBuilder(
                        root.resolve("carousel").toString(),
                        "forecast",
                        "fit",
                        data,
                        "--target",
                        "co2",
                        "--epochs",
                        "1",
                        "--members",
                        "1",
                        "--out",
                        forecast))
                != 0) {
            return;
        }
        programs.put("carousel --version", new ProcessBuilder(command, "--version"));
        programs.put("carousel forecast predict", new ProcessBuilder(command, "forecast", "predict", forecast, data));
    }

    private ProcessBuilder program(String java, List<String> classPath, List<String> options) {
        List<String> words = new ArrayList<>(List.of(java, "--add-modules=jdk.incubator.vector", "-Xlog:disable"));
        words.addAll(options);
        words.addAll(List.of(
                "-cp", String.join(File.pathSeparator, classPath), FirstPrediction.class.getName(), model.toString()));
        return new ProcessBuilder(words);
    }

    /** Runs to the end; gives the exit code. */
    private int run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        return process.waitFor();
    }

    /**
     * The start of a program.
     *
     * @param seconds to its first line
     * @param memory when it has printed that
     */
    record Start(double seconds, ProcessMemory memory) {
        static Start of(ProcessBuilder builder) throws IOException, InterruptedException {
            long start = System.nanoTime();
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (BufferedReader lines = new BufferedReader(
                            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                    OutputStream end = process.getOutputStream()) {
                String line = lines.readLine();
                double seconds = (System.nanoTime() - start) * 1e-9;
                ProcessMemory memory = ProcessMemory.of(process.pid());
                end.close();
                while (lines.readLine() != null) {
                    // until it ends
                }
                int exitCode = process.waitFor();
                if (line == null || exitCode != 0) {
                    throw new IOException("program must print a line and end well, got exit code " + exitCode + " of "
                            + builder.command());
                }
                return new Start(seconds, memory);
            }
        }
    }

    /** Packs the classes below a folder whose names contain the text, as a jar would hold them. */
    private static Path jar(Path jar, Path classes, String containing) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                if (name.contains(containing)) {
                    out.putNextEntry(new ZipEntry(name));
                    Files.copy(file, out);
                    out.closeEntry();
                }
            }
        }
        return jar;
    }
}
