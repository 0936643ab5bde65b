package io.carousel.task.encode;

import io.carousel.layer.DenseSpec;
import io.carousel.layer.DropoutSpec;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.JoinSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.SourceSpec;
import io.carousel.layer.VectorBridge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The network of an autoencoder: an encoder, a vector, and a decoder for each part.
 *
 * <pre>{@code
 * sequence ─ recurrent layers ─ vector [Z] ─┬─ recurrent layers ─ output    reconstruction
 *                                           └─ recurrent layers ─ output    prediction
 * }</pre>
 *
 * <p>Two decoders are branches of a join, so that one spec and one file hold both. They are never run together, as they make
 * sequences of different lengths: each is a {@link io.carousel.layer.Network#part} that shares its weights with the whole.
 */
final class EncodeNetwork {
    private EncodeNetwork() {}

    /**
     * The whole network.
     *
     * @param spec with everything decided
     * @param symbols of the vocabulary; 0 for numbers
     * @param width F of numbers, 1 for texts
     */
    static NetworkSpec whole(EncodeSpec spec, int symbols, int width) {
        List<List<LayerSpec>> decoders = spec.decoder().parts().stream()
                .map(part -> decoder(spec, part, symbols, width))
                .toList();
        List<LayerSpec> layers = decoders.size() == 1 ? decoders.get(0) : List.of(new JoinSpec(decoders));
        return new NetworkSpec(width, layers, source(spec, symbols, width));
    }

    /** The encoder, the vector and one of the decoders. */
    static NetworkSpec part(EncodeSpec spec, Part part, int symbols, int width) {
        return new NetworkSpec(width, decoder(spec, part, symbols, width), source(spec, symbols, width));
    }

    private static SourceSpec source(EncodeSpec spec, int symbols, int width) {
        List<LayerSpec> layers = new ArrayList<>();
        addEmbedding(layers, "embedding", spec, symbols);
        layers.add(recurrent("encoder", spec).withDirection(spec.direction()));
        return new SourceSpec(
                new NetworkSpec(width, layers), new VectorBridge("code", spec.size(), spec.variational()));
    }

    private static List<LayerSpec> decoder(EncodeSpec spec, Part part, int symbols, int width) {
        String name = part.layer();
        List<LayerSpec> layers = new ArrayList<>();
        addEmbedding(layers, name + "_embedding", spec, symbols);
        layers.add(recurrent(name, spec));
        layers.add(new DropoutSpec(name + "_dropout", spec.dropout()));
        layers.add(new DenseSpec(name + "_output", symbols > 0 ? symbols : width));
        return layers;
    }

    private static void addEmbedding(List<LayerSpec> layers, String name, EncodeSpec spec, int symbols) {
        if (symbols > 0) {
            // of unit variance, for which the first weights of the layers above are made
            layers.add(new EmbeddingSpec(name, symbols, spec.embedding()).withStart(EmbeddingSpec.Start.NORMAL, 1));
        }
    }

    private static RecurrentSpec recurrent(String name, EncodeSpec spec) {
        return RecurrentSpec.of(name, spec.cell().toString(), Collections.nCopies(spec.layers(), spec.hidden()));
    }
}
