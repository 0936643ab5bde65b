package io.carousel.cell;

/**
 * One named part of what a sequence remembers.
 *
 * @param name such as {@code hidden} or {@code cell}
 * @param size the floats of one sequence
 */
public record StatePart(String name, int size) {
    /** The same part of a network in which it has a longer name. */
    public StatePart named(String other) {
        return new StatePart(other, size);
    }
}
