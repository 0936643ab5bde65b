package io.carousel.cell;

/**
 * The gate that decides how much of its state a cell keeps.
 *
 * @param name its name in {@link CellWeight#gates}
 * @param keepsWhenOpen whether the state is kept where the gate is 1, as by a forget gate, and not where it is 0, as by a
 *     gate that lets the new value in
 */
public record MemoryGate(String name, boolean keepsWhenOpen) {
    /** The gate of the cells that have one of that name, kept where it is 1. */
    public static final MemoryGate FORGET = new MemoryGate("forget", true);
}
