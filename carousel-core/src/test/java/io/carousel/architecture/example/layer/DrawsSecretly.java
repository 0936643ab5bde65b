package io.carousel.architecture.example.layer;

final class DrawsSecretly {
    double draw() {
        return Math.random();
    }
}
