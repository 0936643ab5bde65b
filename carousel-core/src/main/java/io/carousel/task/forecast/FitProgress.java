package io.carousel.task.forecast;

import io.carousel.task.FitListener;

/** Counts the stages of a fit for its listener. */
final class FitProgress {
    /** At most two more transforms are tried with a network. */
    private static final int MOST_CONTENDERS = 3;

    private final FitListener listener;
    private final int count;
    private int stage;

    FitProgress(FitListener listener, ForecastSpec spec) {
        this.listener = listener;
        boolean twice = spec.refit() && spec.validationRows() != 0;
        this.count = MOST_CONTENDERS + spec.members() * (twice ? 2 : 1);
    }

    void begin(String name) {
        listener.stage(name, ++stage, count);
    }
}
