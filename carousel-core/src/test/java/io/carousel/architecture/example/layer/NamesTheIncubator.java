package io.carousel.architecture.example.layer;

import jdk.incubator.vector.FloatVector;

final class NamesTheIncubator {
    int lanes() {
        return FloatVector.SPECIES_PREFERRED.length();
    }
}
