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
 * @param minutes that a long run takes
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
        double minutes,
        boolean pageOnly,
        Sides sides,
        String commit) {
    /**
     * Reads {@code [SECTION…] [--quick] [--only WORDS] [--minutes NUMBER] [--page] [--json FILE] [--root FOLDER] [--commit
     * NAME] [--peers FOLDER] [--other-jdk VERSION=JAVA…]}.
     *
     * @param known the names of all sections
     * @param usual those that are measured when none is named
     * @throws IllegalArgumentException when it cannot
     */
    static LedgerOptions parse(List<String> arguments, List<String> known, List<String> usual) {
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
                case "--json", "--only", "--minutes", "--root", "--commit", "--peers" ->
                    values.put(argument, value(arguments, ++i));
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
                sections.isEmpty() ? new LinkedHashSet<>(usual) : sections,
                json == null ? null : Path.of(json),
                quick,
                values.getOrDefault("--only", ""),
                minutes(values.getOrDefault("--minutes", quick ? "1" : "10")),
                page,
                new Sides(java, jdks, System.getProperty("java.class.path"), peers),
                values.getOrDefault("--commit", "unknown"));
    }

    private static double minutes(String text) {
        try {
            double minutes = Double.parseDouble(text);
            if (minutes > 0 && minutes <= 24 * 60) {
                return minutes;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("--minutes must be a number above 0 and at most 1440, got " + text);
    }

    /** What is said of a run on that day. */
    Bench.Run run(String date) {
        return new Bench.Run(date, commit, quick, only, minutes);
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
