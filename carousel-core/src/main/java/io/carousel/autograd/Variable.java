package io.carousel.autograd;

import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * A value on a {@link Tape} and, where one is needed, its gradient.
 *
 * <p>Lives until the tape begins anew.
 */
public final class Variable {
    private final Tensor value;
    private final boolean needsGradient;
    private final Workspace workspace;
    private final @Nullable Tape tape;
    private final @Nullable Parameter parameter;
    private @Nullable Tensor gradient;

    Variable(Tensor value, boolean needsGradient, Workspace workspace) {
        this.value = value;
        this.needsGradient = needsGradient;
        this.workspace = workspace;
        tape = null;
        parameter = null;
    }

    /** A parameter, whose gradient is the tape's. */
    Variable(Tensor value, Workspace workspace, Tape tape, Parameter parameter) {
        this.value = value;
        this.needsGradient = true;
        this.workspace = workspace;
        this.tape = tape;
        this.parameter = parameter;
    }

    public Tensor value() {
        return value;
    }

    /** Whether a parameter (or a variable made with {@link Tape#variable}) lies behind it. */
    public boolean needsGradient() {
        return needsGradient;
    }

    /** The gradient, of the value's shape, to which derivatives add; zero when first asked for. */
    public Tensor gradient() {
        Tensor current = gradient;
        if (current == null) {
            if (!needsGradient) {
                throw new IllegalStateException(
                        "gradient must be asked of a variable that needs one, got a constant of " + "shape "
                                + value.shape() + "; ask needsGradient() first");
            }
            if (tape != null && parameter != null) {
                current = tape.gradient(parameter);
            } else {
                current = workspace.take(value.shape());
                current.fill(0);
            }
            gradient = current;
        }
        return current;
    }

    /** Whether anything has asked for the gradient yet: if not, it is zero. */
    public boolean hasGradient() {
        return gradient != null;
    }
}
