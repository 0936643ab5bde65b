package io.carousel.architecture.example.loss;

public final class Beside {}
