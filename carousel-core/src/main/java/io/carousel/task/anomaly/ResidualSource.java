package io.carousel.task.anomaly;

/** What residuals are the errors of. */
public enum ResidualSource {
    /** The forecast of the next event from those before it: {@link ForecastResiduals}. */
    FORECAST,
    /** The reconstruction of the last events by an autoencoder: {@link ReconstructionResiduals}. */
    RECONSTRUCTION
}
