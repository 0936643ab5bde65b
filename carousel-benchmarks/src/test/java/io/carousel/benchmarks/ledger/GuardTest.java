package io.carousel.benchmarks.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.benchmarks.side.Timing;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class GuardTest {
    private static final String WORKLOAD = "step lstm F=1 H=1";
    private static final Section SECTION = new Ratios();

    @Test
    void aRatioThatFellByMoreThanBothSpreadIsNamed() {
        Map<String, Guard.Fall> fallen = Guard.fallen(SECTION, findings(1.9, 2, 2.1), findings(1.4, 1.5, 1.6));

        assertThat(fallen).containsOnlyKeys("speed", "share");
        Guard.Fall fall = fallen.get("speed");
        assertThat(fall.text()).isEqualTo("times the peer");
        assertThat(fall.before()).isCloseTo(2, within(1e-12));
        assertThat(fall.now()).isCloseTo(1.5, within(1e-12));
        assertThat(fall.tolerance()).isCloseTo(0.2 + 0.2, within(1e-12));
    }

    @Test
    void aRatioThatFellByLessThanBothSpreadHasNotFallen() {
        assertThat(Guard.fallen(SECTION, findings(1.9, 2, 2.1), findings(1.55, 1.65, 1.75)))
                .isEmpty();
        assertThat(Guard.fallen(SECTION, findings(2, 2, 2), findings(1, 1.5, 2.5)))
                .isEmpty();
    }

    @Test
    void betterIsNoFallWhicheverWayATargetPoints() {
        // The target "share" is to be small, and is one over the other.
        assertThat(Guard.fallen(SECTION, findings(2, 2, 2), findings(3, 3, 3))).isEmpty();
        assertThat(Guard.fallen(SECTION, findings(2, 2, 2), findings(1, 1, 1))).containsOnlyKeys("speed", "share");
    }

    @Test
    void slowerForAllIsNoFall() {
        assertThat(Guard.fallen(SECTION, slowed(1, 2, 2, 2), slowed(3, 2, 2, 2)))
                .isEmpty();
    }

    @Test
    void whatOneOfTheRunsDidNotMeasureIsNotCompared() {
        Findings none = new Findings(setting(), List.of(), Map.of());

        assertThat(Guard.fallen(SECTION, findings(2, 2, 2), none)).isEmpty();
        assertThat(Guard.fallen(SECTION, none, findings(2, 2, 2))).isEmpty();
    }

    @Test
    void onlyWhatFellEveryTimeIsARegression() throws Exception {
        assertThat(everyTime(findings(1, 1, 1), findings(1, 1, 1), findings(1, 1, 1)))
                .containsOnlyKeys("speed", "share");
        assertThat(everyTime(findings(1, 1, 1), findings(1, 1, 1), findings(2, 2, 2)))
                .isEmpty();
        assertThat(everyTime(findings(1, 1, 1), findings(2, 2, 2))).isEmpty();
        assertThat(everyTime(findings(2, 2, 2))).isEmpty();
    }

    @Test
    void theReportIsATableOfWhatFellOrSaysThatNothingDid() {
        assertThat(Guard.report(Map.of())).isEqualTo("No ratio fell by more than the measurements spread.");
        assertThat(Guard.report(new TreeMap<>(Map.of("speed", new Guard.Fall("times the peer", 2, 1.5, 0.25)))))
                .isEqualTo("""
                        | what fell      | before | now  | tolerance |
                        |----------------|--------|------|-----------|
                        | times the peer | 2.00   | 1.50 | 0.250     |

                        [speed]""");
    }

    /** What the guard finds when these are measured one after the other, and no more of them. */
    private static Map<String, Guard.Fall> everyTime(Findings... fresh) throws IOException, InterruptedException {
        Iterator<Findings> next = List.of(fresh).iterator();
        Map<String, Guard.Fall> fallen = Guard.fallenEveryTime(SECTION, findings(2, 2, 2), next::next);
        assertThat(next).isExhausted();
        return fallen;
    }

    /** Rounds in which the peer takes so many times as long as we. */
    private static Findings findings(double... ratios) {
        return slowed(1, ratios);
    }

    /** The same on a machine where everything takes so many times as long. */
    private static Findings slowed(double by, double... ratios) {
        List<Timing> ours =
                DoubleStream.of(ratios).mapToObj(ratio -> timing(by)).toList();
        List<Timing> peer =
                DoubleStream.of(ratios).mapToObj(ratio -> timing(by * ratio)).toList();
        Map<String, Measured.Entry> sides = Map.of(
                "ours", new Measured.Entry(null, 0.0, 0.0, ours), "peer", new Measured.Entry(null, 0.0, 0.0, peer));
        return new Findings(setting(), List.of(new Measured(WORKLOAD, sides)), Map.of());
    }

    private static Timing timing(double mean) {
        return new Timing(1, mean, mean, mean, 0);
    }

    private static Setting setting() {
        return new Setting("2026-01-31", "abc", false, Map.of(), "25", 1, 3, 0.5, Map.of());
    }

    /** Two targets of one workload: how many times faster we are, and what share of the peer's time we take. */
    private static final class Ratios implements Section {
        @Override
        public String name() {
            return "ratios";
        }

        @Override
        public String title() {
            return "Ratios";
        }

        @Override
        public Findings measure(Bench bench) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Target> targets(Findings findings) {
            Measured measured = findings.find(WORKLOAD);
            if (measured == null) {
                return List.of();
            }
            return List.of(
                    Target.atLeast("speed", "times the peer", 2, measured.ratio("ours", "peer")),
                    Target.atMost("share", "of the peer's time", 0.5, measured.ratio("peer", "ours")));
        }

        @Override
        public String page(Findings findings) {
            return "";
        }
    }
}
