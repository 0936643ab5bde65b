package io.carousel.task.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.Allocation;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.layer.State;
import io.carousel.task.FitOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The second and the third promise: a score depends on what came before the event and on nothing else, and a stream that is kept
 * and restored between any two events goes on with the same bits.
 */
class AnomalySameBitsTest {
    private static final int LENGTH = 60;

    /** Every source of residuals with every scorer. */
    static List<AnomalyDetector> detectors() {
        return List.of(
                AnomalyExamples.timed(AnomalyExamples.spec().build()),
                AnomalyExamples.timed(AnomalyExamples.spec()
                        .scorer(new DynamicThreshold(20, 3, 0.1))
                        .build()),
                AnomalyExamples.timed(AnomalyExamples.spec()
                        .source(ResidualSource.RECONSTRUCTION)
                        .scorer(new ResidualQuantiles())
                        .build()),
                AnomalyExamples.timed(AnomalyExamples.spec()
                        .source(ResidualSource.RECONSTRUCTION)
                        .cell("gru")
                        .build()));
    }

    /** A second from event to event, and an hour that is missing. */
    private static long stamp(int t) {
        return 1000L * t + (t < 25 ? 0 : 3_600_000);
    }

    /** Events with a jump, and with numbers that are missing here and there. */
    private static double[][] events(int length) {
        Series waves = AnomalyExamples.waves(length, 2);
        double[][] events = new double[length][];
        for (int t = 0; t < length; t++) {
            events[t] = new double[] {waves.value("load", t) + (t == 40 ? 200 : 0), waves.value("heat", t)};
            if (t % 13 == 9) {
                events[t][t % 2] = Double.NaN;
            }
        }
        events[30] = new double[] {Double.NaN, Double.NaN};
        return events;
    }

    /** All that a session says of each event. */
    private static double[][] run(DetectorSession session, double[][] events, int from, int to) {
        double[][] said = new double[to - from][];
        for (int t = from; t < to; t++) {
            EventOutcome outcome = session.step(stamp(t), events[t]);
            said[t - from] = new double[] {
                outcome.name().hashCode(),
                session.surprise(),
                session.distance(),
                session.probability(),
                session.expected(0),
                session.anomaly() ? 1 : 0
            };
        }
        return said;
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void theFutureIsNotLookedAt(AnomalyDetector detector) {
        double[][] events = events(LENGTH);
        double[][] others = events(LENGTH);
        for (int t = 45; t < LENGTH; t++) {
            others[t] = new double[] {-1e6 * t, Double.NaN};
        }

        double[][] said = run(detector.session(), events, 0, 45);
        double[][] saidBefore = run(detector.session(), others, 0, 45);
        double[][] predicted = {
            detector.predict(SeriesSet.of(series(events))).get(0).surprises(),
            detector.predict(SeriesSet.of(series(others))).get(0).surprises()
        };

        assertThat(Arrays.deepEquals(saidBefore, said)).isTrue(); // NaN is equal to itself here
        assertThat(Arrays.copyOf(predicted[1], 45)).isEqualTo(Arrays.copyOf(predicted[0], 45));
        assertThat(predicted[0][44]).isEqualTo(said[44][1]);
    }

    private static Series series(double[][] events) {
        double[] load = new double[events.length];
        double[] heat = new double[events.length];
        for (int t = 0; t < events.length; t++) {
            load[t] = events[t][0];
            heat[t] = events[t][1];
        }
        return AnomalyExamples.timed(
                AnomalyExamples.waves(events.length, 2).with("load", load).with("heat", heat),
                AnomalySameBitsTest::stamp);
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void aStreamThatIsRestoredBetweenAnyTwoEventsGoesOnWithTheSameBits(AnomalyDetector detector) {
        double[][] events = events(LENGTH);
        double[][] whole = run(detector.session(), events, 0, LENGTH);

        DetectorSession first = detector.session();
        for (int t = 0; t < LENGTH; t++) {
            State kept = State.fromBytes(first.state().toBytes());
            DetectorSession other = detector.session();
            other.step(5, new double[] {1, 2});
            other.restore(kept);

            assertThat(other.state()).isEqualTo(kept);
            assertThat(run(other, events, t, t + 1)[0]).as("event " + t).containsExactly(whole[t]);
            first = other;
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void sessionsThatTakeTurnsDoNotSeeEachOther(AnomalyDetector detector) {
        double[][] events = events(LENGTH);
        double[][] whole = run(detector.session(), events, 0, LENGTH);
        DetectorSession a = detector.session();
        DetectorSession b = detector.session();

        for (int t = 0; t < LENGTH; t++) {
            assertThat(run(a, events, t, t + 1)[0]).containsExactly(whole[t]);
            b.step(t, new double[] {7 * t, -t});
        }
        DetectorSession fork = a.fork();
        assertThat(fork.state()).isEqualTo(a.state());
    }

    @Test
    void aFitGivesTheSameBitsOnAnyNumberOfThreads() {
        AnomalyDetector one = AnomalyExamples.detector(AnomalyExamples.spec().build());
        AnomalyDetector three = AnomalyExamples.detector(
                AnomalyExamples.spec().build(), FitOptions.defaults().withThreads(3));

        assertThat(three.model().network().parameters().values())
                .isEqualTo(one.model().network().parameters().values());
        assertThat(three.encoding()).isEqualTo(one.encoding());
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void anEventAllocatesNothing(AnomalyDetector detector) throws InterruptedException {
        DetectorSession session = detector.session();
        double[][] events = events(LENGTH);
        int[] next = {0};

        long bytes = Allocation.whenWarm(
                () -> {
                    int t = next[0]++;
                    session.step(1000L * t + t / LENGTH * 60_000L, events[t % LENGTH]); // with gaps
                },
                2000,
                0);

        assertThat(bytes).isZero();
    }
}
