package io.carousel.cell;

/**
 * Columns of a cell's rows that belong together, such as those of one gate.
 *
 * @param name such as {@code input} or {@code candidate}
 * @param size the columns
 * @param activation what became of the pre-activations in these columns
 */
public record Block(String name, int size, Activation activation) {
    public Block {
        if (size < 0) {
            throw new IllegalArgumentException("size of block " + name + " must not be negative, got " + size);
        }
    }

    /** Columns whose values are no gate's. */
    public static Block of(String name, int size) {
        return new Block(name, size, Activation.NONE);
    }

    /** The function that made the values of a block, which says where they saturate. */
    public enum Activation {
        /** In (0, 1). */
        SIGMOID,
        /** In (-1, 1). */
        TANH,
        /** Not bounded. */
        NONE
    }
}
