package io.carousel.layer;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.StatePart;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bridge between an encoder and a decoder that are known. Immutable. */
abstract class Bridge {
    /** The parts of the decoder's first state that it gives. */
    final List<StatePart> to;

    Bridge(List<StatePart> to) {
        this.to = to;
    }

    /**
     * What a bridge makes.
     *
     * @param first parts of the decoder's first state, {@code [B, size]} in the caller's order
     * @param vector {@code [B, Z]}; null where no vector stands between
     * @param divergence of the vector's distribution, the sum over all sequences, a scalar; null where it has none
     */
    record Crossing(
            Map<String, Variable> first,
            @Nullable Variable vector,
            @Nullable Variable divergence) {}

    abstract List<Parameters.Declaration> parameters();

    /**
     * Crosses the bridge.
     *
     * @param last each part of the encoder's last state
     * @param random null in prediction
     */
    abstract Crossing cross(Tape tape, Parameters parameters, Map<String, Variable> last, @Nullable Rng random);

    /** The size of the vector that may be given in the place of a source; 0 when none may. */
    int vectorSize() {
        return 0;
    }

    /** Crosses the bridge from a vector on. */
    Crossing fromVector(Tape tape, Parameters parameters, Variable vector) {
        throw new IllegalStateException("a bridge without a vector has nothing to begin with; ask vectorSize() first");
    }

    static Bridge of(BridgeSpec spec, Chain encoder, Chain decoder) {
        if (spec instanceof NoBridge) {
            return new None();
        }
        List<Pass> from = passes(encoder);
        List<Pass> to = passes(decoder);
        if (from.isEmpty() || to.isEmpty()) {
            throw new IllegalArgumentException("a bridge must lead from a recurrent layer to another, got none in the "
                    + (from.isEmpty() ? "network of the source" : "network that reads it")
                    + "; add one, outside of sums, or use no bridge");
        }
        if (spec instanceof CopyBridge copy) {
            return Copy.of(copy.direction() == Direction.BACKWARD, from, to);
        }
        if (spec instanceof DenseBridge dense) {
            return new Functions(dense.name(), null, dense.squash(), parts(from), parts(to));
        }
        VectorBridge vector = (VectorBridge) spec;
        return new Functions(vector.name(), vector, true, parts(from), parts(to));
    }

    /** The recurrent layers of a chain whose state a bridge leads from or to, in their order. */
    static List<Pass> passes(Chain chain) {
        return chain.layers().stream()
                .filter(Stateful.class::isInstance)
                .flatMap(layer -> ((Stateful) layer).passes().stream())
                .toList();
    }

    private static List<StatePart> parts(List<Pass> passes) {
        return passes.stream().flatMap(pass -> pass.state().stream()).toList();
    }

    /** A layer whose state a bridge leads from or to. */
    interface Stateful {
        List<Pass> passes();
    }

    private static final class None extends Bridge {
        None() {
            super(List.of());
        }

        @Override
        List<Parameters.Declaration> parameters() {
            return List.of();
        }

        @Override
        Crossing cross(Tape tape, Parameters parameters, Map<String, Variable> last, @Nullable Rng random) {
            return new Crossing(Map.of(), null, null);
        }
    }

    private static final class Copy extends Bridge {
        private final List<StatePart> from;

        private Copy(List<StatePart> from, List<StatePart> to) {
            super(to);
            this.from = from;
        }

        static Copy of(boolean backward, List<Pass> encoder, List<Pass> decoder) {
            List<Pass> chosen =
                    encoder.stream().filter(pass -> pass.backward() == backward).toList();
            boolean fits = chosen.size() == decoder.size();
            for (int i = 0; fits && i < chosen.size(); i++) {
                fits = chosen.get(i).cell().name().equals(decoder.get(i).cell().name())
                        && chosen.get(i)
                                .form()
                                .state()
                                .equals(decoder.get(i).form().state());
            }
            if (!fits) {
                throw new IllegalArgumentException(
                        "a copying bridge must lead to a state like that which it copies, got "
                                + parts(chosen) + " for " + parts(decoder)
                                + "; give encoder and decoder the same cell and hidden"
                                + " sizes, name the direction that the encoder reads, or use a dense bridge");
            }
            return new Copy(parts(chosen), parts(decoder));
        }

