package io.carousel.benchmarks;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The speed of {@code fma} on the widest vectors when nothing leaves the registers: what any product is measured against. */
public final class MultiplyAddPeak {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 16;
    private static final int STEPS = 20_000;

    private MultiplyAddPeak() {}

    /** The operations of one call of {@link #run}: a multiplication and an addition for each lane, chain and step. */
    public static double operations() {
        return 2.0 * CHAINS * SPECIES.length() * STEPS;
    }

    /** Sixteen chains, enough to hide the latency of any machine's {@code fma}. */
    public static float run(float factor) {
        FloatVector f = FloatVector.broadcast(SPECIES, factor);
        FloatVector x = FloatVector.broadcast(SPECIES, 0.5f);
        FloatVector s0 = x;
        FloatVector s1 = x;
        FloatVector s2 = x;
        FloatVector s3 = x;
        FloatVector s4 = x;
        FloatVector s5 = x;
        FloatVector s6 = x;
        FloatVector s7 = x;
        FloatVector s8 = x;
        FloatVector s9 = x;
        FloatVector s10 = x;
        FloatVector s11 = x;
        FloatVector s12 = x;
        FloatVector s13 = x;
        FloatVector s14 = x;
        FloatVector s15 = x;
        for (int i = 0; i < STEPS; i++) {
            s0 = s0.fma(f, x);
            s1 = s1.fma(f, x);
            s2 = s2.fma(f, x);
            s3 = s3.fma(f, x);
            s4 = s4.fma(f, x);
            s5 = s5.fma(f, x);
            s6 = s6.fma(f, x);
            s7 = s7.fma(f, x);
            s8 = s8.fma(f, x);
            s9 = s9.fma(f, x);
            s10 = s10.fma(f, x);
            s11 = s11.fma(f, x);
            s12 = s12.fma(f, x);
            s13 = s13.fma(f, x);
            s14 = s14.fma(f, x);
            s15 = s15.fma(f, x);
        }
        FloatVector a = s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7);
        FloatVector b = s8.add(s9).add(s10).add(s11).add(s12).add(s13).add(s14).add(s15);
        return a.add(b).lane(0);
    }
}
