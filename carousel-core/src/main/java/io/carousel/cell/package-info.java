/**
 * One time step: the equations of each cell, forward and backward, its gates and the named parts of its state.
 *
 * <p>Start with {@link io.carousel.cell.Cell} and {@link io.carousel.cell.LstmCell}. A cell knows nothing of sequences;
 * time, direction, stacking and streaming are in {@code layer}. A new cell is one file here and one line in {@link
 * io.carousel.cell.Cells}.
 */
@NullMarked
package io.carousel.cell;

import org.jspecify.annotations.NullMarked;
