package io.carousel.architecture.example.layer;

final class Prints {
    void greet() {
        System.out.println("hello");
    }
}
