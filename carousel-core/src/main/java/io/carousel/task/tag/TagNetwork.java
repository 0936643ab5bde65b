package io.carousel.task.tag;

import io.carousel.layer.ColumnsSpec;
import io.carousel.layer.CrfSpec;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.DropoutSpec;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.FrozenSpec;
import io.carousel.layer.JoinSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.task.CharacterReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The network of a spec, from the row of a word to the scores of its tags. */
final class TagNetwork {
    static final String WORDS = "words";
    static final String CHAIN = "crf";

    private TagNetwork() {}

    /** How many features a row of the input has: the word, its features, its characters. */
    static int inputSize(TagEncoding encoding) {
        return 1 + encoding.features().size() + characters(encoding.spec());
    }

    /** The columns of characters. */
    static int characters(TagSpec spec) {
        return spec.characters() == CharacterReader.NONE ? 0 : spec.mostCharacters();
    }

    static NetworkSpec spec(TagEncoding encoding) {
        TagSpec spec = encoding.spec();
        List<LayerSpec> layers = new ArrayList<>();
        layers.add(input(encoding));
        if (spec.dropout() > 0) {
            layers.add(new DropoutSpec("input_dropout", spec.dropout()));
        }
        layers.add(
                RecurrentSpec.of("encoder", spec.cell().toString(), Collections.nCopies(spec.layers(), spec.hidden()))
                        .withDirection(spec.direction())
                        .withDropout(spec.layers() > 1 ? spec.dropout() : 0));
        if (spec.dropout() > 0) {
            layers.add(new DropoutSpec("output_dropout", spec.dropout()));
        }
        layers.add(new DenseSpec("scores", encoding.tags().size()));
        if (spec.output() == TagOutput.CRF) {
            layers.add(chain(encoding));
        }
        return new NetworkSpec(inputSize(encoding), layers);
    }

    static CrfSpec chain(TagEncoding encoding) {
        return new CrfSpec(CHAIN, encoding.tags().size());
    }

    private static LayerSpec input(TagEncoding encoding) {
        TagSpec spec = encoding.spec();
        // uniform in ±√(3 / E), so that rows have the length 1 on average: Ma and Hovy 2016
        LayerSpec embedding = embedding(WORDS, encoding.words().size(), encoding.wordSize());
        LayerSpec words = spec.frozenWords() ? new FrozenSpec(List.of(embedding)) : embedding;
        List<List<LayerSpec>> branches = new ArrayList<>();
        branches.add(List.of(new ColumnsSpec(0, 1), words));
        for (int i = 0; i < encoding.features().size(); i++) {
            int values = encoding.features().get(i).size();
            branches.add(
                    List.of(new ColumnsSpec(1 + i, 1), embedding("feature" + (i + 1), values, spec.featureSize())));
        }
        if (spec.characters() != CharacterReader.NONE) {
            int first = 1 + encoding.features().size();
            LayerSpec reader = spec.characters()
                    .layer(
                            "characters",
                            encoding.characters().size(),
                            spec.characterSize(),
                            spec.characterOutputs(),
                            spec.cell());
            branches.add(List.of(new ColumnsSpec(first, spec.mostCharacters()), reader));
        }
        return branches.size() == 1 ? words : new JoinSpec(branches);
    }

    private static LayerSpec embedding(String name, int vocabulary, int size) {
        return new EmbeddingSpec(name, vocabulary, size).withStart(EmbeddingSpec.Start.UNIFORM, Math.sqrt(3.0 / size));
    }
}
