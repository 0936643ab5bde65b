package io.carousel.layer;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * What a network makes of a batch; lives until the tape begins anew.
 *
 * @param rows {@code [N, outputs]}
 * @param layout where the rows stand; after a layer that keeps one row for each sequence, row i is the caller's sequence i
 * @param sequences B
 * @param stateParts the parts of the state
 * @param finalVariables each part of the state after each sequence's last time step, {@code [B, size]} in the caller's
 *     order
 * @param penalties scalars that training makes small beside the mean loss: see {@link #penalized}
 * @param attention what each decoder with attention attended to
 */
public record NetworkOutput(
        Variable rows,
        BatchLayout layout,
        int sequences,
        List<StatePart> stateParts,
        Map<String, Variable> finalVariables,
        List<Variable> penalties,
        List<Attention> attention) {

    /**
     * The loss of this batch with the penalties of its layers, which count as part of the mean loss.
     *
     * @param lossSum a scalar: the sum of the losses of all targets
     * @param weight what the sums of a mini-batch are divided by in the end, such as the number of targets
     */
    public Variable penalized(Tape tape, Variable lossSum, double weight) {
        Variable sum = lossSum;
        for (Variable penalty : penalties) {
            sum = Operations.addScaled(tape, sum, (float) weight, penalty);
        }
        return sum;
    }

    /** The state after each sequence's last time step, as a value of its own. */
    public State finalState() {
        State state = new State(stateParts, sequences);
        finalVariables.forEach((name, variable) -> {
            Tensor value = variable.value();
            System.arraycopy(value.data(), value.offset(), state.values(name), 0, value.size());
        });
        return state;
    }
}
