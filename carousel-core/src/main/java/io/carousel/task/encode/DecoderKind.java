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
    RECONSTRUCTION(true, false),
    /** What comes after it. */
    @JsonProperty("prediction")
    PREDICTION(false, true),
    /** Both, by two decoders of the same vector: it can neither forget what came early nor merely keep a copy. */
    @JsonProperty("composite")
    COMPOSITE(true, true);

    private final boolean reconstructs;
    private final boolean predicts;

    DecoderKind(boolean reconstructs, boolean predicts) {
        this.reconstructs = reconstructs;
        this.predicts = predicts;
    }

    /** What it makes, one for each decoder. */
    public List<Part> parts() {
        if (!predicts) {
            return List.of(Part.RECONSTRUCTION);
        }
        return reconstructs ? List.of(Part.RECONSTRUCTION, Part.PREDICTION) : List.of(Part.PREDICTION);
    }

    /** Whether it tells what comes after a sequence. */
    public boolean predicts() {
        return predicts;
    }
}
