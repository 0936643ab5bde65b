package io.carousel.loss;

/** The checks that losses share. */
final class Checks {
    private Checks() {}

    /** The target at {@code index}, if it is a number. */
    static double target(float[] target, int offset, int index) {
        float value = target[offset + index];
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException("target " + index + " must be finite, got " + value
                    + "; fill or leave out missing values before training");
        }
        return value;
    }

    static void positive(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " must be positive and finite, got " + value);
        }
    }

    static void level(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "quantile level must be greater than 0 and less than 1, got " + level + "; 0.5 is the median");
        }
    }

    static IllegalArgumentException noQuantile(String loss, double level) {
        return new IllegalArgumentException("quantile " + level + " must come from a loss with a distribution, got "
                + loss + "; train with the loss quantile, gaussian or studentT");
    }
}
