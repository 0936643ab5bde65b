package io.carousel.architecture.example.layer;

final class KeepsAThreadLocal {
    private final ThreadLocal<float[]> buffer = new ThreadLocal<>();

    float[] buffer() {
        return buffer.get();
    }
}
