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

    /** What the cell is, its source and its options, in a line for people; may be empty. */
    default String description() {
        return "";
    }

    /**
     * A cell of these sizes.
     *
     * @throws IllegalArgumentException when a size or an option does not fit
     */
    Cell create(int inputSize, int hiddenSize, CellOptions options);

    /** The factory of a cell without options. */
    static CellFactory of(String name, String description, BiFunction<Integer, Integer, Cell> constructor) {
        return new CellFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String description() {
                return description;
            }

            @Override
            public Cell create(int inputSize, int hiddenSize, CellOptions options) {
                return constructor.apply(inputSize, hiddenSize);
            }
        };
    }
}
