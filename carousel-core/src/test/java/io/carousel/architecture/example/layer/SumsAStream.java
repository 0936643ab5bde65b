package io.carousel.architecture.example.layer;

import java.util.Arrays;

final class SumsAStream {
    double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }
}
