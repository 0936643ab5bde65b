package io.carousel.benchmarks.ledger;

import java.io.IOException;
import java.util.List;

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
}
