package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.LinkedHashMap;

/** The direct path of a layer that remembers nothing and has only one way to compute: on a tape that does not record. */
final class WholeStepper extends StatelessStepper {
    private final Layer layer;
    private final int inputSize;
    private final Parameters parameters;
    private final Tape tape;

    WholeStepper(Layer layer, int inputSize, Kernels kernels, Parameters parameters) {
        this.layer = layer;
        this.inputSize = inputSize;
        this.parameters = parameters;
        tape = new Tape(kernels, new Workspace());
    }

    @Override
    public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
        tape.begin();
        Tensor input = new Tensor(Shape.of(rows, inputSize), x, xOffset);
        Flow output = layer.forward(
                new Flow(tape.constant(input), BatchLayout.uniform(rows, 1)),
                new LayerContext(tape, parameters, null, new LinkedHashMap<>(), null));
        Tensor values = output.rows().value();
        System.arraycopy(values.data(), values.offset(), y, yOffset, values.size());
    }
}
