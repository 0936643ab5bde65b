package io.carousel.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The width of a vector, fixed when the class is loaded so that the compiler sees constants.
 *
 * <p>There is no helper here that loads or fills a vector: see "What the compiler wants" in {@code ARCHITECTURE.md}.
 */
final class Width {
    static final VectorSpecies<Float> FLOATS = species(System.getProperty("carousel.kernel"));
    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

    /** Floats in a vector. */
    static final int LENGTH = FLOATS.length();

    private Width() {}

    private static VectorSpecies<Float> species(@Nullable String forced) {
        int widest = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        int bits = forced == null ? Math.min(widest, 512) : Integer.parseInt(forced);
        if (bits < 128 || bits > widest) {
            throw new IllegalArgumentException(
                    "system property carousel.kernel must be at most the width of this machine, " + widest
                            + ", and at least 128, got " + bits
                            + "; leave it out for the fastest that this machine has");
        }
        return VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
    }
}
