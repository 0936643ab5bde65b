package io.carousel.data;

/**
 * What to put where a cell is missing.
 *
 * @param kind the rule
 * @param value the number used by {@link Kind#VALUE}, 0 for every other rule
 */
public record Fill(Kind kind, double value) {
    /** The rules. */
    public enum Kind {
        /** A missing cell is an error. */
        NONE,
        /** The last value before it. */
        PREVIOUS,
        /** On the straight line, by row, between the neighbours. */
        LINEAR,
        /** Zero. */
        ZERO,
        /** A given number. */
        VALUE
    }

    /** A missing cell is an error. */
    public static final Fill NONE = new Fill(Kind.NONE, 0);

    /** The last value before it; cells before the first value stay an error. */
    public static final Fill PREVIOUS = new Fill(Kind.PREVIOUS, 0);

    /** Between the neighbours; cells before the first or after the last value stay an error. */
    public static final Fill LINEAR = new Fill(Kind.LINEAR, 0);

    /** Zero. */
    public static final Fill ZERO = new Fill(Kind.ZERO, 0);

    /** Checks that the number is finite. */
    public Fill {
        if (!Double.isFinite(value)) {
            throw new DataException("the fill value must be finite, got " + value);
        }
    }

    /** The given number. */
    public static Fill value(double value) {
        return new Fill(Kind.VALUE, value);
    }

    /**
     * Reads {@code none}, {@code previous}, {@code linear}, {@code zero} or a number.
     *
     * @throws DataException for anything else
     */
    public static Fill parse(String text) {
        switch (text.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "none":
                return NONE;
            case "previous":
                return PREVIOUS;
            case "linear":
                return LINEAR;
            case "zero":
                return ZERO;
            default:
                try {
                    return value(Double.parseDouble(text.strip()));
                } catch (NumberFormatException e) {
                    throw new DataException(
                            "fill must be none, previous, linear, zero or a number, got \"" + text
                                    + "\"; write one of them",
                            e);
                }
        }
    }

    /** The text that {@link #parse} reads back. */
    @Override
    public String toString() {
        return kind == Kind.VALUE ? Double.toString(value) : kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Replaces each NaN of {@code values} before {@code to} where the rule can, and returns how many it replaced. */
    int apply(double[] values, int to) {
        if (kind == Kind.NONE) {
            return 0;
        }
        int filled = 0;
        int last = -1;
        for (int i = 0; i < to; i++) {
            if (!Double.isNaN(values[i])) {
                if (kind == Kind.LINEAR && last >= 0) {
                    for (int j = last + 1; j < i; j++) {
                        double share = (double) (j - last) / (i - last);
                        values[j] = values[last] + share * (values[i] - values[last]);
                        filled++;
                    }
                }
                last = i;
            } else if (kind == Kind.ZERO || kind == Kind.VALUE) {
                values[i] = value;
                filled++;
            } else if (kind == Kind.PREVIOUS && last >= 0) {
                values[i] = values[last];
                filled++;
            }
        }
        return filled;
    }
}
