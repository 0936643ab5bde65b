package io.carousel.architecture.example.kernel;

import io.carousel.architecture.example.tensor.Above;

final class UsesATensor {
    Object value(Above above) {
        return above;
    }
}
