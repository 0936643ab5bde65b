package io.carousel.architecture.example.optim;

import io.carousel.architecture.example.loss.Beside;

final class UsesALoss {
    Object value(Beside beside) {
        return beside;
    }
}
