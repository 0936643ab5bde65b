package io.carousel.task.forecast;

import io.carousel.data.DataException;
import io.carousel.data.SequenceBatch;
import io.carousel.data.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the network of a forecaster reads before a forecast, as {@link Forecaster#window} gives it: the one sequence to run
 * {@link io.carousel.inspect.Trace} or {@link io.carousel.inspect.GradientByLag} on.
 *
 * @param series the name of the series
 * @param firstRow the row of the first time step; each further time step is the next row
 * @param lastRow the row after which the forecast begins; future inputs stand in the rows after it
 * @param features F names, those of the columns, of the waves of the season and of the mark of the future
 * @param batch one sequence, {@code [T, F]}, on the network's scale
 */
public record ForecastWindow(String series, int firstRow, int lastRow, List<String> features, SequenceBatch batch) {
    public ForecastWindow {
        features = List.copyOf(features);
    }

    /** T: the time steps. */
    public int steps() {
        return batch.layout().steps();
    }

    /** The number that the network reads of a feature at a time step. */
    public float value(int timeStep, int feature) {
        return batch.values().data()[batch.offset(0, timeStep) + feature];
    }

    /** The window that ends with a row, or with the last row that one can end with where {@code lastRow} is negative. */
    static ForecastWindow of(ForecastEncoding encoding, Series series, int lastRow) {
        ForecastSpec spec = encoding.spec();
        WindowEncoder encoder = new WindowEncoder(encoding.numbers(), spec, encoding.transform());
        TargetSeries target = TargetSeries.of(series, spec);
        int first = encoder.firstOrigin() - 1;
        int last = lastOrigin(encoder, target, spec) - 1;
        if (first > last) {
            throw new DataException("series '" + target.name() + "' has " + target.rows() + " rows; the model reads "
                    + (encoder.firstOrigin() + target.rows() - 1 - last) + " for a window; give a longer series");
        }
        int row = lastRow < 0 ? last : lastRow;
        if (row < first || row > last) {
            throw new DataException("the last row of a window of series '" + target.name() + "' must be from row "
                    + (first + 1) + " (" + target.time().label(first) + ") to row " + (last + 1) + " ("
                    + target.time().label(last) + "), got row " + (row + 1) + "; choose one of these");
        }
        EncodedSeries encoded = EncodedSeries.of(target, 0, encoding.transform().log());
        float[] values = new float[encoder.length() * encoder.features()];
        encoder.encode(encoded, row + 1, values);
        float[][] rows = new float[encoder.length()][encoder.features()];
        for (int t = 0; t < rows.length; t++) {
            System.arraycopy(values, t * encoder.features(), rows[t], 0, encoder.features());
        }
        SequenceBatch batch = SequenceBatch.of(Collections.singletonList(rows), encoder.features());
        return new ForecastWindow(
                target.name(), row + 1 - encoding.numbers().window(), row, names(spec, encoding.transform()), batch);
    }

    /** The last origin before which the target, and after which the future inputs are known. */
    private static int lastOrigin(WindowEncoder encoder, TargetSeries target, ForecastSpec spec) {
        int past = spec.inputs().size();
        int known = target.rows() + target.futureRows();
        for (int i = past; i < target.inputs(); i++) {
            int row = target.rows();
            while (row < known && Double.isFinite(target.input(i, row))) {
                row++;
            }
            known = row;
        }
        return Math.min(target.rows(), target.inputs() > past ? known - encoder.steps() : target.rows());
    }

    private static List<String> names(ForecastSpec spec, SeriesTransform transform) {
        List<String> names = new ArrayList<>();
        names.add(spec.target());
        names.addAll(spec.inputs());
        names.addAll(spec.futureInputs());
        for (int k = 1; k <= transform.harmonics(); k++) {
            names.add("season, sine " + k);
            names.add("season, cosine " + k);
        }
        if (!spec.futureInputs().isEmpty()) {
            names.add("is the future");
        }
        return names;
    }
}
