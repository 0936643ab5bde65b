package io.carousel.layer;

import io.carousel.cell.Cell;
import io.carousel.cell.CellWeight.Role;

/**
 * What keeps a recurrent layer from learning its examples by heart; each at 0 does nothing, and none draws a random number
 * in prediction. They work for every cell, and in every layer of a stack.
 *
 * <ul>
 *   <li>Variational dropout multiplies the inputs, and what the recurrent products read, by masks that stay the same for all
 *       time steps of a sequence; all gates share them. Source: Gal, Ghahramani, <i>A Theoretically Grounded Application of
 *       Dropout in Recurrent Neural Networks</i>, 2016.
 *   <li>DropConnect drops recurrent weights, the same for all time steps and all sequences of a shard. Source: Wan et al.,
 *       <i>Regularization of Neural Networks using DropConnect</i>, 2013; on recurrent weights: Merity, Keskar, Socher,
 *       <i>Regularizing and Optimizing LSTM Language Models</i>, 2017.
 *   <li>Zoneout keeps an element of the state as it was, chosen anew for each time step; in prediction each element is the
 *       mean of its old and its new value, weighted by the rate. Source: Krueger et al., <i>Zoneout: Regularizing RNNs by
 *       Randomly Preserving Hidden Activations</i>, 2016.
 *   <li>The penalties are terms of the loss in training: the mean square of the outputs of the top layer, and that of their
 *       change from one time step to the next. Source: Merity, McCann, Socher, <i>Revisiting Activation Regularization for
 *       Language RNNs</i>, 2017; on the outputs as they leave the layer, before any dropout.
 * </ul>
 *
 * <p>What dropout and DropConnect keep is scaled by {@code 1 / (1 - rate)}. All rates are in [0, 1).
 *
 * @param inputDropout the probability that an element of a sequence's inputs is dropped
 * @param recurrentDropout the probability that an element of the output is dropped for the recurrent products of a sequence
 * @param dropConnect the probability that a recurrent weight is dropped
 * @param zoneoutHidden the probability that an element of the output stays as it was for a time step
 * @param zoneoutCell the same for the other parts of the state, such as an LSTM's cell; equal parts of a unit stay together
 * @param activationPenalty α, the factor of the mean square of the outputs
 * @param temporalPenalty β, the factor of the mean square of their changes
 */
public record Regularization(
        double inputDropout,
        double recurrentDropout,
        double dropConnect,
        double zoneoutHidden,
        double zoneoutCell,
        double activationPenalty,
        double temporalPenalty) {
    /** Nothing. */
    public static final Regularization NONE = new Regularization(0, 0, 0, 0, 0, 0, 0);

    public Regularization {
        requireRate("input dropout", inputDropout);
        requireRate("recurrent dropout", recurrentDropout);
        requireRate("drop connect", dropConnect);
        requireRate("zoneout of the hidden state", zoneoutHidden);
        requireRate("zoneout of the cell", zoneoutCell);
        requirePenalty("activation penalty", activationPenalty);
        requirePenalty("temporal penalty", temporalPenalty);
    }

    private static void requireRate(String what, double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException(
                    "rate of " + what + " must be in [0, 1), got " + rate + "; 0 turns it off");
        }
    }

    private static void requirePenalty(String what, double factor) {
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException(
                    what + " must be finite and not negative, got " + factor + "; 0 turns it off");
        }
    }

    /**
     * Refuses what has nothing to act on.
     *
     * @throws IllegalArgumentException when the cell has no such weights or state
     */
    void requireFit(Cell cell) {
        boolean recurrent = has(cell, Role.RECURRENT);
        requireNone("recurrent dropout", recurrentDropout, recurrent || has(cell, Role.DIAGONAL), cell);
        requireNone("drop connect", dropConnect, recurrent, cell);
        requireNone("zoneout of the cell", zoneoutCell, cell.state().size() > 1, cell);
    }

    private static boolean has(Cell cell, Role role) {
        return cell.weights().stream().anyMatch(weight -> weight.role() == role);
    }

    private static void requireNone(String what, double rate, boolean known, Cell cell) {
        if (rate > 0 && !known) {
            throw new IllegalArgumentException("rate of " + what + " must be 0 for cell " + cell.name() + ", got "
                    + rate + "; the cell has nothing that it acts on");
        }
    }

    /** Whether a run of a cell differs from one without. */
    boolean changesRuns() {
        return inputDropout > 0 || recurrentDropout > 0 || dropConnect > 0 || zoneoutHidden > 0 || zoneoutCell > 0;
    }

    /** Whether the loss has a term of the outputs. */
    boolean penalizes() {
        return activationPenalty > 0 || temporalPenalty > 0;
    }

    /** The same with variational dropout. */
    public Regularization withVariationalDropout(double input, double recurrent) {
        return new Regularization(
                input, recurrent, dropConnect, zoneoutHidden, zoneoutCell, activationPenalty, temporalPenalty);
    }

    /** The same with DropConnect on recurrent weights. */
    public Regularization withDropConnect(double rate) {
        return new Regularization(
                inputDropout, recurrentDropout, rate, zoneoutHidden, zoneoutCell, activationPenalty, temporalPenalty);
    }

    /** The same with zoneout. */
    public Regularization withZoneout(double hidden, double cell) {
        return new Regularization(
                inputDropout, recurrentDropout, dropConnect, hidden, cell, activationPenalty, temporalPenalty);
    }

    /** The same with penalties. */
    public Regularization withPenalties(double activation, double temporal) {
        return new Regularization(
                inputDropout, recurrentDropout, dropConnect, zoneoutHidden, zoneoutCell, activation, temporal);
    }
}
