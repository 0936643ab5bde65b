package io.carousel.cell;

import java.util.function.BiFunction;

/**
 * Makes the cells of one name.
 *
 * <p>A cell outside the library is found by {@link java.util.ServiceLoader}: its factory has a public constructor without
 * parameters and is named in {@code META-INF/services/io.carousel.cell.CellFactory}.
 */
public interface CellFactory {
    /** The name by which specs choose the cell: lower-case words with hyphens. */
    String name();

    /**
     * A cell of these sizes.
     *
     * @throws IllegalArgumentException when a size or an option does not fit
     */
    Cell create(int inputSize, int hiddenSize, CellOptions options);

    /** The factory of a cell without options. */
    static CellFactory of(String name, BiFunction<Integer, Integer, Cell> constructor) {
        return new CellFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Cell create(int inputSize, int hiddenSize, CellOptions options) {
                return constructor.apply(inputSize, hiddenSize);
            }
        };
    }
}
