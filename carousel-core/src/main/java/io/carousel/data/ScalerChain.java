package io.carousel.data;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/**
 * Several scalers, one after the other.
 *
 * @param scalers in the order in which they transform
 */
@JsonTypeName("chain")
public record ScalerChain(List<Scaler> scalers) implements Scaler {
    /** Copies the list. */
    public ScalerChain {
        scalers = List.copyOf(scalers);
    }

    @Override
    public double transform(double value) {
        double scaled = value;
        for (Scaler scaler : scalers) {
            scaled = scaler.transform(scaled);
        }
        return scaled;
    }

    @Override
    public double inverse(double scaled) {
        double value = scaled;
        for (int i = scalers.size() - 1; i >= 0; i--) {
            value = scalers.get(i).inverse(value);
        }
        return value;
    }
}
