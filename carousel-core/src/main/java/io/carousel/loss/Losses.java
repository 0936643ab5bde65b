package io.carousel.loss;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;

/** A loss as an operation on a tape. */
public final class Losses {
    private Losses() {}

    /**
     * The sum of the losses of all targets.
     *
     * @param raw {@code [N, K * outputs]}, or any shape with {@code outputs} numbers for each target
     * @param target {@code [N, K]}
     * @return a scalar
     */
    public static Variable apply(Tape tape, Loss loss, Variable raw, Tensor target) {
        Tensor value = raw.value();
        int count = target.size();
        if (value.size() != (long) count * loss.outputs()) {
            throw new IllegalArgumentException("raw outputs must have " + loss.outputs() + " numbers for each of "
                    + count + " targets, got shape " + value.shape() + " for targets of shape " + target.shape()
                    + "; give the last layer " + loss.outputs() + " outputs for each target");
        }
        boolean differentiate = tape.recording() && raw.needsGradient();
        Tensor slope = differentiate ? tape.workspace().take(value.shape()) : value;
        double sum = loss.valueAndGradient(
                count,
                value.data(),
                value.offset(),
                target.data(),
                target.offset(),
                differentiate ? slope.data() : null,
                slope.offset());
        Tensor output = tape.workspace().take(Shape.of());
        output.data()[output.offset()] = (float) sum;
        return tape.record(
                output,
                gradient -> {
                    Tensor to = raw.gradient();
                    float factor = gradient.data()[gradient.offset()];
                    tape.kernels().axpy(value.size(), factor, slope.data(), slope.offset(), to.data(), to.offset());
                },
                raw);
    }
}
