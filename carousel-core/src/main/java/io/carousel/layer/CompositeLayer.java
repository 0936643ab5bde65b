package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.cell.StatePart;
import java.util.List;

/** A layer that is made of others, whose weights and state are theirs, one after the other. */
interface CompositeLayer extends Layer {
    /** The layers that it is made of, in the order in which they declare weights and the parts of the state. */
    List<? extends Layer> layers();

    @Override
    default List<Parameters.Declaration> parameters() {
        return layers().stream().flatMap(layer -> layer.parameters().stream()).toList();
    }

    @Override
    default List<Parameters.Declaration> shared() {
        return layers().stream().flatMap(layer -> layer.shared().stream()).toList();
    }

    @Override
    default List<StatePart> state() {
        return layers().stream().flatMap(layer -> layer.state().stream()).toList();
    }

    @Override
    default void writeInitialState(Parameters parameters, State state) {
        layers().forEach(layer -> layer.writeInitialState(parameters, state));
    }

    @Override
    default List<String> backward() {
        return layers().stream().flatMap(layer -> layer.backward().stream()).toList();
    }

    @Override
    default List<SourceReader> readers() {
        return layers().stream().flatMap(layer -> layer.readers().stream()).toList();
    }
}
