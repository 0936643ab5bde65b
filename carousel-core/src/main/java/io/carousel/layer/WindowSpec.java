package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Variable;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last inputs of each sequence in one row, oldest first; before the first input stands the state, at first zeros.
 *
 * <p>With a dense layer after it this is a linear autoregression: beside a recurrent branch of a {@link SumSpec} it is the
 * autoregressive part of Lai et al., <i>Modeling Long- and Short-Term Temporal Patterns with Deep Neural Networks</i>, 2018.
 *
 * @param name the prefix of its part of the state
 * @param steps the number of inputs kept
 */
public record WindowSpec(String name, int steps) implements LayerSpec {
    private static final int MOST = Integer.MAX_VALUE - 8;

    public WindowSpec {
        Names.require(name);
        if (steps < 1) {
            throw new IllegalArgumentException("steps of " + name + " must be positive, got " + steps);
        }
    }

    @Override
    public Layer layer(int inputSize) {
        if ((long) steps * inputSize > MOST) {
            throw new IllegalArgumentException("steps times inputs of " + name + " must be at most " + MOST + ", got "
                    + steps + " times " + inputSize + "; use a shorter window");
        }
        return new WindowLayer(name, steps, inputSize);
    }

    private record WindowLayer(String name, int steps, int inputSize) implements Layer {
        @Override
        public int outputSize() {
            return Math.multiplyExact(steps, inputSize);
        }

        @Override
        public List<StatePart> state() {
            return List.of(new StatePart(partName(), outputSize()));
        }

        private String partName() {
            return name + ".window";
        }

        @Override
        public Flow forward(Flow input, LayerContext context) {
            BatchLayout layout = input.layout();
            Variable x = input.rows();
            Tensor output = context.tape().workspace().take(layout.sequences(), outputSize());
            float @Nullable [] before =
                    context.initial() == null ? null : context.initial().values(partName());
            for (int index = 0; index < layout.sequences(); index++) {
                fill(output, index, x.value(), layout, before);
            }
            Kernels kernels = context.tape().kernels();
            Variable rows = context.tape()
                    .record(
                            output,
                            gradient -> {
                                Tensor dx = x.gradient();
                                for (int index = 0; index < layout.sequences(); index++) {
                                    addGradient(kernels, gradient, index, dx, layout);
                                }
                            },
                            x);
            context.last().put(partName(), rows);
            return new Flow(rows, BatchLayout.uniform(layout.sequences(), 1));
        }

        private void fill(Tensor output, int index, Tensor x, BatchLayout layout, float @Nullable [] before) {
            int length = layout.length(layout.position(index));
            int to = output.offset() + index * outputSize();
            for (int s = 0; s < steps; s++, to += inputSize) {
                int t = length - steps + s;
                if (t >= 0) {
                    int from = x.offset() + layout.row(index, t) * inputSize;
                    System.arraycopy(x.data(), from, output.data(), to, inputSize);
                } else if (before == null) {
                    java.util.Arrays.fill(output.data(), to, to + inputSize, 0);
                } else {
                    int from = index * outputSize() + (length + s) * inputSize;
                    System.arraycopy(before, from, output.data(), to, inputSize);
                }
            }
        }

        private void addGradient(Kernels kernels, Tensor gradient, int index, Tensor dx, BatchLayout layout) {
            int length = layout.length(layout.position(index));
            for (int s = Math.max(0, steps - length); s < steps; s++) {
                int from = gradient.offset() + index * outputSize() + s * inputSize;
                int to = dx.offset() + layout.row(index, length - steps + s) * inputSize;
                kernels.add(inputSize, gradient.data(), from, dx.data(), to);
            }
        }

        @Override
        public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
            return new WindowStepper(partName(), inputSize, outputSize(), rows);
        }
    }

    private static final class WindowStepper implements LayerStepper {
        private final String part;
        private final int inputSize;
        private final int size;
        private final float[] window;

        WindowStepper(String part, int inputSize, int size, int rows) {
            this.part = part;
            this.inputSize = inputSize;
            this.size = size;
            this.window = new float[Math.multiplyExact(rows, size)];
        }

        @Override
        public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
            for (int row = 0; row < rows; row++) {
                int start = row * size;
                System.arraycopy(window, start + inputSize, window, start, size - inputSize);
                System.arraycopy(x, xOffset + row * inputSize, window, start + size - inputSize, inputSize);
            }
            System.arraycopy(window, 0, y, yOffset, rows * size);
        }

        @Override
        public void load(State state) {
            float[] values = state.values(part);
            System.arraycopy(values, 0, window, 0, values.length);
        }

        @Override
        public void store(State state) {
            float[] values = state.values(part);
            System.arraycopy(window, 0, values, 0, values.length);
        }

        @Override
        public int gather(StateTable table, int column) {
            return table.gather(column, size, window);
        }

        @Override
        public int scatter(StateTable table, int column) {
            return table.scatter(column, size, window);
        }
    }
}
