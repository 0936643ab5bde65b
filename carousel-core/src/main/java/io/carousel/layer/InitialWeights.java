package io.carousel.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.carousel.autograd.Initializer;
import io.carousel.autograd.Parameters;
import io.carousel.cell.Cell;
import io.carousel.cell.CellWeight;
import io.carousel.cell.CellWeight.Role;
import io.carousel.cell.MemoryGate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the weights of a recurrent layer start, for any cell; each choice left at {@link Start#DEFAULT} or null is the cell's
 * own.
 *
 * <p>What multiplies a state element by element, and gains, always start as the cell says.
 *
 * @param input the matrices that multiply the input
 * @param recurrent the matrices that multiply the output of the time step before, and projections; for each gate, and each
 *     head, as for a matrix of its own
 * @param biases {@link Start#DEFAULT} or {@link Start#UNIFORM}
 * @param forgetBias the bias of the gate that keeps the state; where the gate lets the new value in instead, as {@code 1 - i}
 *     in a coupled cell, its bias is the negative
 * @param longestLag T_max of the chrono initialiser, which gives the biases of the gate that keeps the state and of the input
 *     gate: see {@link Initializer#chrono}
 */
public record InitialWeights(
        Start input,
        Start recurrent,
        Start biases,
        @Nullable Double forgetBias,
        @Nullable Double longestLag) {
    /** All as the cell says. */
    public static final InitialWeights DEFAULT =
            new InitialWeights(Start.DEFAULT, Start.DEFAULT, Start.DEFAULT, null, null);

    /** As in PyTorch: all matrices and biases uniform in ±1 / √H. */
    public static final InitialWeights PYTORCH =
            new InitialWeights(Start.UNIFORM, Start.UNIFORM, Start.UNIFORM, null, null);

    private static final String INPUT_GATE = "input";

    /** How weights of one kind start. */
    public enum Start {
        /** As the cell says. */
        @JsonProperty("default")
        DEFAULT,
        /** {@link Initializer#glorotUniform}. */
        @JsonProperty("glorot")
        GLOROT,
        /** {@link Initializer#heUniform}. */
        @JsonProperty("he")
        HE,
        /** {@link Initializer#orthogonal}. */
        @JsonProperty("orthogonal")
        ORTHOGONAL,
        /** {@link Initializer#uniformByHiddenSize}. */
        @JsonProperty("uniform")
        UNIFORM,
        /** {@link Initializer#identity} of scale 1. */
        @JsonProperty("identity")
        IDENTITY;

        private Initializer initializer(int blocks, int hiddenSize, Initializer own) {
            return switch (this) {
                case DEFAULT -> own;
                case GLOROT -> Initializer.glorotUniform(blocks);
                case HE -> Initializer.heUniform();
                case ORTHOGONAL -> Initializer.orthogonal(blocks);
                case UNIFORM -> Initializer.uniformByHiddenSize(hiddenSize);
                case IDENTITY -> Initializer.identity(blocks, 1);
            };
        }
    }

    public InitialWeights {
        if (biases != Start.DEFAULT && biases != Start.UNIFORM) {
            throw new IllegalArgumentException("start of biases must be default or uniform, got "
                    + biases.name().toLowerCase(Locale.ROOT) + "; the others are for matrices");
        }
        if (forgetBias != null && longestLag != null) {
            throw new IllegalArgumentException("forget bias must be left out beside a longest lag, got " + forgetBias
                    + " and " + longestLag + "; the chrono initialiser gives that bias");
        }
        if (forgetBias != null && !Double.isFinite(forgetBias)) {
            throw new IllegalArgumentException("forget bias must be finite, got " + forgetBias);
        }
        if (longestLag != null && (!(longestLag >= 2) || Double.isInfinite(longestLag))) {
            throw new IllegalArgumentException("longest lag must be finite and at least 2, got " + longestLag
                    + "; give the longest dependency in time steps");
        }
    }

    /** The same with another start of the input matrices. */
    public InitialWeights withInput(Start start) {
        return new InitialWeights(start, recurrent, biases, forgetBias, longestLag);
    }

    /** The same with another start of the recurrent matrices. */
    public InitialWeights withRecurrent(Start start) {
        return new InitialWeights(input, start, biases, forgetBias, longestLag);
    }

    /** The same with another start of the biases. */
    public InitialWeights withBiases(Start start) {
        return new InitialWeights(input, recurrent, start, forgetBias, longestLag);
    }

    /** The same with that bias of the gate that keeps the state, and no chrono initialiser. */
    public InitialWeights withForgetBias(double bias) {
        return new InitialWeights(input, recurrent, biases, bias, null);
    }

    /** The same with the chrono initialiser. */
    public InitialWeights withChrono(double lag) {
        return new InitialWeights(input, recurrent, biases, null, lag);
    }

    /**
     * The weights of a cell, under their names within the layer.
     *
     * @throws IllegalArgumentException when the cell has no gate for the forget bias or the chrono initialiser
     */
    List<Parameters.Declaration> declarations(Cell cell) {
        MemoryGate memory = cell.memoryGate();
        if (memory == null && (forgetBias != null || longestLag != null)) {
            throw new IllegalArgumentException((forgetBias != null ? "forget bias" : "longest lag")
                    + " must be left out for cell " + cell.name() + ", got "
                    + (forgetBias != null ? forgetBias : longestLag)
                    + "; the cell has no gate that keeps its state, choose one that has, such as lstm");
        }
        return cell.weights().stream()
                .map(weight -> {
                    Parameters.Declaration own = weight.declaration();
                    Initializer start = initializer(cell, weight, memory);
                    return new Parameters.Declaration(own.name(), own.shape(), own.decays(), start);
                })
                .toList();
    }

    private Initializer initializer(Cell cell, CellWeight weight, @Nullable MemoryGate memory) {
        int blocks = Math.max(1, weight.gates().size()) * heads(cell, weight);
        Start start = start(weight.role());
        Initializer base = start.initializer(blocks, units(cell), weight.initializer());
        return memory != null && (weight.role() == Role.BIAS || weight.role() == Role.RECURRENT_BIAS)
                ? biased(weight, memory, base)
                : base;
    }

    /** Where units see those of their own head only, a gate is as many matrices as there are heads. */
    private static int heads(Cell cell, CellWeight weight) {
        boolean matrix = weight.role() == Role.RECURRENT && weight.shape().rank() == 2;
        return matrix ? Math.max(1, cell.hiddenSize() / weight.shape().dim(1)) : 1;
    }

    private Start start(Role role) {
        return switch (role) {
            case INPUT -> input;
            case RECURRENT, MATRIX -> recurrent;
            case BIAS, RECURRENT_BIAS -> biases;
            case DIAGONAL, GAIN -> Start.DEFAULT;
        };
    }

    /** H as PyTorch counts it: the rows of a gate, also where a projection makes the output narrower. */
    private static int units(Cell cell) {
        return cell.weights().stream()
                .filter(weight -> weight.role() == Role.INPUT)
                .findFirst()
                .map(weight ->
                        weight.shape().dim(0) / Math.max(1, weight.gates().size()))
                .orElse(cell.hiddenSize());
    }

    /** The first bias gets what is asked for, the second of the same gate zero, so that their sum is what is asked for. */
    private Initializer biased(CellWeight weight, MemoryGate memory, Initializer base) {
        List<String> gates = weight.gates();
        int gate = gates.indexOf(memory.name());
        int entry = memory.keepsWhenOpen() && longestLag != null ? gates.indexOf(INPUT_GATE) : -1;
        int[] replaced = IntStream.of(gate, entry).filter(block -> block >= 0).toArray();
        if (replaced.length == 0) {
            return base;
        }
        Initializer other = Initializer.constant(0);
        if (weight.role() == Role.BIAS && forgetBias != null) {
            other = Initializer.constant((float) (memory.keepsWhenOpen() ? forgetBias : -forgetBias));
        } else if (weight.role() == Role.BIAS && longestLag != null) {
            int keeping = memory.keepsWhenOpen() ? gate : -1;
            int entering = memory.keepsWhenOpen() ? entry : gate;
            other = Initializer.chrono(gates.size(), keeping, entering, longestLag);
        }
        return forgetBias == null && longestLag == null ? base : base.replacing(gates.size(), other, replaced);
    }
}
