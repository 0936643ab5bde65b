package io.carousel.autograd;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
import io.carousel.kernel.RowKernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;

/**
 * Operations on rows, each with its derivative beside it.
 *
 * <p>Shapes: {@code N} rows; see the notation page for the rest.
 */
public final class Operations {
    private Operations() {}

    /**
     * {@code y = x Wᵀ + b}.
     *
     * @param x {@code [N, F]}
     * @param weight {@code [O, F]}
     * @param bias {@code [O]}
     * @return {@code [N, O]}
     */
    public static Variable linear(Tape tape, Variable x, Parameter weight, Parameter bias) {
        int rows = x.value().rows();
        int inputs = weight.shape().dim(1);
        int outputs = weight.shape().dim(0);
        requireColumns("input of " + weight.name(), x.value(), inputs);
        Kernels kernels = tape.kernels();
        Tensor input = x.value();
        Tensor output = tape.workspace().take(rows, outputs);
        kernels.broadcastRow(
                rows, outputs, bias.tensor().data(), bias.offset(), output.data(), output.offset(), outputs);
        kernels.multiply(
                rows,
                input.data(),
                input.offset(),
                inputs,
                false,
                weight.packedTranspose(kernels),
                output.data(),
                output.offset(),
                outputs,
                true);
        Variable w = tape.parameter(weight);
        Variable b = tape.parameter(bias);
        return tape.record(
                output,
                gradient -> {
                    tape.addWeightGradient(weight, rows, gradient.slice(), input.slice());
                    Tensor db = b.gradient();
                    kernels.addColumnSums(
                            rows, outputs, gradient.data(), gradient.offset(), outputs, db.data(), db.offset());
                    if (x.needsGradient()) {
                        Tensor dx = x.gradient();
                        kernels.multiply(
                                rows,
                                gradient.data(),
                                gradient.offset(),
                                outputs,
                                false,
                                weight.packed(kernels),
                                dx.data(),
                                dx.offset(),
                                inputs,
                                true);
                    }
                },
                x,
                w,
                b);
    }

    /**
     * {@code y = x Wᵀ}.
     *
     * @param x {@code [N, F]}
     * @param weight {@code [O, F]}
     * @return {@code [N, O]}
     */
    public static Variable product(Tape tape, Variable x, Parameter weight) {
        Tensor input = x.value();
        int rows = input.rows();
        int inputs = weight.shape().dim(1);
        int outputs = weight.shape().dim(0);
        requireColumns("input of " + weight.name(), input, inputs);
        Tensor output = tape.workspace().take(rows, outputs);
        multiply(tape.kernels(), rows, input, weight.packedTranspose(tape.kernels()), output, false);
        return tape.record(
                output,
                gradient -> {
                    tape.addWeightGradient(weight, rows, gradient.slice(), input.slice());
                    if (x.needsGradient()) {
                        multiply(tape.kernels(), rows, gradient, weight.packed(tape.kernels()), x.gradient(), true);
                    }
                },
                x,
                tape.parameter(weight));
    }

    private static void multiply(Kernels kernels, int rows, Tensor a, PackedMatrix b, Tensor c, boolean accumulate) {
        kernels.multiply(
                rows, a.data(), a.offset(), a.columns(), false, b, c.data(), c.offset(), c.columns(), accumulate);
    }

    /** {@code y = a + b}, both of the same shape. */
    public static Variable add(Tape tape, Variable a, Variable b) {
        requireSameShape(a, b);
        Kernels kernels = tape.kernels();
        Tensor output = tape.workspace().take(a.value().shape());
        int size = output.size();
        System.arraycopy(a.value().data(), a.value().offset(), output.data(), output.offset(), size);
        kernels.add(size, b.value().data(), b.value().offset(), output.data(), output.offset());
        return tape.record(
                output,
                gradient -> {
                    addTo(kernels, a, gradient);
                    addTo(kernels, b, gradient);
                },
                a,
                b);
    }

