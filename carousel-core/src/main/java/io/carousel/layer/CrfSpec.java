package io.carousel.layer;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import io.carousel.loss.ChainWeights;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * The last layer of a network that tags whole sequences: it hands on the scores of tags and holds the weights of the linear
 * chain that ties neighbours together.
 *
 * <p>{@link io.carousel.loss.ChainCrossEntropy} is its loss and {@link io.carousel.loss.ChainDecoder} its prediction. Its
 * parameters are {@code NAME.transitions [K, K]}, where row i, column j is tag i before tag j, {@code NAME.start [K]} and
 * {@code NAME.end [K]}; they start uniform in ±0.1, and only the transitions decay.
 *
 * <p>Source: Lafferty, McCallum, Pereira, <i>Conditional Random Fields: Probabilistic Models for Segmenting and Labeling
 * Sequence Data</i>, 2001.
 *
 * @param name the prefix of its parameters, such as {@code crf}
 * @param tags K; the layer beneath has as many outputs
 */
public record CrfSpec(String name, int tags) implements LayerSpec {
    private static final double START = 0.1;

    public CrfSpec {
        Names.require(name);
        if (tags < 1) {
            throw new IllegalArgumentException("tags of " + name + " must be positive, got " + tags);
        }
        Math.multiplyExact(tags, tags);
    }

    @Override
    public Layer layer(int inputSize) {
        if (inputSize != tags) {
            throw new IllegalArgumentException("input of " + name + " must have shape [F] = [" + tags + "], got ["
                    + inputSize + "]; give the layer beneath an output for each tag");
        }
        return new Chained(this);
    }

    /** The weights of this layer among those of its network. */
    public ChainWeights weights(Parameters parameters) {
        return new ChainWeights(
                parameters.get(name + ".transitions"), parameters.get(name + ".start"), parameters.get(name + ".end"));
    }

    private record Chained(CrfSpec spec) implements Layer {
        @Override
        public int outputSize() {
            return spec.tags;
        }

        @Override
        public List<Parameters.Declaration> parameters() {
            return List.of(
                    declaration(".transitions", Shape.of(spec.tags, spec.tags), true),
                    declaration(".start", Shape.of(spec.tags), false),
                    declaration(".end", Shape.of(spec.tags), false));
        }

        private Parameters.Declaration declaration(String suffix, Shape shape, boolean decays) {
            return new Parameters.Declaration(spec.name + suffix, shape, decays, Initializer.uniform(START));
        }

        @Override
        public Flow forward(Flow input, LayerContext context) {
            return input;
        }

        @Override
        public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
            return StatelessStepper.identity(spec.tags);
        }
    }
}
