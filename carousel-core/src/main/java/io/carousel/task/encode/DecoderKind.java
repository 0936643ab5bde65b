package io.carousel.task.encode;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the decoders of a vector make of it, and so what the vector must hold.
 *
 * <p>Source: Srivastava, Mansimov, Salakhutdinov, <i>Unsupervised Learning of Video Representations using LSTMs</i>, 2015.
 */
public enum DecoderKind {
    /** The sequence that was read. */
    @JsonProperty("reconstruction")
    RECONSTRUCTION(Part.RECONSTRUCTION),
    /** What comes after it. */
    @JsonProperty("prediction")
    PREDICTION(Part.PREDICTION),
    /** Both, by two decoders of the same vector: it can neither forget what came early nor merely keep a copy. */
    @JsonProperty("composite")
    COMPOSITE(Part.RECONSTRUCTION, Part.PREDICTION);

    private final List<Part> parts;

    DecoderKind(Part... parts) {
        this.parts = List.of(parts);
    }

    /** What it makes, one for each decoder. */
    public List<Part> parts() {
        return parts;
    }

    /** Whether it tells what comes after a sequence. */
    public boolean predicts() {
        return parts.contains(Part.PREDICTION);
    }
}
