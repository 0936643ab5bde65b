package io.carousel.task.forecast;

import io.carousel.layer.Network;
import io.carousel.loss.SquaredLoss;
import java.util.List;

/** The error of a network on windows, in the units of the series and so comparable between transforms. */
final class ValidationError {
    private static final int MOST_WINDOWS = 2_000;

    private ValidationError() {}

    /**
     * The root of the mean squared error for the squared loss, else the mean absolute error; infinite for a network whose
     * forecasts are not finite.
     *
     * @param scales what the errors of each series are divided by
     */
    static double of(Network network, ForecastSpec spec, WindowEncoder encoder, WindowSet windows, double[] scales) {
        ForecastSpec direct = spec.mode() == ForecastMode.DIRECT ? spec : spec.oneStep();
        WindowSet some = windows.thinned(MOST_WINDOWS);
        List<WindowPredictor.Result> results =
                new WindowPredictor(network, direct, encoder, List.of()).predictAny(some);
        boolean squared = spec.trainingLoss() instanceof SquaredLoss;
        double sum = 0;
        for (int w = 0; w < some.size(); w++) {
            EncodedSeries series = some.series(w);
            double[] point = results.get(w).point();
            for (int h = 0; h < point.length; h++) {
                double error =
                        Math.abs(series.source().target(some.origin(w) + h) - point[h]) / scales[series.number()];
                sum += squared ? error * error : error;
            }
        }
        double mean = sum / ((double) some.size() * encoder.steps());
        if (Double.isNaN(mean)) {
            return Double.POSITIVE_INFINITY;
        }
        return squared ? Math.sqrt(mean) : mean;
    }
}
