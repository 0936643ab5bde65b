package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import java.util.List;

/**
 * Layers one after the other whose weights keep their values in training, such as an embedding of pretrained vectors.
 *
 * <p>No derivative goes through them, so what stands beneath learns nothing either: put them at the start of a network or of
 * a branch. Their weights do not decay, and an optimiser leaves weights whose gradient was always 0 as they are.
 *
 * @param layers one after the other
 */
public record FrozenSpec(List<LayerSpec> layers) implements LayerSpec {
    public FrozenSpec {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("frozen layers must not be empty; give at least one");
        }
    }

    @Override
    public Layer layer(int inputSize) {
        return new Frozen(Chain.of(inputSize, layers));
    }

    private record Frozen(Chain chain) implements CompositeLayer {
        @Override
        public List<Chain> layers() {
            return List.of(chain);
        }

        @Override
        public int outputSize() {
            return chain.outputSize();
        }

        @Override
        public List<Parameters.Declaration> parameters() {
            return chain.parameters().stream()
                    .map(each -> new Parameters.Declaration(each.name(), each.shape(), false, each.initializer()))
                    .toList();
        }

        @Override
        public Flow forward(Flow input, LayerContext context) {
            Flow output = chain.forward(input, context);
            if (context.observer() != null) {
                return output; // an observer may put rows of its own in, and ask for their derivatives
            }
            return new Flow(context.tape().constant(output.rows().value()), output.layout());
        }

        @Override
        public LookAheadStepper lookAhead(Kernels kernels, Parameters parameters, int lookAhead, String place) {
            return chain.lookAhead(kernels, parameters, lookAhead, place);
        }

        @Override
        public Tensor predict(Kernels kernels, Parameters parameters, BatchLayout layout, Tensor x, State state) {
            return chain.predict(kernels, parameters, layout, x, state);
        }

        @Override
        public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
            return chain.stepper(kernels, parameters, rows);
        }
    }
}
