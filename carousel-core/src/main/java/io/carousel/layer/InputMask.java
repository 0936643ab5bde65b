package io.carousel.layer;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Tensor;

/** Variational dropout of inputs: one mask for all time steps of a sequence. */
final class InputMask {
    private InputMask() {}

    /**
     * The flow times the mask of each row's sequence.
     *
     * @param mask {@code [B, F]}, rows in the order of the layout
     */
    static Flow apply(Tape tape, Flow flow, Tensor mask) {
        BatchLayout layout = flow.layout();
        Variable x = flow.rows();
        Kernels kernels = tape.kernels();
        int columns = mask.columns();
        Slice factors = mask.slice();
        Slice from = x.value().slice();
        Tensor output = tape.workspace().take(x.value().shape());
        Slice to = output.slice();
        for (int t = 0; t < layout.steps(); t++) {
            move(from, x.value(), layout.rowOffset(t));
            move(to, output, layout.rowOffset(t));
            kernels.multiply(layout.alive(t), columns, from, factors, to);
        }
        Variable masked = tape.record(
                output,
                gradient -> {
                    Tensor dx = x.gradient();
                    for (int t = 0; t < layout.steps(); t++) {
                        move(from, gradient, layout.rowOffset(t));
                        move(to, dx, layout.rowOffset(t));
                        kernels.multiplyAdd(layout.alive(t), columns, from, factors, to);
                    }
                },
                x);
        return new Flow(masked, layout);
    }

    private static void move(Slice slice, Tensor tensor, int row) {
        slice.place(tensor.data(), tensor.offset() + row * tensor.columns(), tensor.columns());
    }
}
