package io.carousel.cell;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The options of a {@link CellSpec}, as its {@link CellFactory} asks for them. */
public final class CellOptions {
    private final CellSpec spec;
    private final Map<String, Double> values;
    private final Set<String> known = new TreeSet<>();

    CellOptions(CellSpec spec) {
        this.spec = spec;
        this.values = spec.options();
    }

    /**
     * A number.
     *
     * @param otherwise its value when the spec does not give it
     */
    public double number(String name, double otherwise) {
        known.add(name);
        return values.getOrDefault(name, otherwise);
    }

    /**
     * A positive whole number.
     *
     * @param otherwise its value when the spec does not give it
     * @throws IllegalArgumentException when it is not positive or not whole
     */
    public int size(String name, int otherwise) {
        double value = number(name, otherwise);
        if (value < 1 || value != Math.rint(value) || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("option " + name + " of cell " + spec.name()
                    + " must be a positive whole number, got " + values.get(name));
        }
        return (int) value;
    }

    /** Refuses options that the cell did not ask for. */
    void requireAllKnown() {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("option of cell " + spec.name() + " must be "
                        + (known.isEmpty() ? "left out: it has none" : "one of " + known) + ", got " + name);
            }
        }
    }
}
