package io.carousel.task.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.carousel.data.DataException;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.layer.State;
import io.carousel.task.FitOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules for events that come twice, late, with numbers missing, too early or again and again. */
class DetectorSessionTest {
    private static final AnomalyDetector DETECTOR =
            AnomalyExamples.detector(AnomalyExamples.spec().build());

    private static double[] event(int t) {
        Series waves = AnomalyExamples.waves(t + 1, 1);
        return new double[] {waves.value("load", t), waves.value("heat", t)};
    }

    private static DetectorSession after(AnomalyDetector detector, int events) {
        DetectorSession session = detector.session();
        for (int t = 0; t < events; t++) {
            session.step(t, event(t));
        }
        return session;
    }

    @Test
    void theFirstEventsAreNotScored() {
        DetectorSession session = DETECTOR.session();

        for (int t = 0; t < 5; t++) {
            assertThat(session.step(t, event(t))).isEqualTo(EventOutcome.WARMING_UP);
            assertThat(session.surprise()).isNaN();
            assertThat(session.anomaly()).isFalse();
        }
        assertThat(session.step(5, event(5))).isEqualTo(EventOutcome.SCORED);
        assertThat(session.probability()).isBetween(0.0, 1.0);
    }

    @Test
    void anEventThatComesTwiceOrLateChangesNothing() {
        DetectorSession session = after(DETECTOR, 30);
        State before = session.state();

        assertThat(session.step(29, event(29))).isEqualTo(EventOutcome.DUPLICATE);
        assertThat(session.step(3, new double[] {1e9, 1e9})).isEqualTo(EventOutcome.LATE);
        assertThat(session.surprise()).isNaN();
        assertThat(session.state()).isEqualTo(before);
    }

    @Test
    void theTimeOfTheLastEventIsKeptToTheMillisecond() {
        long stamp = 1_700_000_000_123L;
        DetectorSession session = after(DETECTOR, 10);
        session.step(stamp, event(10));
        DetectorSession other = DETECTOR.session();
        other.restore(session.state());

        assertThat(other.step(stamp, event(11))).isEqualTo(EventOutcome.DUPLICATE);
        assertThat(other.step(stamp - 1, event(11))).isEqualTo(EventOutcome.LATE);
        assertThat(other.step(stamp + 1, event(11))).isEqualTo(EventOutcome.SCORED);
    }

    @Test
    void timesBefore1970AreInOrderToo() {
        DetectorSession session = DETECTOR.session();
        session.step(Long.MIN_VALUE, event(0));
        session.step(-5, event(0));
        DetectorSession other = DETECTOR.session();
        other.restore(session.state());

        assertThat(other.step(-6, event(1))).isEqualTo(EventOutcome.LATE);
        assertThat(other.step(-4, event(1))).isEqualTo(EventOutcome.WARMING_UP);
    }

    /** A second from event to event. */
    private static DetectorSession timed(AnomalyDetector detector) {
        DetectorSession session = detector.session();
        for (int t = 0; t < 30; t++) {
            session.step(1000L * t, event(t));
        }
        return session;
    }

    @ParameterizedTest
    @EnumSource(ResidualSource.class)
    void anEventAfterAGapBeginsItsStreamAnewAndOnlyStatisticsAreKept(ResidualSource source) {
        AnomalyDetector detector =
                AnomalyExamples.timed(AnomalyExamples.spec().source(source).build());
        DetectorSession session = timed(detector);
        State kept = session.state();
        DetectorSession anew = detector.session();
        State start = anew.state();
        List<String> statistics = List.of("scorer.statistics", "scorer.recent", "session.peak");
        statistics.forEach(
                part -> System.arraycopy(kept.values(part), 0, start.values(part), 0, kept.values(part).length));
        anew.restore(start);

        assertThat(detector.encoding().steps()).isEqualTo(new UsualSteps(1000, 10_000));
        assertThat(session.step(29_000 + 10_001, event(40))).isEqualTo(EventOutcome.AFTER_GAP);
        assertThat(session.surprise()).isNaN();
        assertThat(session.anomaly()).isFalse();
        assertThat(anew.step(29_000 + 10_001, event(40))).isEqualTo(EventOutcome.WARMING_UP);
        for (int t = 41; t < 60; t++) {
            assertThat(session.state()).as("before event " + t).isEqualTo(anew.state());
            assertThat(session.step(1000L * t, event(t))).isEqualTo(anew.step(1000L * t, event(t)));
            assertThat(new double[] {session.surprise(), session.expected(0)})
                    .containsExactly(anew.surprise(), anew.expected(0)); // NaN is equal to itself here
        }
        assertThat(session.surprise()).isNotNaN();
    }

