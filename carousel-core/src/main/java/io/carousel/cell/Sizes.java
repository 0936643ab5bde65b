package io.carousel.cell;

/** Checks of the sizes of a cell. */
final class Sizes {
    private Sizes() {}

    /**
     * Refuses sizes that are not positive or whose recurrent weights of {@code gates} blocks would not fit into one array.
     *
     * @throws IllegalArgumentException when a size does not fit
     */
    static void require(String cell, int inputSize, int hiddenSize, int gates) {
        if (inputSize < 1 || hiddenSize < 1) {
            throw new IllegalArgumentException("sizes of a cell must be positive, got input size " + inputSize
                    + " and hidden size " + hiddenSize + " of cell " + cell);
        }
        int largest = (int) Math.sqrt((Integer.MAX_VALUE - 8) / (double) gates);
        if (hiddenSize > largest) {
            throw new IllegalArgumentException("hidden size of cell " + cell + " must be at most " + largest + ", got "
                    + hiddenSize + "; use a smaller layer");
        }
    }
}
