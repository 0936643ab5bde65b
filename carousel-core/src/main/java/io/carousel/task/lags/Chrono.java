package io.carousel.task.lags;

import io.carousel.autograd.Parameters;
import io.carousel.cell.Cell;
import io.carousel.tensor.Rng;

/**
 * First biases with which gates hold a memory for times of up to a given span.
 *
 * <pre>{@code
 * u drawn from [1, span - 1]        forget gate's bias log u        input gate's bias -log u
 * }</pre>
 *
 * <p>Source: Tallec and Ollivier, <i>Can recurrent neural networks warp time?</i>, 2018.
 */
final class Chrono {
    private Chrono() {}

    /** Sets the biases of the gates {@code forget} and {@code input} that the cell has; all else stays as it is. */
    static void apply(Cell cell, Parameters parameters, String bias, int span, Rng rng) {
        int forget = cell.gates().indexOf("forget");
        if (forget < 0 || span < 2) {
            return;
        }
        int input = cell.gates().indexOf("input");
        var parameter = parameters.get(bias);
        int hidden = cell.hiddenSize();
        Rng draws = rng.stream("chrono");
        for (int unit = 0; unit < hidden; unit++) {
            float value = (float) StrictMath.log(1 + (span - 2) * draws.nextDouble());
            parameter.tensor().data()[parameter.offset() + forget * hidden + unit] = value;
            if (input >= 0) {
                parameter.tensor().data()[parameter.offset() + input * hidden + unit] = -value;
            }
        }
        parameters.changed();
    }
}
