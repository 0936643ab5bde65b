package io.carousel.architecture.example.stray;

final class NowhereInTheOrder {}
