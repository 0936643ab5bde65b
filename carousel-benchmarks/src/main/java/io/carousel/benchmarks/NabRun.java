package io.carousel.benchmarks;

import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.task.FitOptions;
import io.carousel.task.anomaly.AnomalyDetector;
import io.carousel.task.anomaly.AnomalySpec;
import io.carousel.task.anomaly.DetectorSession;
import io.carousel.train.TrainingPlan;
import java.util.Arrays;

/**
 * One detector on a file of the Numenta Anomaly Benchmark, as the benchmark asks for: it learns from the rows of the probation,
 * and then scores every row when it comes. The same spec and plan for all files.
 */
final class NabRun {
    private NabRun() {}

    /** The score of each row: its surprise if it stands out, else 0. */
    static double[] scores(NabFile file, AnomalySpec spec, TrainingPlan plan) {
        double[] history = Arrays.copyOf(file.values(), file.probation());
        SeriesSet set = SeriesSet.of(Series.of("value", history));
        AnomalyDetector detector =
                AnomalyDetector.fit(set, spec, plan, FitOptions.defaults()).detector();
        DetectorSession session = detector.session();
        double[] scores = new double[file.rows()];
        double[] event = new double[1];
        for (int row = 0; row < scores.length; row++) {
            event[0] = file.values()[row];
            session.step(file.stamps()[row], event);
            scores[row] = session.standsOut() ? session.surprise() : 0;
        }
        return scores;
    }
}