    /** {@code y = a + factor * b}, both of the same shape. */
    public static Variable addScaled(Tape tape, Variable a, float factor, Variable b) {
        requireSameShape(a, b);
        Kernels kernels = tape.kernels();
        Tensor output = tape.workspace().take(a.value().shape());
        int size = output.size();
        System.arraycopy(a.value().data(), a.value().offset(), output.data(), output.offset(), size);
        kernels.axpy(size, factor, b.value().data(), b.value().offset(), output.data(), output.offset());
        return tape.record(
                output,
                gradient -> {
                    addTo(kernels, a, gradient);
                    if (b.needsGradient()) {
                        Tensor db = b.gradient();
                        kernels.axpy(size, factor, gradient.data(), gradient.offset(), db.data(), db.offset());
                    }
                },
                a,
                b);
    }

    /**
     * Row {@code i} of the result is row {@code rows[i]} of {@code x}, or zeros where {@code rows[i]} is -1; a row may be
     * taken several times.
     *
     * @param x {@code [N, F]}
     * @return {@code [rows.length, F]}
     */
    public static Variable gatherRows(Tape tape, Variable x, int[] rows) {
        Tensor input = x.value();
        int columns = input.columns();
        Tensor output = tape.workspace().take(rows.length, columns);
        for (int i = 0; i < rows.length; i++) {
            int to = output.offset() + i * columns;
            if (rows[i] < 0) {
                java.util.Arrays.fill(output.data(), to, to + columns, 0);
            } else {
                System.arraycopy(input.data(), input.offset() + rows[i] * columns, output.data(), to, columns);
            }
        }
        return tape.record(
                output,
                gradient -> {
                    Tensor dx = x.gradient();
                    for (int i = 0; i < rows.length; i++) {
                        if (rows[i] >= 0) {
                            int from = gradient.offset() + i * columns;
                            int to = dx.offset() + rows[i] * columns;
                            tape.kernels().add(columns, gradient.data(), from, dx.data(), to);
                        }
                    }
                },
                x);
    }

    /**
     * Row {@code i} of the result is row {@code ids[i]} of a weight: an embedding.
     *
     * <p>The derivative adds the rows of its gradient in ascending order.
     *
     * @param weight {@code [V, E]}
     * @param ids each from 0 to before V
     * @return {@code [ids.length, E]}
     */
    public static Variable embed(Tape tape, Parameter weight, int[] ids) {
        Tensor table = weight.tensor();
        int columns = table.columns();
        Tensor output = tape.workspace().take(ids.length, columns);
        for (int i = 0; i < ids.length; i++) {
            int from = table.offset() + ids[i] * columns;
            System.arraycopy(table.data(), from, output.data(), output.offset() + i * columns, columns);
        }
        return tape.record(output, gradient -> tape.addRowGradients(weight, ids, gradient), tape.parameter(weight));
    }

    /**
     * The rows of {@code a}, each followed by that of {@code b}.
     *
     * @param a {@code [N, F]}
     * @param b {@code [N, G]}
     * @return {@code [N, F + G]}
     */
    public static Variable concatenate(Tape tape, Variable a, Variable b) {
        int rows = a.value().rows();
        requireSameRows(a, b);
        int left = a.value().columns();
        int right = b.value().columns();
        int width = Math.addExact(left, right);
        Tensor output = tape.workspace().take(rows, width);
        for (int r = 0; r < rows; r++) {
            int to = output.offset() + r * width;
            System.arraycopy(a.value().data(), a.value().offset() + r * left, output.data(), to, left);
            System.arraycopy(b.value().data(), b.value().offset() + r * right, output.data(), to + left, right);
        }
        return tape.record(
                output,
                gradient -> {
                    addColumns(tape.kernels(), gradient, 0, a);
                    addColumns(tape.kernels(), gradient, left, b);
                },
                a,
                b);
    }

