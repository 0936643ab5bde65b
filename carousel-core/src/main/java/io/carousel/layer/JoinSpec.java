package io.carousel.layer;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import java.util.List;

/**
 * Several branches that read the same input and whose outputs stand beside each other: {@code y = [b_0(x), b_1(x), …]}.
 *
 * <p>With {@link ColumnsSpec} at the start of each branch, an input row may hold numbers of several kinds, such as that of a
 * word and those of its characters, each read by an embedding of its own.
 *
 * @param branches each a chain of layers; an empty one hands the input on
 */
public record JoinSpec(List<List<LayerSpec>> branches) implements LayerSpec {
    public JoinSpec {
        branches = branches.stream().map(List::copyOf).toList();
        if (branches.size() < 2) {
            throw new IllegalArgumentException("a join must have at least two branches, got " + branches.size()
                    + "; add one, or leave the join out");
        }
    }

    @Override
    public Layer layer(int inputSize) {
        List<Chain> chains =
                branches.stream().map(branch -> Chain.of(inputSize, branch)).toList();
        int width = 0;
        for (Chain chain : chains) {
            width = Math.addExact(width, chain.outputSize());
        }
        return new Join(chains, width);
    }

    private record Join(List<Chain> layers, int outputSize) implements CompositeLayer, Bridge.Stateful {
        @Override
        public List<Pass> passes() {
            return layers.stream()
                    .flatMap(chain -> Bridge.passes(chain).stream())
                    .toList();
        }

        @Override
        public Flow forward(Flow input, LayerContext context) {
            Flow joined = layers.get(0).forward(input, context);
            for (Chain chain : layers.subList(1, layers.size())) {
                Flow next = chain.forward(input, context);
                Variable rows = Operations.concatenate(context.tape(), joined.rows(), next.rows());
                joined = new Flow(rows, joined.layout());
            }
            return joined;
        }

        @Override
        public LookAheadStepper lookAhead(Kernels kernels, Parameters parameters, int lookAhead, String place) {
            if (!backward().isEmpty()) {
                throw new IllegalArgumentException("branches of a join must read forward only to be fed with a "
                        + "look-ahead, got layers that read backward: " + String.join(", ", backward())
                        + "; put those after the join");
            }
            return CompositeLayer.super.lookAhead(kernels, parameters, lookAhead, place);
        }

        @Override
        public Tensor predict(Kernels kernels, Parameters parameters, BatchLayout layout, Tensor x, State state) {
            if (backward().isEmpty()) {
                return DirectPath.step(this, kernels, parameters, layout, x, state);
            }
            Tensor joined = Tensor.zeros(layout.rows(), outputSize);
            int column = 0;
            for (Chain chain : layers) {
                Tensor part = chain.predict(kernels, parameters, layout, x, state);
                place(layout.rows(), chain.outputSize(), part.data(), part.offset(), joined.data(), column);
                column += chain.outputSize();
            }
            return joined;
        }

        /** Copies rows of a branch to their columns. */
        private void place(int rows, int width, float[] from, int offset, float[] to, int toOffset) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(from, offset + row * width, to, toOffset + row * outputSize, width);
            }
        }

        @Override
        public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
            LayerStepper[] steppers = layers.stream()
                    .map(chain -> chain.stepper(kernels, parameters, rows))
                    .toArray(LayerStepper[]::new);
            return new JoinStepper(this, steppers, rows);
        }
    }

    private static final class JoinStepper extends CompositeStepper {
        private final Join join;
        private final float[][] parts;

        JoinStepper(Join join, LayerStepper[] steppers, int rows) {
            super(steppers);
            this.join = join;
            parts = join.layers().stream()
                    .map(chain -> new float[Math.multiplyExact(rows, chain.outputSize())])
                    .toArray(float[][]::new);
        }

        @Override
        public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
            int column = yOffset;
            for (int i = 0; i < steppers.length; i++) {
                int width = join.layers().get(i).outputSize();
                steppers[i].step(rows, x, xOffset, parts[i], 0);
                join.place(rows, width, parts[i], 0, y, column);
                column += width;
            }
        }
    }
}
