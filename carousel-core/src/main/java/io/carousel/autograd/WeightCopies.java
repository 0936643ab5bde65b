package io.carousel.autograd;

import io.carousel.autograd.Parameters.Declaration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies of weights that live for one round of a tape; their memory and that of their packed forms is used again. */
final class WeightCopies {
    private final Map<Parameter, Copies> copies = new HashMap<>();

    /** The copies of one weight, of which the first {@code used} are taken in this round. */
    private static final class Copies {
        private final List<Parameters> list = new ArrayList<>();
        private int used;
    }

    /** A parameter of the same name and shape, with whatever values the last round left; see {@link Parameters#changed}. */
    Parameters take(Parameter weight) {
        Copies known = copies.computeIfAbsent(weight, w -> new Copies());
        if (known.used == known.list.size()) {
            known.list.add(Parameters.of(
                    List.of(new Declaration(weight.name(), weight.shape(), weight.decays(), Initializer.constant(0)))));
        }
        return known.list.get(known.used++);
    }

    /** Gives all copies back. */
    void reset() {
        for (Copies known : copies.values()) {
            known.used = 0;
        }
    }
}
