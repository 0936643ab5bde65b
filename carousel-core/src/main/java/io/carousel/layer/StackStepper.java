package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The direct path of levels that read forward: every cell's state in place, rows of activations reused. */
final class StackStepper implements LayerStepper {
    private final LevelStepper[] steppers;

    StackStepper(Kernels kernels, List<Level> levels, Parameters parameters, int rows) {
        steppers = levels.stream()
                .map(level -> new LevelStepper(kernels, level, parameters, rows))
                .toArray(LevelStepper[]::new);
    }

    @Override
    public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
        float[] input = x;
        int offset = xOffset;
        for (LevelStepper stepper : steppers) {
            stepper.step(rows, input, offset);
            input = stepper.output();
            offset = 0;
        }
        System.arraycopy(input, 0, y, yOffset, rows * steppers[steppers.length - 1].outputSize());
    }

    @Override
    public void load(State state) {
        for (LevelStepper stepper : steppers) {
            stepper.pass.load(state);
        }
    }

    @Override
    public void store(State state) {
        for (LevelStepper stepper : steppers) {
            stepper.pass.store(state);
        }
    }

    @Override
    public int gather(StateTable table, int column) {
        int at = column;
        for (LevelStepper stepper : steppers) {
            at = stepper.pass.gather(table, at);
        }
        return at;
    }

    @Override
    public int scatter(StateTable table, int column) {
        int at = column;
        for (LevelStepper stepper : steppers) {
            at = stepper.pass.scatter(table, at);
        }
        return at;
    }

    /** One level: its cell, and the connection with the level below. */
    private static final class LevelStepper {
        private final PassStepper pass;
        private final LevelConnector connector;
        private final float @Nullable [] output;

        LevelStepper(Kernels kernels, Level level, Parameters parameters, int rows) {
            pass = new PassStepper(kernels, level.passes().get(0), parameters, rows);
            connector = new LevelConnector(kernels, level, parameters, rows);
            output = level.connection() == Connection.PLAIN
                    ? null
                    : new float[Math.multiplyExact(rows, level.outputSize())];
        }

        void step(int rows, float[] x, int xOffset) {
            pass.step(rows, x, xOffset);
            if (output != null) {
                System.arraycopy(pass.output(), 0, output, 0, rows * pass.outputSize());
                connector.connect(rows, x, xOffset, output, 0);
            }
        }

        float[] output() {
            return output == null ? pass.output() : output;
        }

        int outputSize() {
            return pass.outputSize();
        }
    }
}
