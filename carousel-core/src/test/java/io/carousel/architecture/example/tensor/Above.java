package io.carousel.architecture.example.tensor;

public final class Above {}
