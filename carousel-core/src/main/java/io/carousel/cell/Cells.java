package io.carousel.cell;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The cells that a spec can name. */
public final class Cells {
    private static final Map<String, Maker> MAKERS = new TreeMap<>(Map.of(LstmCell.NAME, LstmCell::new));

    private Cells() {}

    private interface Maker {
        Cell make(int inputSize, int hiddenSize);
    }

    /** The names, sorted. */
    public static List<String> names() {
        return List.copyOf(MAKERS.keySet());
    }

    /**
     * The cell of that name and size.
     *
     * @throws IllegalArgumentException when no cell has that name or a size is not positive
     */
    public static Cell create(String name, int inputSize, int hiddenSize) {
        Maker maker = MAKERS.get(name);
        if (maker == null) {
            throw new IllegalArgumentException(
                    "cell must be one of " + names() + ", got " + name + "; name one of them");
        }
        return maker.make(inputSize, hiddenSize);
    }
}
