package io.carousel.task.lags;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.cell.Cell;
import io.carousel.cell.CellWeight;
import io.carousel.tensor.Rng;
import org.jspecify.annotations.Nullable;

/**
 * First biases with which gates hold a memory for times of up to a given span.
 *
 * <pre>{@code
 * u drawn from [1, span - 1] for each unit
 * bias of the forget or update gate = log u        bias of the input gate = -log u
 * }</pre>
 *
 * <p>Source: Tallec and Ollivier, <i>Can recurrent neural networks warp time?</i>, 2018.
 */
final class Chrono {
    private Chrono() {}

    /**
     * Sets the biases of the gates {@code forget}, {@code update} and {@code input}, as far as the cell has them; all else
     * stays as it is.
     *
     * @param layer the name of the recurrent layer
     * @param inputBias of the input gates instead of -log u; null for that
     */
    static void apply(Cell cell, Parameters parameters, String layer, int span, @Nullable Double inputBias, Rng rng) {
        if (span < 2) {
            return;
        }
        for (CellWeight weight : cell.weights()) {
            if (weight.role() != CellWeight.Role.BIAS || weight.gates().isEmpty()) {
                continue;
            }
            Parameter bias = parameters.get(layer + "." + weight.name() + "_l0");
            int rows = bias.shape().size() / weight.gates().size();
            for (int gate = 0; gate < weight.gates().size(); gate++) {
                String name = weight.gates().get(gate);
                boolean input = name.equals("input");
                if (!input && !name.equals("forget") && !name.equals("update")) {
                    continue;
                }
                // The same numbers for each gate, so that a unit's gates fit each other.
                Rng draws = rng.stream("chrono");
                for (int unit = 0; unit < rows; unit++) {
                    double log = StrictMath.log(1 + (span - 2) * draws.nextDouble());
                    double value = !input ? log : inputBias == null ? -log : inputBias;
                    bias.tensor().data()[bias.offset() + gate * rows + unit] = (float) value;
                }
            }
        }
        parameters.changed();
    }
}