        @Override
        List<Parameters.Declaration> parameters() {
            return List.of();
        }

        @Override
        Crossing cross(Tape tape, Parameters parameters, Map<String, Variable> last, @Nullable Rng random) {
            Map<String, Variable> first = new LinkedHashMap<>();
            for (int i = 0; i < to.size(); i++) {
                first.put(to.get(i).name(), last(last, from.get(i)));
            }
            return new Crossing(first, null, null);
        }
    }

    private static Variable last(Map<String, Variable> last, StatePart part) {
        Variable found = last.get(part.name());
        if (found == null) {
            throw new IllegalStateException("an encoder must give the last " + part.name() + ", got " + last.keySet());
        }
        return found;
    }

    /** Linear functions, through a vector or not. */
    private static final class Functions extends Bridge {
        private final String name;
        private final @Nullable VectorBridge vector;
        private final boolean squash;
        private final List<StatePart> from;

        Functions(
                String name, @Nullable VectorBridge vector, boolean squash, List<StatePart> from, List<StatePart> to) {
            super(to);
            this.name = name;
            this.vector = vector;
            this.squash = squash;
            this.from = from;
        }

        @Override
        List<Parameters.Declaration> parameters() {
            int width = 0;
            for (StatePart part : from) {
                width = Math.addExact(width, part.size());
            }
            List<Parameters.Declaration> all = new ArrayList<>();
            if (vector != null) {
                declare(all, "", vector.size(), width);
                if (vector.variational()) {
                    declare(all, "_variance", vector.size(), width);
                }
            }
            for (StatePart part : to) {
                declare(all, suffix(part), part.size(), vector == null ? width : vector.size());
            }
            return all;
        }

        private void declare(List<Parameters.Declaration> all, String suffix, int outputs, int inputs) {
            all.add(new Parameters.Declaration(
                    name + ".weight" + suffix, Shape.of(outputs, inputs), true, Initializer.glorotUniform(1)));
            all.add(new Parameters.Declaration(
                    name + ".bias" + suffix, Shape.of(outputs), false, Initializer.constant(0)));
        }

        private static String suffix(StatePart part) {
            return "_" + part.name().replace('.', '_');
        }

        private Variable apply(Tape tape, Parameters parameters, String suffix, Variable x) {
            return Operations.linear(
                    tape, x, parameters.get(name + ".weight" + suffix), parameters.get(name + ".bias" + suffix));
        }

        @Override
        Crossing cross(Tape tape, Parameters parameters, Map<String, Variable> last, @Nullable Rng random) {
            Variable all = last(last, from.get(0));
            for (StatePart part : from.subList(1, from.size())) {
                all = Operations.concatenate(tape, all, last(last, part));
            }
            if (vector == null) {
                return new Crossing(parts(tape, parameters, all), null, null);
            }
            Variable mean = apply(tape, parameters, "", all);
            if (!vector.variational()) {
                return fromVector(tape, parameters, mean);
            }
            Variable logVariance = apply(tape, parameters, "_variance", all);
            Variable drawn = random == null ? mean : NormalVector.draw(tape, mean, logVariance, random.stream(name));
            return new Crossing(
                    parts(tape, parameters, drawn), drawn, NormalVector.divergence(tape, mean, logVariance));
        }

        private Map<String, Variable> parts(Tape tape, Parameters parameters, Variable x) {
            Map<String, Variable> first = new LinkedHashMap<>();
            for (StatePart part : to) {
                Variable value = apply(tape, parameters, suffix(part), x);
                first.put(part.name(), squash ? Operations.tanh(tape, value) : value);
            }
            return first;
        }

        @Override
        int vectorSize() {
            return vector == null ? 0 : vector.size();
        }

        @Override
        Crossing fromVector(Tape tape, Parameters parameters, Variable given) {
            return new Crossing(parts(tape, parameters, given), given, null);
        }
    }
}
