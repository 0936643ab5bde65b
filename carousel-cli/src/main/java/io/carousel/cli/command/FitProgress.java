package io.carousel.cli.command;

import io.carousel.task.FitListener;
import io.carousel.train.EpochReport;
import io.carousel.train.StepReport;

/** Draws the progress of a fit. */
public record FitProgress(Progress progress) implements FitListener {
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
