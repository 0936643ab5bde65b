package io.carousel.task.forecast;

import io.carousel.data.DataException;
import io.carousel.data.SeriesSet;
import io.carousel.model.Model;
import java.util.ArrayList;
import java.util.List;

/** Forecasts the rows after each series. */
final class FuturePredictor {
    private final Model model;
    private final ForecastEncoding encoding;
    private final WindowEncoder encoder;

    FuturePredictor(Model model, ForecastEncoding encoding) {
        this.model = model;
        this.encoding = encoding;
        this.encoder = new WindowEncoder(encoding.numbers(), encoding.spec(), encoding.transform());
    }

    List<Forecast> predict(SeriesSet set) {
        ForecastSpec spec = encoding.spec();
        List<EncodedSeries> all = new ArrayList<>();
        int[] origins = new int[set.size()];
        for (int s = 0; s < origins.length; s++) {
            TargetSeries target = TargetSeries.of(set.list().get(s), spec);
            require(target, spec);
            origins[s] = target.rows();
            all.add(EncodedSeries.of(target, s, encoding.transform().log()));
        }
        WindowPredictor predictor = new WindowPredictor(model.network(), spec, encoder, encoding.intervals());
        List<WindowPredictor.Result> results = predictor.predict(WindowSet.of(all, origins));
        List<Forecast> forecasts = new ArrayList<>();
        for (int s = 0; s < origins.length; s++) {
            forecasts.add(forecast(all.get(s).source(), results.get(s), predictor.quantileLevels()));
        }
        return forecasts;
    }

    private void require(TargetSeries target, ForecastSpec spec) {
        int needed = encoder.firstOrigin();
        if (target.rows() < needed) {
            throw new DataException("series '" + target.name() + "' has " + target.rows() + " rows; the model reads "
                    + needed + " before a forecast; give a longer series");
        }
        for (int i = spec.inputs().size(); i < target.inputs(); i++) {
            String column = spec.futureInputs().get(i - spec.inputs().size());
            int given = 0;
            while (given < Math.min(target.futureRows(), spec.horizon())
                    && Double.isFinite(target.input(i, target.rows() + given))) {
                given++;
            }
            if (given < spec.horizon()) {
                throw new DataException("future input " + column + " of series '" + target.name()
                        + "' must be given for "
                        + spec.horizon() + " rows after " + target.time().label(target.rows() - 1) + ", got " + given
                        + "; append rows with the inputs and an empty " + spec.target());
            }
        }
    }

    private static Forecast forecast(TargetSeries target, WindowPredictor.Result result, List<Double> levels) {
        int horizon = result.point().length;
        List<Forecast.QuantileForecast> quantiles = new ArrayList<>();
        for (int q = 0; q < levels.size(); q++) {
            quantiles.add(new Forecast.QuantileForecast(levels.get(q), list(result.quantiles()[q])));
        }
        return new Forecast(target.name(), stamps(target, horizon), list(result.point()), quantiles);
    }

    /** Stamps that the file has, and then those that follow. */
    private static List<String> stamps(TargetSeries target, int horizon) {
        List<String> stamps = new ArrayList<>();
        int given = Math.min(target.futureRows(), horizon);
        for (int h = 0; h < given; h++) {
            stamps.add(target.time().label(target.rows() + h));
        }
        stamps.addAll(target.time().next(horizon - given));
        return stamps;
    }

    private static List<Double> list(double[] values) {
        List<Double> list = new ArrayList<>(values.length);
        for (double value : values) {
            list.add(value);
        }
        return list;
    }
}
