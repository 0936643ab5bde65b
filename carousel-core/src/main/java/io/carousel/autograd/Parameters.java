package io.carousel.autograd;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.WeightStore;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a network in a fixed order, all their values in one flat array.
 *
 * <p>A gradient, and each slot of an optimiser, is a {@code float[]} of the same length and order. Threads may read the
 * values together; whoever writes them must be alone and call {@link #changed} afterwards.
 */
public final class Parameters {
    private final float[] values;
    private final List<Parameter> list;
    private final Map<String, Parameter> byName;
    private final @Nullable Parameters origin;
    private final Map<WeightStore, Parameters> stored = new EnumMap<>(WeightStore.class);
    private volatile long version;
    private volatile Parameter.Packing[] packedForms = {};

    private Parameters(List<Declaration> declarations) {
        long size = 0;
        for (Declaration declaration : declarations) {
            size += declaration.shape().size();
        }
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "a network must have fewer than 2^31 - 8 weights, got " + size + "; use smaller layers");
        }
        values = new float[(int) size];
        origin = null;
        List<Parameter> made = new ArrayList<>();
        byName = new LinkedHashMap<>();
        int offset = 0;
        for (Declaration declaration : declarations) {
            Tensor tensor = new Tensor(declaration.shape(), values, offset);
            Parameter parameter =
                    new Parameter(this, made.size(), declaration.name(), tensor, declaration.decays(), null);
            made.add(parameter);
            if (byName.put(parameter.name(), parameter) != null) {
                throw new IllegalArgumentException(
                        "parameter names must be unique, got " + parameter.name() + " twice; name the layers apart");
            }
            offset += declaration.shape().size();
        }
        list = Collections.unmodifiableList(made);
    }

    private Parameters(Parameters origin, WeightStore store) {
        this.origin = origin;
        values = origin.values;
        byName = new LinkedHashMap<>();
        for (Parameter parameter : origin.list) {
            byName.put(
                    parameter.name(),
                    new Parameter(
                            origin,
                            parameter.index(),
                            parameter.name(),
                            parameter.tensor(),
                            parameter.decays(),
                            store));
        }
        list = List.copyOf(byName.values());
    }

    /**
     * What is known of a parameter before it has values.
     *
     * @param name the dotted name, unique in the network
     * @param decays whether weight decay applies: not to biases
     * @param initializer gives the first values
     */
    public record Declaration(String name, Shape shape, boolean decays, Initializer initializer) {
        /** The same parameter of a network in which it has another name. */
        public Declaration named(String other) {
            return new Declaration(other, shape, decays, initializer);
        }
    }

    /** Parameters of zeros. */
    public static Parameters of(List<Declaration> declarations) {
        return new Parameters(declarations);
    }

    /** Parameters with their first values; each draws from the stream of its own name. */
    public static Parameters initialized(List<Declaration> declarations, Rng rng) {
        Parameters parameters = new Parameters(declarations);
        for (Declaration declaration : declarations) {
            Tensor tensor = parameters.get(declaration.name()).tensor();
            declaration.initializer().fill(tensor, rng.stream(declaration.name()));
        }
        parameters.changed();
        return parameters;
    }

    /**
     * The same parameters, whose matrices are packed for products of one row and kept in that store; one for all who ask.
     *
     * <p>They share the values; whoever writes those calls {@link #changed} of either.
     */
    public Parameters stored(WeightStore store) {
        if (origin != null) {
            return origin.stored(store);
        }
        synchronized (stored) {
            return stored.computeIfAbsent(store, kept -> new Parameters(this, kept));
        }
    }

    /** All values, shared and not copied; call {@link #changed} after writing. */
    public float[] values() {
        return values;
    }

    /** The number of values over all parameters. */
    public int size() {
        return values.length;
    }

    public List<Parameter> list() {
        return list;
    }

    /**
     * The parameter of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Parameter get(String name) {
        Parameter found = byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException("parameter must be one of " + byName.keySet() + ", got " + name);
        }
        return found;
    }

    /** Tells that values were written, so that packed forms are made anew when next asked for. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the owner writes; the others read
    public void changed() {
        if (origin != null) {
            origin.changed();
        } else {
            version++;
        }
    }

    /** The number of large packed forms so far, that are worth packing anew before they are asked for. */
    public int packedForms() {
        return packedForms.length;
    }

    /**
     * Packs a large form anew after a change, when these kernels made it and it was packed after the change before: workers who
     * share the forms do this at the same time, and otherwise wait for whoever asks first. Largest first.
     */
    public void pack(int form, Kernels kernels) {
        packedForms[form].renew(kernels);
    }

    /** A packed form that was made. */
    synchronized void add(Parameter.Packing form) {
        Parameter.Packing[] more = Arrays.copyOf(packedForms, packedForms.length + 1);
        more[more.length - 1] = form;
        Arrays.sort(more, Comparator.comparingInt(Parameter.Packing::size).reversed());
        packedForms = more;
    }

    long version() {
        return version;
    }
}
