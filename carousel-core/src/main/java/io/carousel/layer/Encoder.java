package io.carousel.layer;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The layers that read a source, the bridge to the decoder, and the decoder's layers that read the rows. Immutable. */
record Encoder(Chain chain, Bridge bridge, List<SourceReader> readers) {
    static Encoder of(SourceSpec spec, Chain decoder) {
        Chain chain = Chain.of(spec.network().inputSize(), spec.network().layers());
        if (!decoder.backward().isEmpty()) {
            throw new IllegalArgumentException(
                    "a network with a source must read forward only, got layers that read backward: "
                            + String.join(", ", decoder.backward()) + "; only the network of the source may");
        }
        List<String> parts = decoder.state().stream().map(StatePart::name).toList();
        for (StatePart part : chain.state()) {
            if (parts.contains(part.name())) {
                throw new IllegalArgumentException(
                        "layers of a source and of the network that reads it must have different" + " names, got "
                                + part.name() + " twice; rename one");
            }
        }
        for (SourceReader reader : decoder.readers()) {
            if (reader.rowSize() != chain.outputSize()) {
                throw new IllegalArgumentException("source size of " + reader.name() + " must be " + chain.outputSize()
                        + ", the width of what reads the source, got " + reader.rowSize());
            }
        }
        return new Encoder(chain, Bridge.of(spec.bridge(), chain, decoder), decoder.readers());
    }

    List<Parameters.Declaration> parameters() {
        return Stream.concat(chain.parameters().stream(), bridge.parameters().stream())
                .toList();
    }

    /** Reads a batch of sources. */
    TapedSource encode(Network network, Tape tape, Flow input, @Nullable Rng dropout, @Nullable RunObserver observer) {
        Map<String, Variable> last = new LinkedHashMap<>();
        List<Variable> penalties = new ArrayList<>();
        Parameters parameters = network.parameters();
        Flow output = chain.forward(
                input,
                new LayerContext(tape, parameters, null, null, last, penalties, new ArrayList<>(), dropout, observer));
        BatchLayout layout = output.layout();
        int[] starts = new int[layout.sequences() + 1];
        for (int index = 0; index < layout.sequences(); index++) {
            starts[index + 1] = starts[index] + layout.length(layout.position(index));
        }
        Variable rows = readers.isEmpty() ? null : bySequence(tape, output, starts);
        return new TapedSource(
                network,
                bridge.cross(tape, parameters, last, dropout),
                starts,
                rows,
                prepare(tape, parameters, rows),
                penalties);
    }

    private static Variable bySequence(Tape tape, Flow flow, int[] starts) {
        BatchLayout layout = flow.layout();
        int[] rows = new int[layout.rows()];
        for (int index = 0; index < layout.sequences(); index++) {
            for (int row = starts[index]; row < starts[index + 1]; row++) {
                rows[row] = layout.row(index, row - starts[index]);
            }
        }
        return Operations.gatherRows(tape, flow.rows(), rows);
    }

    private Map<String, Variable> prepare(Tape tape, Parameters parameters, @Nullable Variable rows) {
        Map<String, Variable> prepared = new LinkedHashMap<>();
        if (rows != null) {
            for (SourceReader reader : readers) {
                prepared.put(reader.name(), reader.prepare(tape, parameters, rows));
            }
        }
        return prepared;
    }

    /**
     * Begins with vectors in the place of sources.
     *
     * @param vectors {@code [B, Z]}
     */
    TapedSource fromVectors(Network network, Tape tape, Variable vectors) {
        if (bridge.vectorSize() == 0) {
            throw new IllegalArgumentException("a network must have a vector bridge to begin with a vector, got "
                    + bridge.to.size() + " parts that come from the source's state; train one with a VectorBridge");
        }
        if (!readers.isEmpty()) {
            throw new IllegalArgumentException(
                    "a network must not read the rows of its source to begin with a vector, got the" + " layer "
                            + readers.get(0).name() + ", which does; use a decoder without attention");
        }
        if (vectors.value().columns() != bridge.vectorSize()) {
            throw new IllegalArgumentException("vector must have shape [Z] = [" + bridge.vectorSize() + "], got ["
                    + vectors.value().columns() + "]");
        }
        return new TapedSource(
                network,
                bridge.fromVector(tape, network.parameters(), vectors),
                new int[vectors.value().rows() + 1],
                null,
                Map.of(),
                List.of());
    }
}
