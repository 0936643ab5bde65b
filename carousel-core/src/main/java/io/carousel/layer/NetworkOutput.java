package io.carousel.layer;

import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;

/**
 * What a network makes of a batch.
 *
 * @param rows {@code [N, outputs]}
 * @param layout where the rows stand; after a layer that keeps one row for each sequence, row i is the caller's sequence i
 * @param finalState the state after each sequence's last time step, in the caller's order
 */
public record NetworkOutput(Variable rows, BatchLayout layout, State finalState) {}
