package io.carousel.kernel.vector;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.Reductions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Reductions} with its sixteen lanes in four vectors of 128 bits, which every width has. */
final class VectorReductions {
    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

    private VectorReductions() {}

    static float sum(int n, float[] x, int xOffset) {
        FloatVector a = FloatVector.zero(FOUR);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int i = xOffset;
        for (int end = xOffset + n - Kernels.LANES; i <= end; i += Kernels.LANES) {
            a = a.add(FloatVector.fromArray(FOUR, x, i));
            b = b.add(FloatVector.fromArray(FOUR, x, i + 4));
            c = c.add(FloatVector.fromArray(FOUR, x, i + 8));
            d = d.add(FloatVector.fromArray(FOUR, x, i + 12));
        }
        return Reductions.finishSum(
                a.lane(0),
                a.lane(1),
                a.lane(2),
                a.lane(3),
                b.lane(0),
                b.lane(1),
                b.lane(2),
                b.lane(3),
                c.lane(0),
                c.lane(1),
                c.lane(2),
                c.lane(3),
                d.lane(0),
                d.lane(1),
                d.lane(2),
                d.lane(3),
                xOffset + n - i,
                x,
                i);
    }

    static float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FloatVector a = FloatVector.zero(FOUR);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int i = xOffset;
        int q = yOffset;
        for (int end = xOffset + n - Kernels.LANES; i <= end; i += Kernels.LANES, q += Kernels.LANES) {
            a = FloatVector.fromArray(FOUR, x, i).fma(FloatVector.fromArray(FOUR, y, q), a);
            b = FloatVector.fromArray(FOUR, x, i + 4).fma(FloatVector.fromArray(FOUR, y, q + 4), b);
            c = FloatVector.fromArray(FOUR, x, i + 8).fma(FloatVector.fromArray(FOUR, y, q + 8), c);
            d = FloatVector.fromArray(FOUR, x, i + 12).fma(FloatVector.fromArray(FOUR, y, q + 12), d);
        }
        return Reductions.finishDot(
                a.lane(0),
                a.lane(1),
                a.lane(2),
                a.lane(3),
                b.lane(0),
                b.lane(1),
                b.lane(2),
                b.lane(3),
                c.lane(0),
                c.lane(1),
                c.lane(2),
                c.lane(3),
                d.lane(0),
                d.lane(1),
                d.lane(2),
                d.lane(3),
                xOffset + n - i,
                x,
                i,
                y,
                q);
    }
}
