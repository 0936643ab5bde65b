package io.carousel.benchmarks.ledger;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page {@code docs/performance.md}. */
final class PerformancePage {
    private static final String INTRODUCTION = """
            # Performance

            Carousel and its peers, measured in one run on the same machine. `carousel-benchmarks/run` measures and writes this
            page from `docs/performance/*.json`; nobody edits either.

            Every side is a JVM of its own with its own class path, and only one works at a time. They take turns (A B C, A B C,
            …): a figure is the median over the rounds, ± half the distance of the quartiles; a ratio is the median of the ratios
            of the rounds, so that what changes the machine's speed for all cancels out. All sides start from the same weights
            and inputs (SplitMix64 with a seed for each array's name). Before a side is timed its results, gradients among them,
            are compared with ours; one that differs by more than rounding explains is not timed, and the table says so. The
            bound is derived from the number of roundings on the longest path, after Higham and Mary, *A New Approach to
            Probabilistic Rounding Error Analysis*, 2019.

            Each table of targets says what was wanted, what was measured, and, where a limit of the machine was measured in the
            same rounds, what Carousel would reach *at the limit*: multiply-adds at the peak of as many cores, or nothing but the
            reading of weights.

            """;

    private PerformancePage() {}

    static String of(Map<Section, Findings> sections) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        sections.forEach((section, findings) -> {
            page.append("## ").append(section.title()).append("\n\n");
            page.append(section.page(findings).strip()).append("\n\n");
            page.append(Target.table(section.targets(findings))).append('\n');
            page.append(setting(findings.setting())).append('\n');
        });
        return page.toString();
    }

    private static String setting(Setting setting) {
        StringBuilder text = new StringBuilder("Measured on ")
                .append(setting.date())
                .append(", commit ")
                .append(setting.commit())
                .append(", seed ")
                .append(setting.seed())
                .append(", ")
                .append(setting.rounds())
                .append(" rounds of ")
                .append(setting.seconds())
                .append(" s; ")
                .append(words(setting.machine()))
                .append("; JDK ")
                .append(setting.jdk())
                .append(".\n\n");
        setting.sides().forEach((label, about) -> text.append("- ")
                .append(label)
                .append(": ")
                .append(words(about))
                .append('\n'));
        return text.toString();
    }

    private static String words(Map<String, String> facts) {
        return new TreeMap<>(facts)
                .entrySet().stream()
                        .map(fact -> fact.getKey() + " " + fact.getValue())
                        .collect(Collectors.joining(", "));
    }
}
