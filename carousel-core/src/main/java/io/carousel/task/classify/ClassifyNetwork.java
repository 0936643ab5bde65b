package io.carousel.task.classify;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.layer.CharacterConvolutionSpec;
import io.carousel.layer.CharacterRecurrentSpec;
import io.carousel.layer.ColumnsSpec;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.DropoutSpec;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.FrozenSpec;
import io.carousel.layer.JoinSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.PoolingSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.Regularization;
import io.carousel.layer.SumSpec;
import io.carousel.task.VectorRows;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.text.Vocabulary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The networks of a classifier: a member, and the mean of several.
 *
 * <pre>{@code
 * tokens ─ embedding, beside it a reader of characters ─┐
 *                                              numbers ─┴─ recurrent layers ─ pooling ─ dropout ─ head [C]
 * }</pre>
 */
final class ClassifyNetwork {
    private static final String EMBEDDING = "embedding";

    /** Widths of a character's row, and of what is made of those of a word: Ma and Hovy 2016, as in a tagger. */
    private static final int CHARACTER_SIZE = 30;

    private static final int CHARACTER_OUTPUTS = 50;

    private ClassifyNetwork() {}

    /**
     * A member before training.
     *
     * @param spec with everything decided
     * @param encoder makes what it reads
     * @param member from 0
     * @param vectors that tokens start with; null for random ones
     */
    static Network member(
            ClassifySpec spec, InputEncoder encoder, int labels, int member, long seed, @Nullable VectorRows vectors) {
        Rng rng = Rng.of(seed).stream("member" + (member + 1));
        Network network = Network.create(new NetworkSpec(encoder.width(), layers(spec, encoder, labels, member)), rng);
        if (vectors != null) {
            Parameters parameters = network.parameters();
            Parameter rows = parameters.get(EMBEDDING + suffix(member, spec.members()) + ".weight");
            vectors.copyTo(parameters.values(), rows.offset());
            parameters.changed();
        }
        return network;
    }

    private static List<LayerSpec> layers(ClassifySpec spec, InputEncoder encoder, int labels, int member) {
        String suffix = suffix(member, spec.members());
        List<LayerSpec> layers = new ArrayList<>();
        Vocabulary vocabulary = encoder.vocabulary();
        if (vocabulary != null) {
            LayerSpec embedding = new EmbeddingSpec(EMBEDDING + suffix, vocabulary.size(), spec.embedding());
            LayerSpec words = spec.frozenWords() ? new FrozenSpec(List.of(embedding)) : embedding;
            Vocabulary characters = encoder.characters();
            layers.add(characters == null ? words : join(words, spec, "characters" + suffix, characters.size()));
        }
        layers.add(RecurrentSpec.of(
                        "encoder" + suffix, spec.cell().toString(), Collections.nCopies(spec.layers(), spec.hidden()))
                .withDirection(spec.direction())
                .withDropout(spec.dropout())
                .withRegularization(Regularization.NONE.withVariationalDropout(spec.inputDropout(), 0)));
        layers.add(pooling(spec, "pooling" + suffix));
        layers.add(new DropoutSpec("dropout" + suffix, spec.dropout()));
        layers.add(new DenseSpec(head(member, spec.members()), labels));
        return layers;
    }

    /** The row of a token, and beside it what is made of its characters. */
    private static LayerSpec join(LayerSpec words, ClassifySpec spec, String name, int characters) {
        LayerSpec reader = spec.characters().layer(name, characters, CHARACTER_SIZE, CHARACTER_OUTPUTS, spec.cell());
        return new JoinSpec(List.of(
                List.of(new ColumnsSpec(0, 1), words),
                List.of(new ColumnsSpec(1, InputEncoder.MOST_CHARACTERS), reader)));
    }

    private static LayerSpec pooling(ClassifySpec spec, String name) {
        return switch (Objects.requireNonNull(spec.pooling())) {
            case LAST -> PoolingSpec.last(name, spec.direction());
            case MEAN -> PoolingSpec.mean(name);
            case MAX -> PoolingSpec.max(name);
            case ATTENTION -> PoolingSpec.attention(name, spec.hidden());
        };
    }

    private static String head(int member, int members) {
        return "head" + suffix(member, members);
    }

    private static String suffix(int member, int members) {
        return members == 1 ? "" : Integer.toString(member + 1);
    }

    /** The mean of what members give, as one network. */
    static Network mean(List<Network> members, int asked) {
        if (members.size() == 1) {
            return members.get(0);
        }
        List<List<LayerSpec>> branches =
                members.stream().map(member -> member.spec().layers()).toList();
        NetworkSpec spec = new NetworkSpec(members.get(0).spec().inputSize(), List.of(new SumSpec(branches)));
        Parameters parameters = Parameters.of(Network.declarations(spec));
        for (int m = 0; m < members.size(); m++) {
            String head = head(m, asked);
            for (Parameter from : members.get(m).parameters().list()) {
                boolean scaled = from.name().startsWith(head + ".");
                copy(from, parameters.get(from.name()), scaled ? members.size() : 1);
            }
        }
        parameters.changed();
        return Network.of(spec, parameters);
    }

    private static void copy(Parameter from, Parameter to, int divisor) {
        Tensor source = from.tensor();
        for (int i = 0; i < source.size(); i++) {
            to.tensor().data()[to.offset() + i] = source.data()[from.offset() + i] / divisor;
        }
    }

    /** The symbols of each embedding, in any branch. */
    static List<Integer> symbols(List<LayerSpec> layers) {
        return flat(layers)
                .flatMap(layer ->
                        layer instanceof EmbeddingSpec embedding ? Stream.of(embedding.vocabulary()) : Stream.of())
                .toList();
    }

    /** The symbols of each reader of characters, in any branch. */
    static List<Integer> characters(List<LayerSpec> layers) {
        return flat(layers)
                .flatMap(layer -> layer instanceof CharacterConvolutionSpec convolution
                        ? Stream.of(convolution.vocabulary())
                        : layer instanceof CharacterRecurrentSpec recurrent
                                ? Stream.of(recurrent.vocabulary())
                                : Stream.of())
                .toList();
    }

    /** Layers and those within them. */
    private static Stream<LayerSpec> flat(List<LayerSpec> layers) {
        return layers.stream().flatMap(layer -> {
            if (layer instanceof SumSpec sum) {
                return sum.branches().stream().flatMap(ClassifyNetwork::flat);
            }
            if (layer instanceof JoinSpec join) {
                return join.branches().stream().flatMap(ClassifyNetwork::flat);
            }
            return layer instanceof FrozenSpec frozen ? flat(frozen.layers()) : Stream.of(layer);
        });
    }

    /** Whether every branch of a network makes one row of each sequence. */
    static boolean pools(List<LayerSpec> layers) {
        for (LayerSpec layer : layers) {
            if (layer instanceof PoolingSpec) {
                return true;
            }
            if (layer instanceof SumSpec sum) {
                return sum.branches().stream().allMatch(ClassifyNetwork::pools);
            }
        }
        return false;
    }
}