    private static void requireSameRows(Variable a, Variable b) {
        if (a.value().rows() != b.value().rows()) {
            throw new IllegalArgumentException("operands of a concatenation must have the same rows, got "
                    + a.value().shape() + " and " + b.value().shape() + "; take both from the same batch");
        }
    }

    /** Adds the columns of a gradient from {@code first} on to those of x. */
    private static void addColumns(Kernels kernels, Tensor gradient, int first, Variable x) {
        if (x.needsGradient()) {
            Tensor dx = x.gradient();
            int columns = dx.columns();
            for (int r = 0; r < dx.rows(); r++) {
                int from = gradient.offset() + r * gradient.columns() + first;
                kernels.add(columns, gradient.data(), from, dx.data(), dx.offset() + r * columns);
            }
        }
    }

    /**
     * The same row several times.
     *
     * @param x {@code [F]}
     * @return {@code [rows, F]}
     */
    public static Variable repeatRow(Tape tape, Variable x, int rows) {
        Tensor input = x.value();
        int columns = input.size();
        Kernels kernels = tape.kernels();
        Tensor output = tape.workspace().take(rows, columns);
        kernels.broadcastRow(rows, columns, input.data(), input.offset(), output.data(), output.offset(), columns);
        return tape.record(
                output,
                gradient -> {
                    Tensor dx = x.gradient();
                    kernels.addColumnSums(
                            rows, columns, gradient.data(), gradient.offset(), columns, dx.data(), dx.offset());
                },
                x);
    }

    /** The same numbers under another shape. */
    public static Variable reshape(Tape tape, Variable x, int... dims) {
        Tensor output = x.value().reshape(dims);
        return tape.record(output, gradient -> addTo(tape.kernels(), x, gradient), x);
    }

    /** {@code y = x ⊙ m}: multiplies by a constant of the same shape. */
    public static Variable multiply(Tape tape, Variable x, Tensor mask) {
        Tensor input = x.value();
        Tensor output = tape.workspace().take(input.shape());
        int size = input.size();
        Kernels kernels = tape.kernels();
        kernels.multiplyElements(
                size, input.data(), input.offset(), mask.data(), mask.offset(), output.data(), output.offset());
        return tape.record(
                output,
                gradient -> {
                    Tensor dx = x.gradient();
                    kernels.multiplyAddElements(
                            size,
                            gradient.data(),
                            gradient.offset(),
                            mask.data(),
                            mask.offset(),
                            dx.data(),
                            dx.offset());
                },
                x);
    }

    /** {@code y = a ⊙ b}, both of the same shape. */
    public static Variable multiply(Tape tape, Variable a, Variable b) {
        if (!a.value().shape().equals(b.value().shape())) {
            throw new IllegalArgumentException("both operands of a product must have the same shape, got "
                    + a.value().shape() + " and " + b.value().shape() + "; give their layers the same width");
        }
        Tensor left = a.value();
        Tensor right = b.value();
        Tensor output = tape.workspace().take(left.shape());
        tape.kernels()
                .multiplyElements(
                        output.size(),
                        left.data(),
                        left.offset(),
                        right.data(),
                        right.offset(),
                        output.data(),
                        output.offset());
        return tape.record(
                output,
                gradient -> {
                    addProduct(tape.kernels(), gradient, right, a);
                    addProduct(tape.kernels(), gradient, left, b);
                },
                a,
                b);
    }

    private static void addProduct(Kernels kernels, Tensor gradient, Tensor factor, Variable x) {
        if (x.needsGradient()) {
            Tensor dx = x.gradient();
            kernels.multiplyAddElements(
                    dx.size(),
                    gradient.data(),
                    gradient.offset(),
                    factor.data(),
                    factor.offset(),
                    dx.data(),
                    dx.offset());
        }
    }

