package io.carousel.task.language;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Parameter;
import io.carousel.layer.AdaptiveSoftmaxSpec;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.DropoutSpec;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.LockedDropoutSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.Regularization;
import io.carousel.layer.TiedDenseSpec;
import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.List;

/** The network of a language model: an embedding, recurrent layers and an output for each symbol. */
final class LanguageNetwork {
    private static final String EMBEDDING = "embedding";
    private static final String DECODER = "decoder";

    private LanguageNetwork() {}

    /** A network before training. */
    static Network create(LanguageSpec spec, int vocabulary, Rng rng) {
        Network network = Network.create(new NetworkSpec(1, layers(spec, vocabulary)), rng);
        Double range = spec.initialRange();
        if (range != null) {
            Initializer uniform = Initializer.uniform(range);
            for (Parameter parameter : network.parameters().list()) {
                uniform.fill(parameter.tensor(), rng.stream("initial " + parameter.name()));
            }
            network.parameters().changed();
        }
        return network;
    }

    private static List<LayerSpec> layers(LanguageSpec spec, int vocabulary) {
        LanguageRegularizers rates = spec.regularizers();
        List<Integer> widths = new ArrayList<>();
        for (int layer = 1; layer <= spec.layers(); layer++) {
            widths.add(spec.tied() && layer == spec.layers() ? spec.embeddingSize() : spec.hidden());
        }
        List<LayerSpec> layers = new ArrayList<>();
        layers.add(new EmbeddingSpec(EMBEDDING, vocabulary, spec.embeddingSize()).withWordDropout(rates.words()));
        if (rates.variational()) {
            for (int layer = 0; layer < widths.size(); layer++) {
                layers.add(RecurrentSpec.of(
                                "encoder" + (layer + 1), spec.cell().toString(), widths.subList(layer, layer + 1))
                        .withRegularization(regularization(rates, layer == widths.size() - 1)
                                .withVariationalDropout(layer == 0 ? rates.input() : rates.between(), 0)));
            }
        } else {
            addDropout(layers, "inputDropout", rates.input());
            layers.add(RecurrentSpec.of("encoder", spec.cell().toString(), widths)
                    .withDropout(rates.between())
                    .withRegularization(regularization(rates, true)));
        }
        if (rates.variational() && rates.output() > 0) {
            layers.add(new LockedDropoutSpec("outputDropout", rates.output()));
        } else {
            addDropout(layers, "outputDropout", rates.output());
        }
        layers.add(output(spec, vocabulary));
        return layers;
    }

    private static LayerSpec output(LanguageSpec spec, int vocabulary) {
        if (spec.output() instanceof LanguageOutput.Adaptive) {
            return new AdaptiveSoftmaxSpec(DECODER, vocabulary, AdaptiveSoftmaxSpec.usualCutoffs(vocabulary));
        }
        return spec.tied() ? new TiedDenseSpec(DECODER, vocabulary, EMBEDDING) : new DenseSpec(DECODER, vocabulary);
    }

    private static Regularization regularization(LanguageRegularizers rates, boolean top) {
        Regularization choice = Regularization.NONE.withDropConnect(rates.dropConnect());
        return top ? choice.withPenalties(rates.activationPenalty(), rates.temporalPenalty()) : choice;
    }

    private static void addDropout(List<LayerSpec> layers, String name, double rate) {
        if (rate > 0) {
            layers.add(new DropoutSpec(name, rate));
        }
    }
}
