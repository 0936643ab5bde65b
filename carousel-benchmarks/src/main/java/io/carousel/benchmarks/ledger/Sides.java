package io.carousel.benchmarks.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The sides that can be started, by their labels: a name, the number of threads, and often a variant, as in {@code carousel
 * 1}, {@code carousel 2 jdk17}, {@code carousel 1 scalar}, {@code libtorch 2 kept}.
 *
 * @param java the program of the main JDK
 * @param otherJava the programs of other JDKs, by their feature version
 * @param classPath Carousel's
 * @param peers a folder with a file {@code NAME.classpath} for each peer that is there, {@code NAME.absent} with the reason for
 *     one that is not
 */
record Sides(String java, Map<Integer, String> otherJava, String classPath, Path peers) {
    /** Our own name. */
    static final String CAROUSEL = "carousel";
    /** PyTorch's C++ library. */
    static final String LIBTORCH = "libtorch";
    /** ONNX Runtime. */
    static final String ONNX_RUNTIME = "onnxruntime";
    /** Deeplearning4j. */
    static final String DL4J = "dl4j";

    /** The variant without the vector module. */
    static final String SCALAR = "scalar";

    /** The variant with weights of half the bytes. */
    static final String BFLOAT16 = "bfloat16";

    /** The variant that steps sessions together. */
    static final String GROUP = "group";

    /** The variant with the collector and the small heap with which the command {@code carousel} starts. */
    static final String SERIAL = "serial";

    /** The variant whose C library keeps freed memory, instead of giving it back to the system after every step. */
    static final String KEPT = "kept";

    /** The variant whose idle threads sleep at once, which OpenMP and OpenBLAS need when they share the cores. */
    static final String PASSIVE = "passive";

    /** Environment of {@link #KEPT}: glibc's allocator maps nothing anew and trims nothing. */
    private static final Map<String, String> KEEPING =
            Map.of("MALLOC_MMAP_MAX_", "0", "MALLOC_TRIM_THRESHOLD_", "100000000000", "MALLOC_TOP_PAD_", "67108864");

    private static final Map<String, String> MAIN_CLASSES = Map.of(
            CAROUSEL, "io.carousel.benchmarks.ledger.CarouselSide",
            LIBTORCH, "io.carousel.benchmarks.peer.LibtorchSide",
            ONNX_RUNTIME, "io.carousel.benchmarks.peer.OnnxRuntimeSide",
            DL4J, "io.carousel.benchmarks.peer.Dl4jSide");

    /** How to start the side of that label. */
    SideCommand command(String label) throws SideException {
        String[] words = label.split(" ", -1);
        String name = words[0];
        String main = MAIN_CLASSES.get(name);
        if (words.length < 2 || words.length > 3 || main == null) {
            throw new IllegalArgumentException("label must read NAME THREADS [VARIANT], got " + label);
        }
        String variant = words.length == 3 ? words[2] : "";
        String program = java;
        if (variant.startsWith("jdk")) {
            int version = Integer.parseInt(variant.substring(3));
            program = otherJava.get(version);
            if (program == null) {
                throw new SideException("no JDK " + version + " was found; name one with --other-jdk PATH");
            }
        }
        List<String> options = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED"));
        if (name.equals(CAROUSEL) && !variant.equals(SCALAR)) {
            options.add("--add-modules=jdk.incubator.vector");
        }
        if (variant.equals(SERIAL)) {
            options.addAll(List.of("-XX:+UseSerialGC", "-Xms16m"));
        }
        return new SideCommand(
                        label,
                        program,
                        name.equals(CAROUSEL) ? classPath : peer(name),
                        options,
                        main,
                        Integer.parseInt(words[1]),
                        variant,
                        environment(variant))
                .withThreadVariables();
    }

    private static Map<String, String> environment(String variant) {
        return switch (variant) {
            case KEPT -> KEEPING;
            case PASSIVE -> Map.of("OMP_WAIT_POLICY", "PASSIVE");
            default -> Map.of();
        };
    }

    private String peer(String name) throws SideException {
        try {
            Path there = peers.resolve(name + ".classpath");
            if (Files.exists(there)) {
                return Files.readString(there).trim();
            }
            Path absent = peers.resolve(name + ".absent");
            throw new SideException(
                    Files.exists(absent) ? Files.readString(absent).trim() : "left out, or not prepared by the script");
        } catch (IOException e) {
            throw new SideException(e.toString());
        }
    }
}
