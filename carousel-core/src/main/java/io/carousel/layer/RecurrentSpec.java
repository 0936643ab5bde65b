package io.carousel.layer;

import io.carousel.cell.Cells;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack of recurrent layers, each reading the outputs of the one below.
 *
 * @param name the prefix of its parameters, such as {@code encoder}
 * @param cell a name of {@link Cells}
 * @param hiddenSizes H of each layer, bottom first
 * @param dropout the probability that an element between two layers is dropped in training, in [0, 1)
 */
public record RecurrentSpec(String name, String cell, List<Integer> hiddenSizes, double dropout) implements LayerSpec {
    public RecurrentSpec {
        Names.require(name);
        hiddenSizes = List.copyOf(hiddenSizes);
        if (hiddenSizes.isEmpty()) {
            throw new IllegalArgumentException(
                    "hidden sizes of " + name + " must not be empty; give one for each layer");
        }
        DropoutSpec.requireRate(dropout);
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