    @Test
    void aDistanceThatIsNoGapIsNone() {
        DetectorSession session =
                timed(AnomalyExamples.timed(AnomalyExamples.spec().build()));

        assertThat(session.step(29_000 + 10_000, event(30))).isEqualTo(EventOutcome.SCORED);
        assertThat(session.step(29_000, event(30))).isEqualTo(EventOutcome.LATE);
        assertThat(session.step(Long.MAX_VALUE, event(31))).isEqualTo(EventOutcome.AFTER_GAP);
    }

    @Test
    void withoutTimeStampsInTheHistoryOrWhereSoChosenThereAreNoGaps() {
        AnomalyDetector chosen =
                AnomalyExamples.timed(AnomalyExamples.spec().gap(0).build());

        assertThat(DETECTOR.encoding().steps()).isNull();
        assertThat(timed(DETECTOR).step(1L << 50, event(30))).isEqualTo(EventOutcome.SCORED);
        assertThat(timed(chosen).step(1L << 50, event(30))).isEqualTo(EventOutcome.SCORED);
    }

    @Test
    void whatIsAcrossAGapIsNotLearnt() {
        double[] values = new double[400];
        for (int t = 0; t < values.length; t++) {
            values[t] = StrictMath.sin(t * 0.4) + (t < 200 ? 0 : 1000);
        }
        Series series = AnomalyExamples.timed(Series.of("value", values), t -> 60L * t + (t < 200 ? 0 : 3600));
        AnomalyDetector cut = fit(series);
        AnomalyDetector whole = AnomalyDetector.fit(
                        SeriesSet.of(series),
                        AnomalyExamples.spec().gap(0).build(),
                        AnomalyExamples.plan(),
                        FitOptions.defaults())
                .detector();

        // the sine changes by 0.4 / √2 in the mean, the jump of 1000 adds 1000² / 320 to the mean square
        ChannelScale without = cut.encoding().channels().get(0);
        ChannelScale with = whole.encoding().channels().get(0);
        assertThat(without.change() * without.deviation()).isLessThan(0.4);
        assertThat(with.change() * with.deviation()).isGreaterThan(50);
        assertThat(cut.encoding().notes())
                .contains(
                        "1 of 400 events of the history came more than 10 usual steps of time after the one before; each"
                                + " began its stream anew");
        assertThat(whole.encoding().notes()).isEmpty();
    }

    @Test
    void anEventWithoutNumbersIsTakenToBeAsExpected() {
        DetectorSession session = after(DETECTOR, 30);
        double[] expected = new double[2];
        DetectorSession told = session.fork();

        assertThat(session.step(30, new double[] {Double.NaN, Double.NaN})).isEqualTo(EventOutcome.MISSING);
        expected[0] = session.expected(0);
        expected[1] = session.expected(1);
        told.step(30, expected);
        session.step(31, event(31));
        told.step(31, event(31));

        // the numbers go through a scale and back: a few roundings of float32 apart
        assertThat(session.distance()).isCloseTo(told.distance(), offset(1e-4));
    }

    @Test
    void ofSomeChannelsMissingTheOthersAreScored() {
        DetectorSession usual = after(DETECTOR, 30);
        DetectorSession broken = after(DETECTOR, 30);

        assertThat(usual.step(30, new double[] {Double.NaN, event(30)[1]})).isEqualTo(EventOutcome.SCORED);
        broken.step(30, new double[] {Double.NaN, 1000});

        assertThat(broken.surprise()).isGreaterThan(usual.surprise() + 3);
    }

    @ParameterizedTest
    @EnumSource(ResidualSource.class)
    void aJumpIsAnAnomalyAndToldOnce(ResidualSource source) {
        AnomalyDetector detector =
                AnomalyExamples.detector(AnomalyExamples.spec().source(source).build());
        Series waves = AnomalyExamples.waves(300, 3);
        double[] load = waves.column("load");
        load[250] += 300;

        SeriesDetections found =
                detector.predict(SeriesSet.of(waves.with("load", load))).get(0);

        assertThat(found.anomalies()[250]).isTrue();
        assertThat(found.anomalyCount()).isLessThan(4);
        assertThat(found.count(EventOutcome.SCORED)).isGreaterThan(280);
    }

