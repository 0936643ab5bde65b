package io.carousel.task.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows that training may see, on the scale of a transform, and the encoder of their windows.
 *
 * @param series in the order of the file
 * @param encoder of their windows
 * @param numbers those that the encoder uses
 */
record EncodedSet(List<EncodedSeries> series, WindowEncoder encoder, ForecastEncoding.Numbers numbers) {
    private static final double FLOOR = 1e-3;
    private static final int MOST_WINDOWS = 5_000;

    /** Encodes with the center and the floor of these very rows; the scale stays as it is. */
    static EncodedSet of(
            List<TargetSeries> series, ForecastSpec spec, ForecastEncoding.Numbers before, SeriesTransform transform) {
        List<EncodedSeries> encoded = new ArrayList<>();
        double sum = 0;
        double steps = 0;
        long rows = 0;
        long differences = 0;
        for (int s = 0; s < series.size(); s++) {
            EncodedSeries one = EncodedSeries.of(series.get(s), s, transform.log());
            encoded.add(one);
            for (int row = 0; row < series.get(s).rows(); row++) {
                sum += one.value(row);
                rows++;
                if (row > 0) {
                    steps += Math.abs(one.value(row) - one.value(row - 1));
                    differences++;
                }
            }
        }
        double floor = differences == 0 || steps == 0 ? FLOOR : FLOOR * steps / differences;
        ForecastEncoding.Numbers numbers = new ForecastEncoding.Numbers(
                before.season(),
                before.window(),
                rows == 0 ? 0 : sum / rows,
                before.scale(),
                floor,
                before.inputScales());
        return new EncodedSet(List.copyOf(encoded), new WindowEncoder(numbers, spec, transform), numbers);
    }

    /** The same with the scale that brings what the network reads to a mean square of 1. */
    EncodedSet scaled(ForecastSpec spec, WindowSet.Part part) {
        WindowSet windows = WindowSet.of(series, encoder, part, MOST_WINDOWS);
        float[] window = new float[encoder.length() * encoder.features()];
        double squares = 0;
        long count = 0;
        for (int w = 0; w < windows.size(); w++) {
            encoder.encode(windows.series(w), windows.origin(w), window);
            for (int t = 0; t < numbers.window(); t++) {
                double value = window[t * encoder.features()];
                squares += value * value;
                count++;
            }
        }
        double scale = squares > 0 ? Math.sqrt(squares / count) : 1;
        ForecastEncoding.Numbers wanted = numbers.withScale(scale);
        return new EncodedSet(series, new WindowEncoder(wanted, spec, encoder.transform()), wanted);
    }
}
