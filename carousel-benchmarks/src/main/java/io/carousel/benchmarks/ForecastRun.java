package io.carousel.benchmarks;

import io.carousel.data.SeriesSet;
import io.carousel.eval.Scores;
import io.carousel.task.FitOptions;
import io.carousel.task.TrainingStage;
import io.carousel.task.forecast.ForecastEvaluation;
import io.carousel.task.forecast.ForecastFit;
import io.carousel.task.forecast.ForecastSpec;
import io.carousel.task.forecast.Forecaster;
import io.carousel.task.forecast.SeriesBacktest;
import io.carousel.train.TrainingPlan;
import java.util.Objects;
import java.util.function.ToDoubleBiFunction;

/**
 * One fit and its evaluation.
 *
 * @param seconds of both
 */
record ForecastRun(ForecastSpec spec, ForecastFit fit, ForecastEvaluation evaluation, long seed, double seconds) {
    /** Fits and evaluates by the default plan. */
    static ForecastRun of(SeriesSet set, ForecastSpec spec, int threads) {
        return of(set, spec, Forecaster.defaultPlan(set), threads);
    }

    /** The same from other first weights. */
    static ForecastRun of(SeriesSet set, ForecastSpec spec, int threads, long seed) {
        return of(set, spec, Forecaster.defaultPlan(set).withSeed(seed), threads);
    }

    /** The same with members that cannot learn: what the linear part does alone. */
    static ForecastRun linear(SeriesSet set, ForecastSpec spec, int threads) {
        return of(set, spec, Forecaster.defaultPlan(set).withEpochs(1).withLearningRate(1e-30), threads);
    }

    private static ForecastRun of(SeriesSet set, ForecastSpec spec, TrainingPlan plan, int threads) {
        long start = System.nanoTime();
        FitOptions options = FitOptions.defaults().withThreads(threads);
        ForecastFit fit = Forecaster.fit(set, spec, plan, options);
        ForecastEvaluation evaluation = fit.forecaster().evaluate(set);
        return new ForecastRun(spec, fit, evaluation, plan.seed(), (System.nanoTime() - start) / 1e9);
    }

    double rmse() {
        return evaluation.metrics().rmse();
    }

    double naiveRmse(String method) {
        return naive(method).rmse();
    }

    /** The scores of a naive method. */
    Scores naive(String method) {
        return Objects.requireNonNull(evaluation.baselines().get(method), method);
    }

    /** The root of the mean squared error of one step ahead. */
    double rmseAt(int step) {
        return rmseAt((backtest, i) -> backtest.point(i)[step], step);
    }

    /** The same of the last value. */
    double persistenceRmseAt(int step) {
        return rmseAt((backtest, i) -> backtest.naive(io.carousel.eval.NaiveMethod.LAST_VALUE, i)[step], step);
    }

    private double rmseAt(ToDoubleBiFunction<SeriesBacktest, Integer> forecast, int step) {
        double sum = 0;
        long count = 0;
        for (SeriesBacktest backtest : evaluation.backtests()) {
            for (int i = 0; i < backtest.size(); i++) {
                double error = backtest.actual(i)[step] - forecast.applyAsDouble(backtest, i);
                sum += error * error;
                count++;
            }
        }
        return Math.sqrt(sum / count);
    }

    /** Such as {@code 2 of 3}. */
    String kept() {
        long kept = fit.stages().stream()
                .filter(stage -> stage.startLoss() != null)
                .filter(stage -> stage.bestEpoch() > 0)
                .map(TrainingStage::name)
                .count();
        return kept + " of " + spec.members();
    }

    ResultRow row(
            String set,
            String protocol,
            String ours,
            String otherSeeds,
            String linear,
            String published,
            String trivial,
            String aim,
            boolean met) {
        String choices = fit.forecaster().encoding().transform().inWords();
        return new ResultRow(
                set, protocol, ours, otherSeeds, linear, published, trivial, aim, met, kept(), choices, seed, seconds);
    }
}
