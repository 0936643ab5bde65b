package io.carousel.autograd;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a shard leaves of its gradient, to be summed by a {@link GradientSum}.
 *
 * <p>Small parameters have their gradient here. Of a large matrix there are only the operands of products that wait, or the
 * rows that were read; if both come together, or anyone asks for the whole, they are added to a gradient of the whole matrix
 * in the order in which they came, so that nothing of this can be seen in the sum. Belongs to one thread at a time.
 */
public final class ShardGradient implements ParameterGradients {
    private final Kernels kernels;
    private final Parameters parameters;
    private final @Nullable Part[] large;
    private final float[] small;
    private final int[] smallOffsets;
    private final List<PackedMatrix> operands = new ArrayList<>();
    private int operandsUsed;

    /** What there is of a large parameter. */
    enum Kind {
        NOTHING,
        PRODUCTS,
        ROWS,
        DENSE
    }

    /** A product that waits. */
    static final class Product {
        private int firstRow;
        private int count;
        private float[] d = {};
        private int offset;
        private int stride;
        private boolean transposed;
        private @Nullable PackedMatrix x;

        /** Whether it gives all of these rows. */
        boolean covers(int from, int to) {
            return firstRow <= from && to <= firstRow + count;
        }

        /** Adds what it gives of the rows [from, to) to them, or lets them be that, when it covers them. */
        void add(Kernels kernels, int from, int to, float[] target, int offsetOfFrom, int columns, boolean accumulate) {
            int start = Math.max(from, firstRow);
            int end = Math.min(to, firstRow + count);
            PackedMatrix right = x;
            if (start < end && right != null) {
                int at = offsetOfFrom + (start - from) * columns;
                kernels.multiply(
                        end - start,
                        d,
                        offset + (start - firstRow) * (transposed ? 1 : stride),
                        stride,
                        transposed,
                        right,
                        target,
                        at,
                        columns,
                        accumulate);
            }
        }
    }

    /** The gradient of a large parameter. */
    static final class Part {
        private final List<Product> products = new ArrayList<>();
        private final RowSum rows;
        private Kind kind = Kind.NOTHING;
        private int productsUsed;
        private float[] dense = {};

        Part(Parameter parameter) {
            rows = new RowSum(parameter.tensor().rows(), parameter.tensor().columns());
        }

        Kind kind() {
            return kind;
        }

        int products() {
            return productsUsed;
        }

        Product product(int index) {
            return products.get(index);
        }

        RowSum rows() {
            return rows;
        }

        /** The whole gradient, from the parameter's first weight on. */
        float[] dense() {
            return dense;
        }

        private void begin() {
            kind = Kind.NOTHING;
            productsUsed = 0;
            rows.clear();
        }

        private Product next() {
            if (productsUsed == products.size()) {
                products.add(new Product());
            }
            return products.get(productsUsed++);
        }
    }

    /**
     * A gradient of nothing yet.
     *
     * @param isLarge which parameters are large, by their index
     */
    ShardGradient(Parameters parameters, Kernels kernels, boolean[] isLarge) {
        this.kernels = kernels;
        this.parameters = parameters;
        large = new Part[isLarge.length];
        smallOffsets = new int[isLarge.length];
        int size = 0;
        for (int i = 0; i < isLarge.length; i++) {
            Parameter parameter = parameters.list().get(i);
            smallOffsets[i] = size;
            if (isLarge[i]) {
                large[i] = new Part(parameter);
            } else {
                size += parameter.shape().size();
            }
        }
        small = new float[size];
    }

    void begin() {
        Arrays.fill(small, 0);
        operandsUsed = 0;
        for (Part part : large) {
            if (part != null) {
                part.begin();
            }
        }
    }

    /** The gradient of a large parameter; null of a small one. */
    @Nullable
    Part part(int parameter) {
        return large[parameter];
    }

    /** The gradients of the small parameters, one after the other. */
    float[] small() {
        return small;
    }

    /** Where in {@link #small} a small parameter starts, or the next small one after a large one. */
    int smallOffset(int parameter) {
        return smallOffsets[parameter];
    }

    @Override
    public Tensor dense(Parameter parameter) {
        Part part = partOf(parameter);
        if (part == null) {
            return new Tensor(parameter.shape(), small, smallOffsets[parameter.index()]);
        }
        if (part.kind == Kind.DENSE) {
            return new Tensor(parameter.shape(), part.dense, 0);
        }
        int size = parameter.shape().size();
        if (part.dense.length < size) {
            part.dense = new float[size];
        } else {
            Arrays.fill(part.dense, 0);
        }
        Tensor tensor = parameter.tensor();
        for (int i = 0; i < part.productsUsed; i++) {
            part.products.get(i).add(kernels, 0, tensor.rows(), part.dense, 0, tensor.columns(), true);
        }
        part.rows.addTo(kernels, 0, tensor.rows(), part.dense, 0);
        part.kind = Kind.DENSE;
        return new Tensor(parameter.shape(), part.dense, 0);
    }

    @Override
    public @Nullable PackedMatrix operand(Parameter weight, int rows, int columns) {
        Part part = partOf(weight);
        if (part == null || part.kind == Kind.DENSE || part.kind == Kind.ROWS) {
            return null;
        }
        if (operandsUsed == operands.size()) {
            operands.add(kernels.allocate(rows, columns));
        }
        PackedMatrix operand = operands.get(operandsUsed++);
        operand.resize(rows, columns);
        return operand;
    }

    @Override
    public void addProduct(
            Parameter weight,
            int firstRow,
            int count,
            float[] d,
            int dOffset,
            int dStride,
            boolean dTransposed,
            PackedMatrix x) {
        Part part = partOf(weight);
        if (part == null || part.kind == Kind.DENSE || part.kind == Kind.ROWS) {
            FlatGradient.addProduct(kernels, dense(weight), firstRow, count, d, dOffset, dStride, dTransposed, x);
            return;
        }
        Product product = part.next();
        product.firstRow = firstRow;
        product.count = count;
        product.d = d;
        product.offset = dOffset;
        product.stride = dStride;
        product.transposed = dTransposed;
        product.x = x;
        part.kind = Kind.PRODUCTS;
    }

    @Override
    public void addRows(Parameter weight, int[] rows, Tensor d) {
        Part part = partOf(weight);
        if (part == null || part.kind == Kind.DENSE || part.kind == Kind.PRODUCTS) {
            FlatGradient.addRows(kernels, dense(weight), rows, d);
        } else {
            part.rows.add(kernels, rows, d);
            part.kind = Kind.ROWS;
        }
    }

    private @Nullable Part partOf(Parameter parameter) {
        if (parameters.list().get(parameter.index()) != parameter) {
            throw new IllegalArgumentException("parameter must be one of those that are trained, got another "
                    + parameter + "; train its network");
        }
        return large[parameter.index()];
    }
}
