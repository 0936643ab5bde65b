package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The layers of a network, and those of its source; without weights. Immutable. */
record NetworkForm(Chain chain, @Nullable Encoder encoder) {
    /** @throws IllegalArgumentException when layers share a weight that is not there, or of another shape */
    static NetworkForm of(NetworkSpec spec) {
        Chain chain = Chain.of(spec.inputSize(), spec.layers());
        SourceSpec source = spec.source();
        if (source == null && !chain.readers().isEmpty()) {
            throw new IllegalArgumentException("a network with a layer that reads a source must have one, got "
                    + chain.readers().get(0).name() + " without; give the spec a source");
        }
        NetworkForm form = new NetworkForm(chain, source == null ? null : Encoder.of(source, chain));
        form.requireShared();
        return form;
    }

    List<Parameters.Declaration> parameters() {
        return encoder == null
                ? chain.parameters()
                : Stream.concat(encoder.parameters().stream(), chain.parameters().stream())
                        .toList();
    }

    private void requireShared() {
        List<Parameters.Declaration> own = parameters();
        Stream<Parameters.Declaration> shared = encoder == null
                ? chain.shared().stream()
                : Stream.concat(encoder.chain().shared().stream(), chain.shared().stream());
        shared.forEach(wanted -> {
            Shape shape = own.stream()
                    .filter(declaration -> declaration.name().equals(wanted.name()))
                    .map(Parameters.Declaration::shape)
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("weight that layers share must be one of the network's, got "
                                    + wanted.name() + "; name a layer that is there"));
            if (!shape.equals(wanted.shape())) {
                throw new IllegalArgumentException(wanted.name() + " must have shape " + wanted.shape()
                        + " for the layer that shares it, got " + shape
                        + "; give the layer beneath that one the width of the embedding");
            }
        });
    }
}
