package io.carousel.autograd;

import io.carousel.autograd.ShardGradient.Kind;
import io.carousel.autograd.ShardGradient.Part;
import io.carousel.autograd.ShardGradient.Product;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Lender;
import java.util.Arrays;
import java.util.BitSet;

/** Some rows of a large matrix, whose gradient is computed where it is summed. */
final class LargeBlock extends GradientBlock {
    private final int parameter;
    private final int parameterOffset;
    private final int firstRow;
    private final int endRow;
    private final int columns;
    private final Kernels kernels;
    private final Lender<float[]> scratch;
    /** The rows to which something was added, when not all are {@link #whole}. */
    private final BitSet touched = new BitSet();
    /** Whether any row may be other than zero. */
    private boolean whole;
    /** Whether the total still holds another sum, to be overwritten. */
    private boolean stale;

    LargeBlock(float[] total, Parameter parameter, int firstRow, int endRow, Kernels kernels, Lender<float[]> scratch) {
        super(
                total,
                parameter.offset() + firstRow * parameter.tensor().columns(),
                parameter.offset() + endRow * parameter.tensor().columns());
        this.parameter = parameter.index();
        parameterOffset = parameter.offset();
        this.firstRow = firstRow;
        this.endRow = endRow;
        columns = parameter.tensor().columns();
        this.kernels = kernels;
        this.scratch = scratch;
    }

    @Override
    public void add(ShardGradient[] shards, int count, boolean first, boolean last) {
        if (first) {
            stale |= whole;
            clearRows();
            whole = false;
        }
        for (int i = 0; i < count; i++) {
            Part part = shards[i].part(parameter);
            if (part != null && part.kind() != Kind.NOTHING) {
                add(part);
            }
        }
        if (last && stale) {
            clear();
        }
    }

    private void add(Part part) {
        int n = to() - from();
        switch (part.kind()) {
            case PRODUCTS -> {
                if (stale || (!whole && touched.isEmpty())) {
                    multiply(part, total(), from());
                } else {
                    float[] lent = scratch.borrow();
                    float[] product = lent != null && lent.length >= n ? lent : new float[n];
                    multiply(part, product, 0);
                    kernels.add(n, product, 0, total(), from());
                    scratch.giveBack(product);
                }
                whole = true;
            }
            case DENSE -> {
                int at = from() - parameterOffset;
                if (stale) {
                    System.arraycopy(part.dense(), at, total(), from(), n);
                } else {
                    kernels.add(n, part.dense(), at, total(), from());
                }
                whole = true;
            }
            default -> {
                if (stale) {
                    clear();
                }
                RowSum rows = part.rows();
                rows.addTo(kernels, firstRow, endRow, total(), from());
                for (int i = 0; !whole && i < rows.count(); i++) {
                    if (firstRow <= rows.row(i) && rows.row(i) < endRow) {
                        touched.set(rows.row(i) - firstRow);
                    }
                }
            }
        }
        stale = false;
    }

    /** The sum of the products' rows of this block, into memory that may hold anything. */
    private void multiply(Part part, float[] target, int offset) {
        boolean overwrite = part.product(0).covers(firstRow, endRow);
        if (!overwrite) {
            Arrays.fill(target, offset, offset + to() - from(), 0);
        }
        for (int i = 0; i < part.products(); i++) {
            Product product = part.product(i);
            product.add(kernels, firstRow, endRow, target, offset, columns, i > 0 || !overwrite);
        }
    }

    private void clear() {
        Arrays.fill(total(), from(), to(), 0);
        stale = false;
    }

    private void clearRows() {
        if (!stale) {
            for (int row = touched.nextSetBit(0); row >= 0; row = touched.nextSetBit(row + 1)) {
                int at = from() + row * columns;
                Arrays.fill(total(), at, at + columns, 0);
            }
        }
        touched.clear();
    }

    @Override
    public boolean isZero(int first, int end) {
        if (whole) {
            return false;
        }
        int row = touched.nextSetBit((first - from()) / columns);
        return row < 0 || from() + row * columns >= end;
    }

    @Override
    public void overwritten() {
        stale = true;
    }

    @Override
    public void forEachRange(Range action) {
        if (whole) {
            action.run(from(), to());
            return;
        }
        for (int row = touched.nextSetBit(0); row >= 0; ) {
            int end = touched.nextClearBit(row);
            action.run(from() + row * columns, from() + end * columns);
            row = touched.nextSetBit(end);
        }
    }
}
