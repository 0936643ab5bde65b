package io.carousel.task.language;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.carousel.layer.AdaptiveSoftmaxSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.Network;
import io.carousel.train.AdaptiveSoftmaxOutput;
import io.carousel.train.SampledSoftmaxOutput;
import io.carousel.train.SequenceLoss;
import io.carousel.train.SoftmaxOutput;
import java.util.List;

/**
 * How a language model gives a probability to each symbol, and what that costs in training: a record that prints as JSON, told
 * apart by its {@code "type"}.
 *
 * <p>Whatever it is, a model that is evaluated, scores or writes does it by the exact probabilities of all symbols.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LanguageOutput.Softmax.class, name = "softmax"),
    @JsonSubTypes.Type(value = LanguageOutput.Adaptive.class, name = "adaptive"),
    @JsonSubTypes.Type(value = LanguageOutput.Sampled.class, name = "sampled")
})
public sealed interface LanguageOutput {
    /** What training makes small. */
    SequenceLoss loss();

    /** Whether symbols should be numbered by falling frequency. */
    default boolean wantsFrequentFirst() {
        return true;
    }

    /** Whether a network ends as this output wants it. */
    default boolean fits(Network network) {
        return network.output().isPresent();
    }

    /** All symbols are scored for each token: the choice up to some ten thousands of them. */
    record Softmax() implements LanguageOutput {
        @Override
        public SequenceLoss loss() {
            return new SoftmaxOutput();
        }

        @Override
        public boolean wantsFrequentFirst() {
            return false;
        }
    }

    /**
     * Rare symbols stand in clusters, which are scored with fewer features, and in training only where one of them is the
     * target: see {@link AdaptiveSoftmaxSpec}, whose clusters begin at a tenth and a half of the vocabulary. Its weights are
     * its own, so it cannot be tied.
     */
    record Adaptive() implements LanguageOutput {
        @Override
        public SequenceLoss loss() {
            return new AdaptiveSoftmaxOutput();
        }

        @Override
        public boolean fits(Network network) {
            List<LayerSpec> layers = network.spec().layers();
            return layers.get(layers.size() - 1) instanceof AdaptiveSoftmaxSpec;
        }
    }

    /**
     * In training the target is scored against a sample of the symbols: see {@link SampledSoftmaxOutput}. Losses of training
     * are estimates and not to be compared; those of validation are exact.
     *
     * @param samples S: the symbols that are drawn for each part of a batch, fewer than the vocabulary has
     */
    record Sampled(int samples) implements LanguageOutput {
        public Sampled {
            if (samples < 1) {
                throw new IllegalArgumentException(
                        "samples of the output must be at least 1, got " + samples + "; a thousand suits most texts");
            }
        }

        @Override
        public SequenceLoss loss() {
            return new SampledSoftmaxOutput(samples);
        }
    }
}
