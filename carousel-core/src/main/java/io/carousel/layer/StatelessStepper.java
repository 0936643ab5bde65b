package io.carousel.layer;

/** The direct path of a layer that remembers nothing. */
abstract class StatelessStepper implements LayerStepper {
    @Override
    public final void load(State state) {}

    @Override
    public final void store(State state) {}

    @Override
    public final int gather(StateTable table, int column) {
        return column;
    }

    @Override
    public final int scatter(StateTable table, int column) {
        return column;
    }

    /** A stepper that hands its input on, {@code width} numbers a row. */
    static LayerStepper identity(int width) {
        return new StatelessStepper() {
            @Override
            public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
                System.arraycopy(x, xOffset, y, yOffset, rows * width);
            }
        };
    }
}
