package io.carousel.layer;

import io.carousel.cell.CellSpec;
import io.carousel.cell.Cells;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack of recurrent layers, each reading the outputs of the one below.
 *
 * @param name the prefix of its parameters, such as {@code encoder}
 * @param cell what runs at each time step
 * @param hiddenSizes H of each layer, bottom first
 * @param dropout the probability that an element between two layers is dropped in training, in [0, 1)
 * @param regularization the other regularisers
 */
public record RecurrentSpec(
        String name, CellSpec cell, List<Integer> hiddenSizes, double dropout, Regularization regularization)
        implements LayerSpec {
    public RecurrentSpec {
        Names.require(name);
        hiddenSizes = List.copyOf(hiddenSizes);
        if (hiddenSizes.isEmpty()) {
            throw new IllegalArgumentException(
                    "hidden sizes of " + name + " must not be empty; give one for each layer");
        }
        DropoutSpec.requireRate(dropout);
    }

    /** A stack without regularisers; the other choices are those of the withers. */
    public static RecurrentSpec of(String name, String cell, List<Integer> hiddenSizes) {
        return new RecurrentSpec(name, CellSpec.parse(cell), hiddenSizes, 0, Regularization.NONE);
    }

    /** The same stack with dropout between its layers. */
    public RecurrentSpec withDropout(double rate) {
        return new RecurrentSpec(name, cell, hiddenSizes, rate, regularization);
    }

    /** The same stack with these regularisers. */
    public RecurrentSpec withRegularization(Regularization other) {
        return new RecurrentSpec(name, cell, hiddenSizes, dropout, other);
    }

    @Override
    public Layer layer(int inputSize) {
        List<Stack.Level> levels = new ArrayList<>();
        int width = inputSize;
        for (int hiddenSize : hiddenSizes) {
            levels.add(new Stack.Level(Cells.create(cell, width, hiddenSize), name, levels.size()));
            width = hiddenSize;
        }
        return new Stack(name, levels, (float) dropout);
    }
}
