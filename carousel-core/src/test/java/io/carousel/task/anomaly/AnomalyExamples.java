package io.carousel.task.anomaly;

import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.data.TimeIndex;
import io.carousel.task.FitOptions;
import io.carousel.tensor.Rng;
import io.carousel.train.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Two waves with a little noise, and a detector of them that is trained in a second. */
final class AnomalyExamples {
    private AnomalyExamples() {}

    static Series waves(int length, long seed) {
        Rng random = Rng.of(seed);
        double[] load = new double[length];
        double[] heat = new double[length];
        for (int t = 0; t < length; t++) {
            load[t] = 100 + 20 * StrictMath.sin(t * 0.4) + random.nextDouble();
            heat[t] = 40 + 5 * StrictMath.cos(t * 0.4) + 0.3 * random.nextDouble();
        }
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("load", load);
        columns.put("heat", heat);
        return Series.of("waves", TimeIndex.rows(length), columns);
    }

    /** A series with time stamps that are whole numbers. */
    static Series timed(Series series, IntToLongFunction stamps) {
        List<String> cells = IntStream.range(0, series.length())
                .mapToObj(t -> Long.toString(stamps.applyAsLong(t)))
                .toList();
        Map<String, double[]> columns = new LinkedHashMap<>();
        series.columns().forEach(column -> columns.put(column, series.column(column)));
        return Series.of(series.name(), TimeIndex.of(cells), columns);
    }

    /** A detector of events that come every second. */
    static AnomalyDetector timed(AnomalySpec spec) {
        return AnomalyDetector.fit(
                        SeriesSet.of(timed(waves(400, 1), t -> 1000L * t)), spec, plan(), FitOptions.defaults())
                .detector();
    }

    static AnomalySpec.Builder spec() {
        return AnomalySpec.builder().hidden(6).window(8).warmUp(5).quiet(20).scorer(new RollingGaussianTail(500, 2));
    }

    static TrainingPlan plan() {
        return AnomalyDetector.defaultPlan().withEpochs(4).withBatchSize(8).withShardSize(4);
    }

    static AnomalyDetector detector(AnomalySpec spec) {
        return detector(spec, FitOptions.defaults());
    }

    static AnomalyDetector detector(AnomalySpec spec, FitOptions options) {
        return AnomalyDetector.fit(SeriesSet.of(waves(400, 1)), spec, plan(), options)
                .detector();
    }
}
