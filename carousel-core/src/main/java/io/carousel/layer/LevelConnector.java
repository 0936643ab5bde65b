package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/** The connection of a level with the level below, on the direct path. */
final class LevelConnector {
    private final Kernels kernels;
    private final boolean residual;
    private final int width;
    private final Highway.@Nullable Stepper highway;

    LevelConnector(Kernels kernels, Level level, Parameters parameters, int rows) {
        this.kernels = kernels;
        residual = level.connection() == Connection.RESIDUAL;
        width = level.outputSize();
        Highway gate = level.highway();
        highway = gate == null ? null : gate.stepper(kernels, parameters, rows);
    }

    /** Overwrites f, what the level made of x, with what it hands on. */
    void connect(int rows, float[] x, int xOffset, float[] f, int fOffset) {
        if (highway != null) {
            highway.step(rows, x, xOffset, f, fOffset);
        } else if (residual) {
            kernels.add(rows * width, x, xOffset, f, fOffset);
        }
    }
}
