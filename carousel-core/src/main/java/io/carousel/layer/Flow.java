package io.carousel.layer;

import io.carousel.autograd.RepeatedRows;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import org.jspecify.annotations.Nullable;

/**
 * What runs from layer to layer: rows and where they stand.
 *
 * @param rows {@code [N, F]}
 * @param layout one row for each time step; after a layer that keeps one row for each sequence, all lengths are 1 and row i
 *     is that of the caller's sequence i
 * @param repeated the same rows, each of the different ones once; null where that is not known. Who uses them takes
 *     derivatives by them and not by {@code rows}.
 */
public record Flow(
        Variable rows, BatchLayout layout, @Nullable RepeatedRows repeated) {
    /** Rows of which it is not known whether they are the same. */
    public Flow(Variable rows, BatchLayout layout) {
        this(rows, layout, null);
    }
}
