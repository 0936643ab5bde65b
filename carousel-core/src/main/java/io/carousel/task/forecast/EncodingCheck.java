package io.carousel.task.forecast;

import io.carousel.layer.LayerSpec;
import io.carousel.layer.SumSpec;
import io.carousel.layer.WindowSpec;
import io.carousel.model.FormatException;
import io.carousel.model.Model;
import java.util.List;

/** Whether a network and its encodings belong together. */
final class EncodingCheck {
    private EncodingCheck() {}

    static void check(Model model, ForecastEncoding encoding, String source) throws FormatException {
        ForecastSpec spec = encoding.spec();
        int inputs = spec.inputs().size() + spec.futureInputs().size();
        if (encoding.numbers().inputScales().size() != inputs) {
            throw new FormatException(
                    source,
                    "task must have a scale for each of " + inputs + " inputs, got "
                            + encoding.numbers().inputScales().size() + "; the file is damaged");
        }
        WindowEncoder encoder;
        try {
            encoder = new WindowEncoder(encoding.numbers(), spec, encoding.transform());
        } catch (IllegalArgumentException e) {
            throw new FormatException(source, e.getMessage() + "; the file is damaged", e);
        }
        FormatException.requireSize(
                source, "inputs of the network", model.spec().inputSize(), encoder.features());
        FormatException.requireSize(
                source,
                "outputs of the network",
                model.network().outputSize(),
                (long) encoder.steps() * spec.trainingLoss().outputs());
        checkWindow(model.spec().layers(), encoder, source);
        for (ForecastEncoding.ErrorQuantile quantile : encoding.intervals()) {
            FormatException.requireSize(
                    source,
                    "offsets of quantile " + quantile.level(),
                    quantile.offsets().size(),
                    spec.horizon());
        }
    }

    /** The linear part reads the window and not more or less. */
    private static void checkWindow(List<LayerSpec> layers, WindowEncoder encoder, String source)
            throws FormatException {
        for (LayerSpec layer : layers) {
            if (layer instanceof WindowSpec window) {
                FormatException.requireSize(source, "steps of " + window.name(), window.steps(), encoder.length());
            } else if (layer instanceof SumSpec sum) {
                for (List<LayerSpec> branch : sum.branches()) {
                    checkWindow(branch, encoder, source);
                }
            }
        }
    }
}