    @Test
    void anInfiniteNumberIsRefusedAndNothingIsTaken() {
        DetectorSession session = after(DETECTOR, 10);
        State before = session.state();

        assertThatThrownBy(() -> session.step(10, new double[] {1, Double.POSITIVE_INFINITY}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value of channel heat must be finite, or NaN where it is missing, got Infinity");
        assertThatThrownBy(() -> session.step(10, new double[1]))
                .hasMessage("event must have shape [C] = [2], got [1]");
        assertThat(session.state()).isEqualTo(before);
    }

    @Test
    void theLargestNumbersLeaveEverythingFinite() {
        for (ResidualSource source : ResidualSource.values()) {
            DetectorSession session = after(
                    AnomalyExamples.detector(
                            AnomalyExamples.spec().source(source).build()),
                    20);

            for (int t = 20; t < 40; t++) {
                double size = t % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE;
                session.step(t, new double[] {size, -size});
                assertThat(session.surprise()).isFinite();
            }
            for (var part : session.state().parts()) {
                for (float value : session.state().values(part.name())) {
                    assertThat(value).as(part.name()).isFinite();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "scorer.statistics, 3, 3, number 3 of scorer.statistics in a state must be a whole number from 0 to 2",
        "scorer.statistics, 4, 2, number 4 of scorer.statistics in a state must be a whole number from 0 to 1",
        "scorer.statistics, 4, -1, number 4 of scorer.statistics in a state must be a whole number from 0 to 1",
        "scorer.statistics, 0, NaN, state must be finite",
        "session.time, 1, 0.5, number 1 of session.time in a state must be a whole number from 0 to 4194303",
        "session.events, 0, 6, number 0 of session.events in a state must be a whole number from 0 to 5",
    })
    void aStateThatNoStreamCanBeInIsRefusedAndNothingIsTaken(String part, int index, float value, String message) {
        DetectorSession session = after(DETECTOR, 30);
        State before = session.state();
        State wrong = after(DETECTOR, 12).state();
        wrong.values(part)[index] = value;

        assertThatThrownBy(() -> session.restore(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(session.state()).isEqualTo(before);
    }

    @Test
    void aModelFileHoldsAllThatPredictionNeeds(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("m.carousel");
        DETECTOR.save(file);

        AnomalyDetector read = AnomalyDetector.load(file);

        SeriesSet set = SeriesSet.of(AnomalyExamples.waves(100, 4));
        assertThat(read.encoding()).isEqualTo(DETECTOR.encoding());
        assertThat(read.predict(set).get(0).surprises())
                .isEqualTo(DETECTOR.predict(set).get(0).surprises());
    }

    @Test
    void aHistoryThatSaysNothingIsRefused() {
        assertThatThrownBy(() -> fit(Series.of("value", 1, 2, 3)))
                .isInstanceOf(DataException.class)
                .hasMessage("memory must have at least 20 events to learn from, got 3; give a longer history");
        double[] missing = new double[50];
        Arrays.fill(missing, Double.NaN);
        assertThatThrownBy(() -> fit(Series.of("value", missing)))
                .hasMessage("channel value of memory must have numbers to learn from, got none; leave it out");
    }

    @Test
    void aChannelThatNeverChangesCanBeWatched() {
        double[] flat = new double[200];
        AnomalyDetector detector = fit(Series.of("value", flat));
        double[] broken = new double[200];
        broken[150] = 1;

        SeriesDetections found =
                detector.predict(SeriesSet.of(Series.of("value", broken))).get(0);

        assertThat(detector.encoding().notes()).contains("channel value never changes in what was learnt from");
        assertThat(found.anomalies()[150]).isTrue();
        assertThat(found.anomalyCount()).isEqualTo(1);
    }

    private static AnomalyDetector fit(Series series) {
        return AnomalyDetector.fit(
                        SeriesSet.of(series),
                        AnomalyExamples.spec().build(),
                        AnomalyExamples.plan(),
                        FitOptions.defaults())
                .detector();
    }
}
