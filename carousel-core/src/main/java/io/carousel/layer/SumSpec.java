package io.carousel.layer;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Several branches that read the same input and whose outputs are added.
 *
 * @param branches each a chain of layers; an empty one hands the input on, which makes a residual connection
 */
public record SumSpec(List<List<LayerSpec>> branches) implements LayerSpec {
    public SumSpec {
        branches = branches.stream().map(List::copyOf).toList();
        if (branches.size() < 2) {
            throw new IllegalArgumentException("a sum must have at least two branches, got " + branches.size()
                    + "; add one, or leave the sum out");
        }
    }

    @Override
    public Layer layer(int inputSize) {
        List<Chain> chains =
                branches.stream().map(branch -> Chain.of(inputSize, branch)).toList();
        for (Chain chain : chains) {
            if (chain.outputSize() != chains.get(0).outputSize()) {
                throw new IllegalArgumentException("branches of a sum must have the same width, got "
                        + chains.stream().map(Chain::outputSize).toList()
                        + "; end each with a layer of that width");
            }
        }
        return new Sum(chains);
    }

    private record Sum(List<Chain> layers) implements CompositeLayer {
        @Override
        public int outputSize() {
            return layers.get(0).outputSize();
        }

        @Override
        public Flow forward(Flow input, LayerContext context) {
            Flow sum = layers.get(0).forward(input, context);
            for (Chain chain : layers.subList(1, layers.size())) {
                Flow next = chain.forward(input, context);
                sum = new Flow(Operations.add(context.tape(), sum.rows(), next.rows()), sum.layout());
            }
            return sum;
        }

        @Override
        public LookAheadStepper lookAhead(Kernels kernels, Parameters parameters, int lookAhead, String place) {
            if (backward().isEmpty()) {
                return CompositeLayer.super.lookAhead(kernels, parameters, lookAhead, place);
            }
            List<LookAheadStepper> branches = new ArrayList<>();
            for (Chain chain : layers) {
                branches.add(chain.lookAhead(kernels, parameters, lookAhead, place + "." + branches.size()));
            }
            return new LookAheadSum(kernels, branches, outputSize(), place);
        }

        @Override
        public Tensor predict(Kernels kernels, Parameters parameters, BatchLayout layout, Tensor x, State state) {
            if (backward().isEmpty()) {
                return DirectPath.step(this, kernels, parameters, layout, x, state);
            }
            Tensor sum = layers.get(0).predict(kernels, parameters, layout, x, state);
            for (Chain chain : layers.subList(1, layers.size())) {
                Tensor next = chain.predict(kernels, parameters, layout, x, state);
                kernels.add(sum.size(), next.data(), next.offset(), sum.data(), sum.offset());
            }
            return sum;
        }

        @Override
        public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
            LayerStepper[] steppers = layers.stream()
                    .map(chain -> chain.stepper(kernels, parameters, rows))
                    .toArray(LayerStepper[]::new);
            return new SumStepper(kernels, steppers, outputSize(), rows);
        }
    }

    private static final class SumStepper extends CompositeStepper {
        private final Kernels kernels;
        private final int width;
        private final float[] term;

        SumStepper(Kernels kernels, LayerStepper[] steppers, int width, int rows) {
            super(steppers);
            this.kernels = kernels;
            this.width = width;
            this.term = new float[Math.multiplyExact(rows, width)];
        }

        @Override
        public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
            steppers[0].step(rows, x, xOffset, y, yOffset);
            for (int i = 1; i < steppers.length; i++) {
                steppers[i].step(rows, x, xOffset, term, 0);
                kernels.add(rows * width, term, 0, y, yOffset);
            }
        }
    }
}
