package io.carousel.benchmarks;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** How fast one core reads an array from its first to its last element: the limit of a product of one row. */
final class ReadBandwidth {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private final float[] values;
    private float sink;

    /** Reads arrays of that size. */
    ReadBandwidth(int floats) {
        values = new float[floats];
    }

    /** Gigabytes a second, in the best and in the middle round. */
    double[] measure() {
        Stopwatch.Time time = new Stopwatch(60, 0.02).measure(() -> sink += sum(values));
        double bytes = 4.0 * values.length;
        return new double[] {bytes / time.best() * 1e-9, bytes / time.median() * 1e-9};
    }

    /** Keeps what was read alive. */
    float sink() {
        return sink;
    }

    /** Eight chains, enough to hide the latency of an addition. */
    private static float sum(float[] x) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        for (int i = 0; i <= x.length - 8 * LENGTH; i += 8 * LENGTH) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, x, i));
            s1 = s1.add(FloatVector.fromArray(SPECIES, x, i + LENGTH));
            s2 = s2.add(FloatVector.fromArray(SPECIES, x, i + 2 * LENGTH));
            s3 = s3.add(FloatVector.fromArray(SPECIES, x, i + 3 * LENGTH));
            s4 = s4.add(FloatVector.fromArray(SPECIES, x, i + 4 * LENGTH));
            s5 = s5.add(FloatVector.fromArray(SPECIES, x, i + 5 * LENGTH));
            s6 = s6.add(FloatVector.fromArray(SPECIES, x, i + 6 * LENGTH));
            s7 = s7.add(FloatVector.fromArray(SPECIES, x, i + 7 * LENGTH));
        }
        return s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7).lane(0);
    }
}
