package io.carousel.benchmarks.ledger;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the command.
 *
 * @param root the folder of the project
 * @param sections their names
 * @param json where to write what was measured, too
 * @param quick whether to hurry, so that the figures do not count
 * @param only what a workload's words must contain to be measured; empty for all
 * @param pageOnly whether to measure nothing
 * @param sides what can be started
 * @param commit of the sources
 */
record LedgerOptions(
        Path root,
        Set<String> sections,
        @Nullable Path json,
        boolean quick,
        String only,
        boolean pageOnly,
        Sides sides,
        String commit) {
    /**
     * Reads {@code [SECTION…] [--quick] [--only WORDS] [--page] [--json FILE] [--root FOLDER] [--commit NAME] [--peers FOLDER]
     * [--other-jdk VERSION=JAVA…]}.
     *
     * @throws IllegalArgumentException when it cannot
     */
    static LedgerOptions parse(List<String> arguments, List<String> known) {
        Set<String> sections = new LinkedHashSet<>();
        Map<String, String> values = new TreeMap<>();
        Map<Integer, String> jdks = new TreeMap<>();
        boolean quick = false;
        boolean page = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--quick" -> quick = true;
                case "--page" -> page = true;
                case "--json", "--only", "--root", "--commit", "--peers" -> values.put(argument, value(arguments, ++i));
                case "--other-jdk" -> {
                    String[] pair = value(arguments, ++i).split("=", 2);
                    jdks.put(Integer.valueOf(pair[0]), pair[1]);
                }
                default -> {
                    if (!known.contains(argument)) {
                        throw new IllegalArgumentException("argument must be one of " + String.join(", ", known)
                                + " or an option, got " + argument + "; see --help");
                    }
                    sections.add(argument);
                }
            }
        }
        Path root = Path.of(values.getOrDefault("--root", "")).toAbsolutePath();
        String json = values.get("--json");
        Path peers = Path.of(values.getOrDefault(
                "--peers", root.resolve("carousel-benchmarks/target/peers").toString()));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new LedgerOptions(
                root,
                sections.isEmpty() ? new LinkedHashSet<>(known) : sections,
                json == null ? null : Path.of(json),
                quick,
                values.getOrDefault("--only", ""),
                page,
                new Sides(java, jdks, System.getProperty("java.class.path"), peers),
                values.getOrDefault("--commit", "unknown"));
    }

    private static String value(List<String> arguments, int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException(arguments.get(index - 1) + " must be followed by a value; see --help");
        }
        return arguments.get(index);
    }

    /** Whether what is measured counts: a run that hurries or leaves things out is not kept. */
    boolean counts() {
        return !quick && only.isEmpty();
    }
}
