package io.carousel.benchmarks.ledger;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where, when and how a section was measured.
 *
 * @param date such as 2026-01-31
 * @param commit of the sources
 * @param quick whether the rounds were too short to count
 * @param machine processor, cores, caches, memory, system
 * @param jdk of the main measurements
 * @param seed of {@link io.carousel.benchmarks.side.Numbers}
 * @param rounds for each workload
 * @param seconds of each side in a round
 * @param sides what each says of itself, by its label
 */
record Setting(
        String date,
        String commit,
        boolean quick,
        Map<String, String> machine,
        String jdk,
        long seed,
        int rounds,
        double seconds,
        Map<String, Map<String, String>> sides) {
    Setting {
        machine = new TreeMap<>(machine);
        sides = new TreeMap<>(sides);
    }
}
