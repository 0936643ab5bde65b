package io.carousel.task.forecast;

/** Counts the stages of a fit for its listener. */
final class FitProgress {
    /** At most two more transforms are tried with a network. */
    private static final int MOST_CONTENDERS = 3;

    private final ForecastListener listener;
    private final int count;
    private int stage;

    FitProgress(ForecastListener listener, ForecastSpec spec) {
        this.listener = listener;
        boolean twice = spec.refit() && spec.validationRows() != 0;
        this.count = MOST_CONTENDERS + spec.members() * (twice ? 2 : 1);
    }

    void begin(String name) {
        listener.stage(name, ++stage, count);
    }
}
