package io.carousel.layer;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.Cell;
import io.carousel.data.BatchLayout;
import io.carousel.tensor.Tensor;
import java.util.List;

/**
 * Sees what embeddings and recurrent layers compute; only for who asks, at no cost otherwise.
 *
 * <p>What is shown lives until the method returns. Rows are in the order in which the layer reads: a layer that reads
 * backward starts with each sequence's last time step.
 */
public interface RunObserver {
    /**
     * One cell in one direction of a layer.
     *
     * @param name such as {@code encoder_l0} or {@code encoder_l0_reverse}
     * @param backward whether each sequence is read from its end
     */
    record Run(String name, Cell cell, boolean backward) {}

    /**
     * All time steps have been computed.
     *
     * @param activations {@code [N, activations]}: the gates, in the blocks of {@link Cell#activations}
     * @param states each part of the state after each time step, {@code [N, size]}
     */
    default void computed(Run run, BatchLayout layout, Tensor activations, List<Tensor> states) {}

    /**
     * An embedding has looked up its rows, or a layer has read the characters of words, which may be replaced by others: for derivatives by what stands for a token, which is a
     * number without a slope itself.
     *
     * @param name of the layer
     * @param rows {@code [N, E]}
     * @return what the layers above read, of the same shape
     */
    default Variable embedded(String name, Tape tape, Variable rows) {
        return rows;
    }

    /**
     * The gradient has arrived at a time step.
     *
     * @param gradients for each part of the state after the time step its gradient, the first {@code alive(t)} rows
     */
    default void gradient(Run run, BatchLayout layout, int t, List<Tensor> gradients) {}
}
