package io.carousel.benchmarks.ledger;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One part of the ledger, measured by itself: a table or more, and the targets that it answers. */
interface Section {
    /** The argument of the command, such as {@code train}; also that of the file of its measurements. */
    String name();

    /** The heading on the page. */
    String title();

    /** Measures; takes minutes. */
    Findings measure(Bench bench) throws IOException, InterruptedException;

    /** What is to be reached, as far as it was measured. */
    List<Target> targets(Findings findings);

    /** The tables, and what a reader must know of them, in Markdown and without a heading. */
    String page(Findings findings);

    /** The drawings that the page shows, in SVG, by the names of their files in {@code docs/figures}. */
    default Map<String, String> drawings(Findings findings) {
        return Map.of();
    }

    /** Whether it takes so long that it is measured only when it is asked for by name. */
    default boolean onDemand() {
        return false;
    }
}
