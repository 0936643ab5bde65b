package io.carousel.benchmarks.ledger;

import java.util.List;

/**
 * What is to be reached, and what was.
 *
 * @param key such as {@code train/lstm/B=32 F=256 H=256 T=64/2 threads}, the same in every run
 * @param text for people
 * @param wanted the limit
 * @param atLeast whether more is better
 * @param measured NaN where it was not
 * @param atLimit what it would be if Carousel ran at the machine's limit, as measured in the same rounds; NaN where no limit was
 */
record Target(String key, String text, double wanted, boolean atLeast, double measured, double atLimit) {
    static Target atLeast(String key, String text, double wanted, double measured) {
        return new Target(key, text, wanted, true, measured, Double.NaN);
    }

    static Target atMost(String key, String text, double wanted, double measured) {
        return new Target(key, text, wanted, false, measured, Double.NaN);
    }

    /** The same, with what it would be at the machine's limit. */
    Target withLimit(double limit) {
        return new Target(key, text, wanted, atLeast, measured, limit);
    }

    boolean met() {
        return atLeast ? measured >= wanted : measured <= wanted;
    }

    /** In words: met, missed, or not measured. */
    String verdict() {
        if (Double.isNaN(measured)) {
            return "not measured";
        }
        return met() ? "met" : "**not met**";
    }

    static String table(List<Target> targets) {
        Table table = new Table("target", "wanted", "at the limit", "measured", "");
        for (Target target : targets) {
            table.row(
                    target.text,
                    (target.atLeast ? "≥ " : "≤ ") + trimmed(target.wanted),
                    Double.isNaN(target.atLimit) ? "" : Table.number(target.atLimit),
                    Table.number(target.measured),
                    target.verdict());
        }
        return table.toString();
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
