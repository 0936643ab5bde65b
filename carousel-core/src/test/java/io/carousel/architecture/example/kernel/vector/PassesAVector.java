package io.carousel.architecture.example.kernel.vector;

import jdk.incubator.vector.FloatVector;

final class PassesAVector {
    FloatVector load(float[] x, int at) {
        return FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, x, at);
    }
}
