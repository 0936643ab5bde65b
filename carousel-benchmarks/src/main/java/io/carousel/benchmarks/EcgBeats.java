package io.carousel.benchmarks;

import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.data.TimeIndex;
import io.carousel.data.WfdbRecord;
import io.carousel.eval.AreaUnderCurve;
import io.carousel.task.FitOptions;
import io.carousel.task.anomaly.AnomalyDetector;
import io.carousel.task.anomaly.AnomalySpec;
import io.carousel.task.anomaly.ResidualQuantiles;
import io.carousel.task.anomaly.ResidualSource;
import io.carousel.task.anomaly.SeriesDetections;
import io.carousel.train.TrainingPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The beats of an electrocardiogram: what is around each, at 60 samples a second and without its mean, is a short series of its own.
 *
 * <p>A detector learns the reconstruction of the normal beats of the first ten minutes; of all later beats it has to say how unusual
 * they are. The series of a beat begins {@value #BEFORE} samples before its peak, about as long as the pulse of a healthy heart at
 * rest, so that a beat which comes too early has another one in its series.
 */
final class EcgBeats {
    private static final double MINUTES = 10;
    private static final int RATE = 60;
    private static final int BEFORE = 42;
    private static final int AFTER = 21;
    private static final Set<String> NORMAL = Set.of("N");
    private static final Set<String> BEATS = Set.of("N", "L", "R", "a", "V", "F", "J", "A", "S", "E", "j", "/", "Q");

    private final List<Series> normal = new ArrayList<>();
    private final List<Series> later = new ArrayList<>();
    private final List<Boolean> abnormal = new ArrayList<>();

    EcgBeats(WfdbRecord record) {
        int factor = (int) Math.round(record.frequency() / RATE);
        double learnt = MINUTES * 60 * record.frequency();
        int length = record.signals().get(0).samples().length;
        for (WfdbRecord.Annotation annotation : record.annotations()) {
            int from = annotation.sample() - BEFORE * factor;
            int to = annotation.sample() + AFTER * factor;
            if (!BEATS.contains(annotation.code()) || from < 0 || to > length) {
                continue;
            }
            boolean usual = NORMAL.contains(annotation.code());
            Series beat = beat(record, from, factor);
            if (annotation.sample() >= learnt) {
                later.add(beat);
                abnormal.add(!usual);
            } else if (usual) {
                normal.add(beat);
            }
        }
    }

    private static Series beat(WfdbRecord record, int from, int factor) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (WfdbRecord.Signal signal : record.signals()) {
            double[] values = new double[BEFORE + AFTER];
            double mean = 0;
            for (int t = 0; t < values.length; t++) {
                double sum = 0;
                for (int i = 0; i < factor; i++) {
                    sum += signal.samples()[from + t * factor + i];
                }
                values[t] = sum / factor;
                mean += values[t] / values.length;
            }
            for (int t = 0; t < values.length; t++) {
                values[t] -= mean;
            }
            columns.put(signal.name(), values);
        }
        return Series.of("beat at " + from, TimeIndex.rows(BEFORE + AFTER), columns);
    }

    int learnt() {
        return normal.size();
    }

    int judged() {
        return later.size();
    }

    int abnormal() {
        return (int) abnormal.stream().filter(beat -> beat).count();
    }

    static AnomalySpec spec() {
        return AnomalySpec.builder()
                .source(ResidualSource.RECONSTRUCTION)
                .window(BEFORE + AFTER)
                .scorer(new ResidualQuantiles())
                .build();
    }

    AnomalyDetector fit(AnomalySpec spec, TrainingPlan plan, FitOptions options) {
        return AnomalyDetector.fit(SeriesSet.of(normal.toArray(Series[]::new)), spec, plan, options)
                .detector();
    }

    /** The area without a network: of the distances from the mean of the beats that are learnt from. */
    double trivialArea() {
        List<String> columns = normal.get(0).columns();
        double[] scores = new double[later.size()];
        for (String column : columns) {
            double[] mean = new double[BEFORE + AFTER];
            for (Series beat : normal) {
                double[] values = beat.column(column);
                for (int t = 0; t < mean.length; t++) {
                    mean[t] += values[t] / normal.size();
                }
            }
            for (int i = 0; i < scores.length; i++) {
                double[] values = later.get(i).column(column);
                for (int t = 0; t < mean.length; t++) {
                    scores[i] += (values[t] - mean[t]) * (values[t] - mean[t]);
                }
            }
        }
        return area(scores);
    }

    /** The area under the curve of the surprises at the end of each later beat. */
    double area(AnomalyDetector detector) {
        List<SeriesDetections> told = detector.predict(SeriesSet.of(later.toArray(Series[]::new)));
        return area(told.stream()
                .mapToDouble(beat -> beat.surprises()[BEFORE + AFTER - 1])
                .toArray());
    }

    private double area(double[] scores) {
        boolean[] positive = new boolean[scores.length];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = abnormal.get(i);
        }
        return AreaUnderCurve.of(scores, positive);
    }
}
