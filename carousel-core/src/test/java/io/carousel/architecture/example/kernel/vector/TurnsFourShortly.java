package io.carousel.architecture.example.kernel.vector;

import static jdk.incubator.vector.FloatVector.SPECIES_128;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

final class TurnsFourShortly {
    static void sums(int n, float[] x, float[] y) {
        FloatVector a = fromArray(SPECIES_128, y, 0);
        FloatVector b = fromArray(SPECIES_128, y, 4);
        FloatVector c = fromArray(SPECIES_128, y, 8);
        FloatVector d = fromArray(SPECIES_128, y, 12);
        for (int i = 0; i < n; i += 16) {
            a = fromArray(SPECIES_128, x, i).add(a);
            b = fromArray(SPECIES_128, x, i + 4).add(b);
            c = fromArray(SPECIES_128, x, i + 8).add(c);
            d = fromArray(SPECIES_128, x, i + 12).add(d);
        }
        a.intoArray(y, 0);
        b.intoArray(y, 4);
        c.intoArray(y, 8);
        d.intoArray(y, 12);
    }
}
