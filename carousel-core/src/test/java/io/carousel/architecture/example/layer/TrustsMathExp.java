package io.carousel.architecture.example.layer;

final class TrustsMathExp {
    double e() {
        return Math.exp(1);
    }
}
