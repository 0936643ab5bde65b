package io.carousel.cell;

import java.util.List;

/**
 * What a cell says of itself, asked once: a cell makes its lists anew for each call, and a layer needs them for every shard of
 * a training. Immutable.
 */
public final class CellForm {
    private final Cell cell;
    private final List<StatePart> state;
    private final int[] activationSizes;
    private final int[] savedSizes;

    private CellForm(Cell cell) {
        this.cell = cell;
        state = List.copyOf(cell.state());
        activationSizes = sizes(cell.activations());
        savedSizes = sizes(cell.saved());
    }

    public static CellForm of(Cell cell) {
        return new CellForm(cell);
    }

    private static int[] sizes(List<Block> blocks) {
        return blocks.stream().mapToInt(Block::size).toArray();
    }

    public Cell cell() {
        return cell;
    }

    /** {@link Cell#state}. */
    public List<StatePart> state() {
        return state;
    }

    /** The width of a row of all activations. */
    public int activationWidth() {
        return sum(activationSizes);
    }

    /** The width of a row of all saved values. */
    public int savedWidth() {
        return sum(savedSizes);
    }

    private static int sum(int[] sizes) {
        int sum = 0;
        for (int size : sizes) {
            sum = Math.addExact(sum, size);
        }
        return sum;
    }

    /** The widths of the blocks, not copied. */
    int[] activationSizes() {
        return activationSizes;
    }

    /** The widths of the blocks, not copied. */
    int[] savedSizes() {
        return savedSizes;
    }
}
