package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Layers one after the other. */
record Chain(int inputSize, List<Layer> layers) implements CompositeLayer {
    static Chain of(int inputSize, List<LayerSpec> specs) {
        List<Layer> layers = new ArrayList<>();
        int width = inputSize;
        for (LayerSpec spec : specs) {
            Layer layer = spec.layer(width);
            layers.add(layer);
            width = layer.outputSize();
        }
        return new Chain(inputSize, List.copyOf(layers));
    }

    @Override
    public int outputSize() {
        return layers.isEmpty() ? inputSize : layers.get(layers.size() - 1).outputSize();
    }

    @Override
    public Flow forward(Flow input, LayerContext context) {
        Flow flow = input;
        for (Layer layer : layers) {
            flow = layer.forward(flow, context);
        }
        return flow;
    }

    @Override
    public LookAheadStepper lookAhead(Kernels kernels, Parameters parameters, int lookAhead, String place) {
        if (backward().isEmpty()) {
            return CompositeLayer.super.lookAhead(kernels, parameters, lookAhead, place);
        }
        List<LookAheadStepper> stages = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            stages.add(layers.get(i).lookAhead(kernels, parameters, lookAhead, place + "." + i));
        }
        return new LookAheadChain(stages, layers.stream().map(Layer::outputSize).toList());
    }

    @Override
    public Tensor predict(Kernels kernels, Parameters parameters, BatchLayout layout, Tensor x, State state) {
        if (backward().isEmpty()) {
            return DirectPath.step(this, kernels, parameters, layout, x, state);
        }
        Tensor rows = x;
        for (Layer layer : layers) {
            rows = layer.predict(kernels, parameters, layout, rows, state);
        }
        return rows;
    }

    @Override
    public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
        return new ChainStepper(this, kernels, parameters, rows);
    }

    private static final class ChainStepper extends CompositeStepper {
        private final float[][] between;

        ChainStepper(Chain chain, Kernels kernels, Parameters parameters, int rows) {
            super(
                    chain.layers.isEmpty()
                            ? new LayerStepper[] {StatelessStepper.identity(chain.inputSize)}
                            : chain.layers.stream()
                                    .map(layer -> layer.stepper(kernels, parameters, rows))
                                    .toArray(LayerStepper[]::new));
            between = new float[steppers.length - 1][];
            for (int i = 0; i < between.length; i++) {
                between[i] =
                        new float[Math.multiplyExact(rows, chain.layers.get(i).outputSize())];
            }
        }

        @Override
        public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
            float[] input = x;
            int offset = xOffset;
            for (int i = 0; i < between.length; i++) {
                steppers[i].step(rows, input, offset, between[i], 0);
                input = between[i];
                offset = 0;
            }
            steppers[between.length].step(rows, input, offset, y, yOffset);
        }
    }
}
