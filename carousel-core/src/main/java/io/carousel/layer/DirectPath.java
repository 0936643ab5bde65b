package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.LinkedHashMap;
import java.util.Map;

/** The two ways in which {@link Layer#predict} computes. */
final class DirectPath {
    private DirectPath() {}

    /** One time step after the other, with a stepper. */
    static Tensor step(Layer layer, Kernels kernels, Parameters parameters, BatchLayout layout, Tensor x, State state) {
        LayerStepper stepper = layer.stepper(kernels, parameters, layout.sequences());
        stepper.load(state);
        Tensor outputs = Tensor.zeros(layout.rows(), layer.outputSize());
        for (int t = 0; t < layout.steps(); t++) {
            int row = layout.rowOffset(t);
            stepper.step(
                    layout.alive(t),
                    x.data(),
                    x.offset() + row * x.columns(),
                    outputs.data(),
                    row * layer.outputSize());
        }
        stepper.store(state);
        return outputs;
    }

    /** All time steps at once, on a tape that does not record. */
    static Tensor whole(
            Layer layer, Kernels kernels, Parameters parameters, BatchLayout layout, Tensor x, State state) {
        Tape tape = new Tape(kernels, new Workspace());
        tape.begin();
        Map<String, Variable> last = new LinkedHashMap<>();
        Flow output = layer.forward(
                new Flow(tape.constant(x), layout), new LayerContext(tape, parameters, state.copy(), last, null));
        last.forEach((name, variable) -> {
            Tensor value = variable.value();
            System.arraycopy(value.data(), value.offset(), state.values(name), 0, value.size());
        });
        Tensor rows = output.rows().value();
        return new Tensor(rows.shape(), rows.toArray(), 0);
    }
}
