package io.carousel.task.forecast;

import io.carousel.layer.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Forecast intervals from the errors that a network makes on the validation part, step by step.
 *
 * <p>Quantiles of one set of errors cannot cross. Source of the idea: Vovk, Gammerman and Shafer, <i>Algorithmic Learning in
 * a Random World</i>, 2005.
 */
final class ErrorIntervals {
    private static final int MOST_WINDOWS = 2_000;

    private ErrorIntervals() {}

    /** Where there is no validation part, the errors on the training part are taken, and a note says so. */
    static List<ForecastEncoding.ErrorQuantile> of(
            Network network, ForecastSpec spec, EncodedSet encoded, List<SeriesSplit> splits, List<String> notes) {
        WindowSet windows = windows(spec, encoded, splits, true);
        if (windows.size() == 0) {
            windows = windows(spec, encoded, splits, false);
            notes.add("intervals come from errors on the training part and are too narrow");
        }
        WindowPredictor predictor = new WindowPredictor(network, spec, encoded.encoder(), List.of());
        float[][] errors = errors(predictor, encoded.encoder(), windows, spec.horizon());
        List<ForecastEncoding.ErrorQuantile> quantiles = new ArrayList<>();
        for (double level : spec.quantiles()) {
            List<Double> offsets = new ArrayList<>();
            for (int h = 0; h < spec.horizon(); h++) {
                offsets.add(errors.length == 0 ? 0 : ResidualBias.quantile(ResidualBias.column(errors, h), level));
            }
            quantiles.add(new ForecastEncoding.ErrorQuantile(level, offsets));
        }
        return quantiles;
    }

    /** Windows whose whole horizon lies in the validation part, or before it. */
    private static WindowSet windows(
            ForecastSpec spec, EncodedSet encoded, List<SeriesSplit> splits, boolean validation) {
        // A recursive forecast looks further ahead than the network.
        int extra = spec.horizon() - spec.steps();
        return WindowSet.of(
                encoded.series(),
                encoded.encoder(),
                WindowSet.part(
                        splits,
                        split -> validation ? split.validationFrom() : 0,
                        split -> (validation ? split.testFrom() : split.validationFrom()) - extra),
                MOST_WINDOWS);
    }

    private static float[][] errors(WindowPredictor predictor, WindowEncoder encoder, WindowSet windows, int horizon) {
        List<WindowPredictor.Result> results = predictor.predict(windows);
        float[][] errors = new float[windows.size()][horizon];
        LogScale log = encoder.transform().log();
        for (int w = 0; w < errors.length; w++) {
            double divisor = encoder.frame(windows.series(w), windows.origin(w)).divisor();
            double[] point = results.get(w).point();
            for (int h = 0; h < horizon; h++) {
                double actual = windows.series(w).value(windows.origin(w) + h);
                errors[w][h] = (float) ((actual - log.transform(point[h])) / divisor);
            }
        }
        return errors;
    }
}