    /**
     * {@code y = g ⊙ a + (1 - g) ⊙ b} with {@code g = σ(z)}.
     *
     * @param z {@code [N, F]}, as a and b
     */
    public static Variable mix(Tape tape, Variable z, Variable a, Variable b) {
        Tensor gates = tape.workspace().take(z.value().shape());
        Tensor output = tape.workspace().take(z.value().shape());
        int rows = output.rows();
        int columns = output.columns();
        RowKernels kernels = tape.kernels();
        Slice g = gates.slice();
        kernels.sigmoid(rows, columns, z.value().slice(), g);
        kernels.mix(rows, columns, g, a.value().slice(), b.value().slice(), output.slice());
        return tape.record(
                output,
                gradient -> {
                    Slice d = gradient.slice();
                    Tensor scratch = tape.workspace().take(output.shape());
                    Slice s = scratch.slice();
                    if (a.needsGradient()) {
                        kernels.multiplyAdd(rows, columns, d, g, a.gradient().slice());
                    }
                    if (b.needsGradient()) {
                        kernels.multiplyComplement(rows, columns, d, g, s);
                        addTo(tape.kernels(), b, scratch);
                    }
                    if (z.needsGradient()) {
                        kernels.subtract(
                                rows, columns, a.value().slice(), b.value().slice(), s);
                        kernels.sigmoidGradient(rows, columns, d, s, g, s);
                        addTo(tape.kernels(), z, scratch);
                    }
                },
                z,
                a,
                b);
    }

    /** {@code y = tanh(x)}. */
    public static Variable tanh(Tape tape, Variable x) {
        Tensor output = tape.workspace().take(x.value().shape());
        int rows = output.rows();
        int columns = output.columns();
        RowKernels kernels = tape.kernels();
        Slice y = output.slice();
        kernels.tanh(rows, columns, x.value().slice(), y);
        return tape.record(
                output,
                gradient -> {
                    Tensor dx = tape.workspace().take(output.shape());
                    kernels.tanhGradient(rows, columns, gradient.slice(), y, dx.slice());
                    addTo(tape.kernels(), x, dx);
                },
                x);
    }

    /** {@code y = factor x}. */
    public static Variable scale(Tape tape, Variable x, float factor) {
        Tensor input = x.value();
        Tensor output = tape.workspace().take(input.shape());
        System.arraycopy(input.data(), input.offset(), output.data(), output.offset(), input.size());
        tape.kernels().scale(output.size(), factor, output.data(), output.offset());
        return tape.record(
                output,
                gradient -> {
                    Tensor dx = x.gradient();
                    tape.kernels().axpy(dx.size(), factor, gradient.data(), gradient.offset(), dx.data(), dx.offset());
                },
                x);
    }

    /**
     * Each element is dropped with probability {@code rate}; the others are scaled by {@code 1 / (1 - rate)}.
     *
     * <p>Source: Srivastava et al., <i>Dropout: A Simple Way to Prevent Neural Networks from Overfitting</i>, 2014.
     */
    public static Variable dropout(Tape tape, Variable x, float rate, Rng rng) {
        Tensor mask = tape.workspace().take(x.value().shape());
        rng.choose(rate, 0, 1 / (1 - rate), mask.size(), mask.data(), mask.offset());
        return multiply(tape, x, mask);
    }

    private static void addTo(Kernels kernels, Variable x, Tensor gradient) {
        if (x.needsGradient()) {
            Tensor dx = x.gradient();
            kernels.add(gradient.size(), gradient.data(), gradient.offset(), dx.data(), dx.offset());
        }
    }

    private static void requireSameShape(Variable a, Variable b) {
        if (!a.value().shape().equals(b.value().shape())) {
            throw new IllegalArgumentException("both operands of a sum must have the same shape, got "
                    + a.value().shape() + " and " + b.value().shape() + "; give their layers the same width");
        }
    }

    private static void requireColumns(String what, Tensor tensor, int columns) {
        if (tensor.columns() != columns) {
            throw new IllegalArgumentException(what + " must have shape [N, " + columns + "], got " + tensor.shape()
                    + "; check the sizes of the layers");
        }
    }
}
