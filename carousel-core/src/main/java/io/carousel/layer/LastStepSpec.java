package io.carousel.layer;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;

/**
 * Keeps the row of each sequence's last time step; one time step at a time it hands every row on.
 *
 * <p>After a layer that reads backward that row is no summary: what was read backward has seen one time step there.
 */
public record LastStepSpec() implements LayerSpec {
    @Override
    public Layer layer(int inputSize) {
        return new LastStep(inputSize);
    }

    private record LastStep(int outputSize) implements Layer {
        @Override
        public Flow forward(Flow input, LayerContext context) {
            BatchLayout layout = input.layout();
            int[] rows = new int[layout.sequences()];
            for (int index = 0; index < rows.length; index++) {
                int length = layout.length(layout.position(index));
                if (length == 0) {
                    throw new IllegalArgumentException("sequence " + index
                            + " must have at least one time step, got none; a last step is asked of it");
                }
                rows[index] = layout.row(index, length - 1);
            }
            return new Flow(
                    Operations.gatherRows(context.tape(), input.rows(), rows), BatchLayout.uniform(rows.length, 1));
        }

        @Override
        public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
            return StatelessStepper.identity(outputSize);
        }
    }
}
