package io.carousel.cli;

import io.carousel.task.forecast.ForecastListener;
import io.carousel.train.EpochReport;
import io.carousel.train.StepReport;

/** Draws the progress of a fit. */
record FitProgress(Progress progress) implements ForecastListener {
    @Override
    public void stage(String name, int index, int count) {
        progress.stage(name, index, count);
    }

    @Override
    public void step(StepReport report) {
        progress.step(report.epoch(), report.step(), report.totalSteps(), report.loss(), report.sequencesPerSecond());
    }

    @Override
    public void epoch(EpochReport report) {
        Double validation = report.validationLoss();
        if (validation != null) {
            progress.validation(validation);
        }
    }
}
