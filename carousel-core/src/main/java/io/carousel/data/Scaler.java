package io.carousel.data;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * A reversible change of scale, fitted on the training part and then a value that is kept in the model.
 *
 * <p>Every scaler is a record that prints as JSON and reads back equal. Immutable and safe for any number of threads.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Scaler permits Standardizer, RobustScaler, LogScaler, ScalerChain {
    /**
     * The scaled value.
     *
     * @throws DataException if the value is outside of what the scaler knows, such as the logarithm of a negative number
     */
    double transform(double value);

    /** The value that {@link #transform} scaled. */
    double inverse(double scaled);

    /** Scaled copies of all values. */
    default double[] transform(double[] values) {
        double[] scaled = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = transform(values[i]);
        }
        return scaled;
    }

    /** Unscaled copies of all values. */
    default double[] inverse(double[] scaled) {
        double[] values = new double[scaled.length];
        for (int i = 0; i < scaled.length; i++) {
            values[i] = inverse(scaled[i]);
        }
        return values;
    }

    /** A scaler that applies this one, then {@code next}. */
    default Scaler then(Scaler next) {
        return new ScalerChain(java.util.List.of(this, next));
    }
}
