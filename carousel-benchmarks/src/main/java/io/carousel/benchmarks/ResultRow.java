package io.carousel.benchmarks;

import java.util.Locale;

/**
 * A figure of ours beside what is published, what is trivial, and what we aimed at.
 *
 * @param set the data
 * @param protocol what is measured and on which rows
 * @param ours our figure
 * @param otherSeeds our figure with seeds 2 and 3, or empty
 * @param linear that of the linear part of the network alone
 * @param published by others, or empty
 * @param trivial that of a method that needs no training
 * @param aim in words
 * @param met whether we reached it
 * @param kept how many of the recurrent members improved on the linear part, of how many
 * @param choices how the target was prepared
 * @param seed of the training
 * @param seconds of training and evaluation
 */
record ResultRow(
        String set,
        String protocol,
        String ours,
        String otherSeeds,
        String linear,
        String published,
        String trivial,
        String aim,
        boolean met,
        String kept,
        String choices,
        long seed,
        double seconds) {
    /** As it stands in {@code docs/results.md}. */
    String line(String origin) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | **%s** | %s | %s | %s | %s | %s | %s | %s | %s | %d | %.0f | %s |",
                set,
                protocol,
                ours,
                otherSeeds,
                linear,
                published,
                trivial,
                aim,
                ResultsRun.verdict(met),
                kept,
                choices,
                seed,
                seconds,
                origin);
    }
}
