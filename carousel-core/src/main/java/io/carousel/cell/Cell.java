package io.carousel.cell;

import io.carousel.autograd.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The equations of one time step of a recurrent network, forward and backward.
 *
 * <p>A layer calls {@link #input} once for the rows of all its time steps, then {@link #step} for each time step in order;
 * in training it then calls {@link #stepBackward} for each time step in reverse order and {@link #sequenceBackward} once.
 * What a cell computes for a row depends on that row only. A cell holds no weights and no state: immutable, safe for any
 * number of threads.
 *
 * <p>A cell outside the library is chosen by name when its {@link CellFactory} is found by {@link java.util.ServiceLoader}.
 */
public interface Cell {
    /** The name by which specs choose the cell. */
    String name();

    /** F: the width of a row of the input. */
    int inputSize();

    /** H: the width of a row of the output. */
    int hiddenSize();

    /** The parts of the state; the first is the output. */
    List<StatePart> state();

    /** The weights, under their names within one layer, in the order in which the other methods number them. */
    List<CellWeight> weights();

    /** The weights as parameters of a layer. */
    default List<Parameters.Declaration> declarations() {
        return weights().stream().map(CellWeight::declaration).toList();
    }

    /**
     * The gate that decides how much of the state is kept, so that a spec can choose its bias: the one named {@code forget},
     * unless the cell names another; null when there is none with a bias.
     */
    default @Nullable MemoryGate memoryGate() {
        boolean forgets = weights().stream()
                .anyMatch(weight ->
                        weight.role() == CellWeight.Role.BIAS && weight.gates().contains(MemoryGate.FORGET.name()));
        return forgets ? MemoryGate.FORGET : null;
    }

    /**
     * Whether the last number of an input is the time since the step before, and no feature: such a cell fits where events
     * have times, and not above another layer.
     */
    default boolean readsTimeGap() {
        return false;
    }

    /**
     * The blocks of columns that {@link #input} starts from the input, {@link #step} turns into gates, and {@link
     * #stepBackward} into the gradient of what {@link #input} wrote.
     */
    List<Block> activations();

    /** The blocks of columns that {@link #input} and {@link #step} keep for {@link #stepBackward}, beside the activations. */
    List<Block> saved();

    /**
     * Whether the cell hands all inputs of its activation functions to {@link CellStep#clip}, and their gradients to {@link
     * CellStep#clipGradient}, so that they can be bounded.
     */
    default boolean clipsActivations() {
        return false;
    }

    /**
     * Whether {@link #step} begins with {@link CellStep#recurrentProduct} and reads nothing before that {@link #input} wrote by a
     * product: where a time step is computed alone, the product of its input can then wait for the recurrent one, to take turns
     * with it.
     */
    default boolean beginsWithRecurrentProduct() {
        return false;
    }

    /**
     * What can be computed without the state, for all time steps at once: the pre-activations that the input causes.
     *
     * <p>What is written to a row depends on the same row of the input alone: rows that repeat are computed once.
     */
    void input(CellInput input);

    /** One time step: from activations and the previous state to the next state. */
    void step(CellStep step);

    /** The derivative of {@link #step}: see {@link CellStep} for what is read and overwritten. */
    void stepBackward(CellStep step);

    /** The derivatives of the weights and of the input, from those of the activations of all time steps at once. */
    void sequenceBackward(CellSequence sequence);
}
