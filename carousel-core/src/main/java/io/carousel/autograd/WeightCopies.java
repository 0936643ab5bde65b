package io.carousel.autograd;

import io.carousel.autograd.Parameters.Declaration;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies of weights that live for one round of a tape; their memory and that of their packed forms is used again. */
final class WeightCopies {
    private final Map<Parameter, Copies> copies = new HashMap<>();
    private final Map<Parameter, Copy> taken = new HashMap<>();

    /** The copies of one weight, of which the first {@code used} are taken in this round. */
    private static final class Copies {
        private final List<Parameters> list = new ArrayList<>();
        private int used;
    }

    /** A copy of this round; its gradient is made when it is first asked for. */
    private static final class Copy {
        private @Nullable Tensor gradient;
    }

    /** A parameter of the same name and shape, with whatever values the last round left; see {@link Parameters#changed}. */
    Parameters take(Parameter weight) {
        Copies known = copies.computeIfAbsent(weight, w -> new Copies());
        if (known.used == known.list.size()) {
            known.list.add(Parameters.of(
                    List.of(new Declaration(weight.name(), weight.shape(), weight.decays(), Initializer.constant(0)))));
        }
        Parameters copy = known.list.get(known.used++);
        taken.put(copy.list().get(0), new Copy());
        return copy;
    }

    /** The gradient of a copy of this round, zero when first asked for; null for a parameter that is none. */
    @Nullable
    Tensor gradient(Parameter parameter, Workspace workspace) {
        Copy copy = taken.isEmpty() ? null : taken.get(parameter);
        if (copy == null) {
            return null;
        }
        Tensor gradient = copy.gradient;
        if (gradient == null) {
            gradient = workspace.take(parameter.shape());
            gradient.fill(0);
            copy.gradient = gradient;
        }
        return gradient;
    }

    /** Gives all copies back. */
    void reset() {
        if (taken.isEmpty()) {
            return;
        }
        taken.clear();
        for (Copies known : copies.values()) {
            known.used = 0;
        }
    }
}
