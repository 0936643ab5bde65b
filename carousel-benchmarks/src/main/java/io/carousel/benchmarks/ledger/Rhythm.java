package io.carousel.benchmarks.ledger;

/**
 * How long things are measured.
 *
 * @param rounds in which all sides take a turn
 * @param warm seconds of each side before the first round
 * @param seconds of each side in a round
 */
record Rhythm(int rounds, double warm, double seconds) {
    /** What counts. */
    static final Rhythm FULL = new Rhythm(5, 1, 0.6);

    /** Enough to see that everything runs. */
    static final Rhythm QUICK = new Rhythm(3, 0.3, 0.1);

    /** The same in which each side works that much longer. */
    Rhythm times(double factor) {
        return new Rhythm(rounds, warm * factor, seconds * factor);
    }
}
