package io.carousel.benchmarks.ledger;

import io.carousel.model.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command: measures the sections that its arguments name, all of them without one, prints their tables and targets, keeps
 * what was measured, and writes the page from what is kept. The script {@code carousel-benchmarks/run} calls it.
 */
final class Ledger {
    static final List<Section> SECTIONS = List.of(
            new TrainSection(), new StepSection(), new FootprintSection(), new ScaleSection(), new DaySection());

    private final LedgerOptions options;
    private final Path kept;

    private Ledger(LedgerOptions options) {
        this.options = options;
        kept = options.root().resolve("docs/performance");
    }

    /** Runs. */
    public static void main(String[] arguments) throws IOException, InterruptedException, FormatException {
        LedgerOptions options;
        try {
            options = LedgerOptions.parse(List.of(arguments), names(), measuredByDefault());
        } catch (IllegalArgumentException e) {
            System.err.println("run: " + e.getMessage());
            System.exit(2);
            return;
        }
        Ledger ledger = new Ledger(options);
        if (!options.pageOnly()) {
            ledger.measure();
        }
        if (options.pageOnly() || options.counts()) {
            ledger.writePage();
        }
    }

    /** The sections by their names. */
    static List<String> names() {
        return SECTIONS.stream().map(Section::name).toList();
    }

    /** The names of the sections that are measured when none is named. */
    static List<String> measuredByDefault() {
        return SECTIONS.stream()
                .filter(section -> !section.onDemand())
                .map(Section::name)
                .toList();
    }

    @SuppressWarnings("ClosingStandardOutputStreams") // a bench closes its processes only
    private void measure() throws IOException, InterruptedException {
        Map<String, String> written = new LinkedHashMap<>();
        Bench.Run run = options.run(LocalDate.now(ZoneOffset.UTC).toString());
        for (Section section : SECTIONS) {
            if (!options.sections().contains(section.name())) {
                continue;
            }
            try (Bench bench = new Bench(options.sides(), run, options.root(), System.err)) {
                Findings findings = section.measure(bench);
                System.out.println("\n" + section.title() + "\n");
                System.out.println(section.page(findings));
                System.out.println(Target.table(section.targets(findings)));
                written.put(section.name(), findings.json());
                if (options.counts()) {
                    Files.createDirectories(kept);
                    Files.writeString(file(section), findings.json());
                }
            }
        }
        Path json = options.json();
        if (json != null) {
            StringBuilder text = new StringBuilder("{\n");
            written.forEach((name, findings) -> text.append(text.length() > 2 ? ",\n" : "")
                    .append('"')
                    .append(name)
                    .append("\": ")
                    .append(findings.stripTrailing()));
            Files.writeString(json, text.append("\n}\n"));
        }
    }

    private Path file(Section section) {
        return kept.resolve(section.name() + ".json");
    }

    private void writePage() throws IOException, FormatException {
        Map<Section, Findings> all = new LinkedHashMap<>();
        for (Section section : SECTIONS) {
            if (Files.exists(file(section))) {
                all.put(section, Findings.read(file(section)));
            }
        }
        Path figures = Files.createDirectories(options.root().resolve("docs/figures"));
        for (Map.Entry<Section, Findings> each : all.entrySet()) {
            for (Map.Entry<String, String> drawing :
                    each.getKey().drawings(each.getValue()).entrySet()) {
                Files.writeString(figures.resolve(drawing.getKey()), drawing.getValue());
            }
        }
        Path page = options.root().resolve("docs/performance.md");
        Files.writeString(page, PerformancePage.of(all));
        System.err.println("wrote " + page);
    }
}
