package io.carousel.layer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The definition of one layer; prints as JSON with its kind in {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RecurrentSpec.class, name = "recurrent"),
    @JsonSubTypes.Type(value = DecoderSpec.class, name = "decoder"),
    @JsonSubTypes.Type(value = EmbeddingSpec.class, name = "embedding"),
    @JsonSubTypes.Type(value = DropoutSpec.class, name = "dropout"),
    @JsonSubTypes.Type(value = LockedDropoutSpec.class, name = "locked-dropout"),
    @JsonSubTypes.Type(value = LastStepSpec.class, name = "last-step"),
    @JsonSubTypes.Type(value = PoolingSpec.class, name = "pooling"),
    @JsonSubTypes.Type(value = WindowSpec.class, name = "window"),
    @JsonSubTypes.Type(value = DenseSpec.class, name = "dense"),
    @JsonSubTypes.Type(value = TiedDenseSpec.class, name = "tied-dense"),
    @JsonSubTypes.Type(value = AdaptiveSoftmaxSpec.class, name = "adaptive-softmax"),
    @JsonSubTypes.Type(value = CrfSpec.class, name = "crf"),
    @JsonSubTypes.Type(value = SumSpec.class, name = "sum"),
    @JsonSubTypes.Type(value = JoinSpec.class, name = "join"),
    @JsonSubTypes.Type(value = ColumnsSpec.class, name = "columns"),
    @JsonSubTypes.Type(value = FrozenSpec.class, name = "frozen"),
    @JsonSubTypes.Type(value = CharacterRecurrentSpec.class, name = "character-recurrent"),
    @JsonSubTypes.Type(value = CharacterConvolutionSpec.class, name = "character-convolution")
})
public sealed interface LayerSpec
        permits RecurrentSpec,
                DecoderSpec,
                EmbeddingSpec,
                DropoutSpec,
                LockedDropoutSpec,
                LastStepSpec,
                PoolingSpec,
                WindowSpec,
                DenseSpec,
                TiedDenseSpec,
                AdaptiveSoftmaxSpec,
                CrfSpec,
                SumSpec,
                JoinSpec,
                ColumnsSpec,
                FrozenSpec,
                CharacterRecurrentSpec,
                CharacterConvolutionSpec {
    /**
     * The layer for inputs of that width.
     *
     * @throws IllegalArgumentException when it cannot follow such an input
     */
    Layer layer(int inputSize);
}
