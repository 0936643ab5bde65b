package io.carousel.architecture.example.layer;

final class SetsAProperty {
    void force() {
        System.setProperty("carousel.example", "true");
    }
}
