package io.carousel.benchmarks.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a side's process is started.
 *
 * @param label by which the tables know it, such as {@code libtorch 2}
 * @param java the program
 * @param classPath of the process
 * @param options of the JVM
 * @param mainClass whose arguments are the number of threads and the variant
 * @param variant of the side; empty for none
 * @param environment variables that are set
 */
record SideCommand(
        String label,
        String java,
        String classPath,
        List<String> options,
        String mainClass,
        int threads,
        String variant,
        Map<String, String> environment) {
    /** The same with variables that tell native libraries their number of threads. */
    SideCommand withThreadVariables() {
        Map<String, String> variables = new LinkedHashMap<>(environment);
        for (String name : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
            variables.put(name, String.valueOf(threads));
        }
        return new SideCommand(label, java, classPath, options, mainClass, threads, variant, variables);
    }

    /** The process, not started yet. */
    ProcessBuilder builder() {
        List<String> words = new ArrayList<>();
        words.add(java);
        words.addAll(options);
        words.addAll(List.of("-cp", classPath, mainClass, String.valueOf(threads), variant));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        return builder;
    }
}
