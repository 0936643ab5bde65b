package io.carousel.benchmarks.ledger;

import io.carousel.benchmarks.side.Work;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Reads an array from front to back on one core, again and again: the limit of whatever reads as many bytes each time. */
final class ReadWork implements Work {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 8;

    private final float[] array;

    @SuppressWarnings("UnusedVariable") // so that no work can be left out
    private float sum;

    ReadWork(int bytes) {
        int stride = CHAINS * SPECIES.length();
        array = new float[bytes / Float.BYTES / stride * stride];
    }

    @Override
    public void run() {
        sum += read(array);
    }

    /** Eight sums, so that the additions do not wait for each other. */
    private static float read(float[] x) {
        int lanes = SPECIES.length();
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        for (int i = 0; i < x.length; i += CHAINS * lanes) {
            s0 = FloatVector.fromArray(SPECIES, x, i).add(s0);
            s1 = FloatVector.fromArray(SPECIES, x, i + lanes).add(s1);
            s2 = FloatVector.fromArray(SPECIES, x, i + 2 * lanes).add(s2);
            s3 = FloatVector.fromArray(SPECIES, x, i + 3 * lanes).add(s3);
            s4 = FloatVector.fromArray(SPECIES, x, i + 4 * lanes).add(s4);
            s5 = FloatVector.fromArray(SPECIES, x, i + 5 * lanes).add(s5);
            s6 = FloatVector.fromArray(SPECIES, x, i + 6 * lanes).add(s6);
            s7 = FloatVector.fromArray(SPECIES, x, i + 7 * lanes).add(s7);
        }
        FloatVector a = s0.add(s1).add(s2).add(s3);
        FloatVector b = s4.add(s5).add(s6).add(s7);
        return a.add(b).lane(0);
    }

    @Override
    public Map<String, float[]> results() {
        return Map.of();
    }
}
