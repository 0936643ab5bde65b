package io.carousel.benchmarks.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.benchmarks.side.Timing;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
    @Test
    void aSpreadIsTheMiddleAndTheQuartiles() {
        assertThat(Spread.of(5, 1, 3, 2, 4)).isEqualTo(new Spread(3, 2, 4));
        assertThat(Spread.of(1, 2)).isEqualTo(new Spread(1.5, 1.25, 1.75));
        assertThatThrownBy(Spread::of).hasMessage("values must not be empty; measure at least one round");
    }

    @Test
    void aGeometricMeanIsTheRootOfTheProduct() {
        assertThat(Spread.geometricMean(1, 2, 4)).isCloseTo(2, within(1e-15));
    }

    @Test
    void aTableIsMarkdownWhoseColumnsStandUnderEachOther() {
        assertThat(new Table("a", "long").row(1, "x|y").row("wide", 2)).hasToString("""
                        | a    | long |
                        |------|------|
                        | 1    | x\\|y |
                        | wide | 2    |
                        """);
        assertThatThrownBy(() -> new Table("a", "b").row(1))
                .hasMessage("row must have 2 cells, got 1; fill up with \"\"");
    }

    @Test
    void aNumberKeepsThreeDigitsThatCount() {
        assertThat(Table.number(12_345.6)).isEqualTo("12,346");
        assertThat(Table.number(12.34)).isEqualTo("12.3");
        assertThat(Table.number(0.01234)).isEqualTo("0.0123");
        assertThat(Table.number(Double.NaN)).isEqualTo("–");
        assertThat(Table.number(new Spread(10, 9, 11))).isEqualTo("10.0 ±10 %");
    }

    @Test
    void aTargetIsMetAtItsLimitAndNeverWithoutAMeasurement() {
        assertThat(Target.atLeast("a", "", 2, 2).verdict()).isEqualTo("met");
        assertThat(Target.atLeast("a", "", 2, 1.99).verdict()).isEqualTo("**not met**");
        assertThat(Target.atMost("a", "", 2, 2.01).verdict()).isEqualTo("**not met**");
        assertThat(Target.atMost("a", "", 2, Double.NaN).verdict()).isEqualTo("not measured");
    }

    @Test
    void aRatioIsTheMiddleOfTheRatiosOfTheRounds() {
        // The machine is half as fast in the second round, for both.
        Measured measured = measured("ours", entry(10, 20, 10), "peer", entry(20, 40, 30));

        assertThat(measured.ratio("ours", "peer")).isEqualTo(2);
        assertThat(measured.ratio("peer", "ours")).isEqualTo(0.5);
        assertThat(measured.ratio("ours", "nobody")).isNaN();
        assertThat(measured.fastest("peer", "ours", "nobody")).isEqualTo("ours");
        assertThat(measured.fastest("nobody")).isNull();
    }

    @Test
    void aSideThatWasNotTimedHasItsReasonAndNoRatio() {
        Measured measured = measured("ours", entry(10), "peer", Measured.Entry.absent("does not load"));

        assertThat(measured.has("peer")).isFalse();
        assertThat(measured.ratio("ours", "peer")).isNaN();
        assertThatThrownBy(() -> measured.rounds("peer"))
                .hasMessage("side must be one that was timed, got peer of [ours, peer]");
    }

    @Test
    void findingsReadBackFromTheirJson() throws FormatException {
        Setting setting = new Setting(
                "2026-01-31", "abc", false, Map.of("L2", "1M"), "25", 1, 5, 0.5, Map.of("ours", Map.of("jdk", "25")));
        Findings findings = new Findings(
                setting,
                List.of(measured("ours", entry(10, 20), "peer", Measured.Entry.absent("away"))),
                Map.of("peak", 2.5));

        assertThat(Json.read(findings.json(), Findings.class, "test")).isEqualTo(findings);
        assertThat(findings.figure("peak")).isEqualTo(2.5);
        assertThat(findings.figure("none")).isNaN();
    }

    @Test
    void resultsThatDifferByRoundingAreTheSameAndOthersAreNot() {
        Map<String, float[]> expected = Map.of("output", new float[] {1, -0.5f});

        assertThat(Comparison.difference(expected, expected, 100)).isEqualTo(Comparison.Difference.NONE);
        assertThat(Comparison.difference(expected, Map.of("output", new float[] {1 + 0x1p-23f, -0.5f}), 100)
                        .share())
                .isEqualTo(2.0 / (2 * 8 * 10));
        assertThat(Comparison.difference(expected, Map.of("output", new float[] {1, 0.5f}), 100))
                .satisfies(difference -> assertThat(difference.share()).isGreaterThan(1))
                .satisfies(difference -> assertThat(difference.apart()).isEqualTo(1));
        assertThat(Comparison.difference(expected, Map.of("output", new float[] {1, Float.NaN}), 100)
                        .share())
                .isGreaterThan(1);
        assertThatThrownBy(() -> Comparison.difference(expected, Map.of("output", new float[1]), 100))
                .hasMessage("output must have 2 numbers, got 1");
        assertThatThrownBy(() -> Comparison.difference(expected, Map.of(), 100))
                .hasMessage("results must be [output], got []");
    }

    @Test
    void argumentsNameSectionsAndARunThatHurriesDoesNotCount() {
        List<String> known = List.of("train", "step", "day");
        List<String> usual = List.of("train", "step");

        assertThat(LedgerOptions.parse(List.of(), known, usual).sections()).containsExactly("train", "step");
        assertThat(LedgerOptions.parse(List.of(), known, usual).counts()).isTrue();
        assertThat(LedgerOptions.parse(List.of("step", "--quick"), known, usual).counts())
                .isFalse();
        assertThat(LedgerOptions.parse(List.of("--only", "gru"), known, usual).counts())
                .isFalse();
        assertThatThrownBy(() -> LedgerOptions.parse(List.of("stpe"), known, usual))
                .hasMessage("argument must be one of train, step, day or an option, got stpe; see --help");
        assertThatThrownBy(() -> LedgerOptions.parse(List.of("--json"), known, usual))
                .hasMessage("--json must be followed by a value; see --help");
    }

    private static Measured.Entry entry(double... means) {
        return new Measured.Entry(
                null,
                0.0,
                0.0,
                DoubleStream.of(means)
                        .mapToObj(mean -> new Timing(1, mean, mean, mean, 0))
                        .toList());
    }

    private static Measured measured(String one, Measured.Entry first, String other, Measured.Entry second) {
        return new Measured("step lstm F=1 H=1", Map.of(one, first, other, second));
    }
}
