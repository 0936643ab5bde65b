package io.carousel.layer;

import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;

/**
 * What runs from layer to layer: rows and where they stand.
 *
 * @param rows {@code [N, F]}
 * @param layout one row for each time step; after a layer that keeps one row for each sequence, all lengths are 1 and row i
 *     is that of the caller's sequence i
 */
public record Flow(Variable rows, BatchLayout layout) {}
