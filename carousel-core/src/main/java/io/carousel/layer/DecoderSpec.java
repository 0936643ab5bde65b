package io.carousel.layer;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A stack of recurrent levels that attends to the rows of a source in every time step.
 *
 * <p>With h the output of the highest level, c what attention gives and x the input of the layer:
 *
 * <pre>{@code
 * y_t = tanh(W_c [c_t; h_t])                                         the output of the layer
 * CONTEXT   c_t = attend(h_{t-1})    h_t = levels([x_t; c_t])        Bahdanau et al.
 * OUTPUT    h_t = levels([x_t; y_{t-1}])    c_t = attend(h_t)        Luong et al., with input feeding
 * NOTHING   h_t = levels(x_t)        c_t = attend(h_t)               Luong et al., without
 * }</pre>
 *
 * <p>Parameters: those of the stack, and with its name {@code attended [O, C + H]}, {@code attention_query [A, H]}, {@code attention_key},
 * {@code attention_value [A, E]}, {@code attention_bias}, {@code attention_score}, {@code attention_coverage [A]}, {@code
 * attention_position [A]} and {@code attention_position_weight [A, H]}, of which there are those that the attention needs. The state holds
 * that of the levels, {@code attended [O]} when it is fed, and the coverage.
 *
 * <p>Sources: see {@link AttentionSpec}.
 *
 * @param levels the stack, which reads forward, without connections between its levels
 * @param sourceSize E, the width of a row of the source
 * @param feeding what the lowest level reads besides the input
 * @param outputSize O
 */
public record DecoderSpec(
        RecurrentSpec levels, AttentionSpec attention, int sourceSize, Feeding feeding, int outputSize)
        implements LayerSpec {
    /** What the lowest level reads besides the input. */
    public enum Feeding {
        /** The context, attended to from the state before the time step. */
        @JsonProperty("context")
        CONTEXT,
        /** The layer's output of the time step before. */
        @JsonProperty("output")
        OUTPUT,
        /** Nothing. */
        @JsonProperty("nothing")
        NOTHING
    }

    public DecoderSpec {
        String name = levels.name();
        if (levels.direction() != Direction.FORWARD) {
            throw new IllegalArgumentException("a decoder must read forward, got " + name + ", which does not");
        }
        if (levels.connection() != Connection.PLAIN) {
            throw new IllegalArgumentException("levels of a decoder must have plain connections, got others in " + name
                    + "; use Connection.PLAIN");
        }
        if (levels.regularization().inputDropout() > 0) {
            throw new IllegalArgumentException("input dropout of " + name
                    + " must be 0 in a decoder with attention, got "
                    + levels.regularization().inputDropout()
                    + "; put a dropout layer before it");
        }
        if (levels.regularization().penalizes()) {
            throw new IllegalArgumentException("outputs of " + name
                    + " must not be penalised in a decoder with attention; set the penalties to 0");
        }
        if (sourceSize < 1 || outputSize < 1) {
            throw new IllegalArgumentException("sizes of source and output of " + name + " must be positive, got "
                    + sourceSize + " and " + outputSize);
        }
        int hidden = levels.hiddenSizes().get(levels.hiddenSizes().size() - 1);
        if (attention.score() == AttentionSpec.Score.DOT && sourceSize != hidden) {
            throw new IllegalArgumentException(
                    "state and source of " + name + " must have the same width for their product," + " got " + hidden
                            + " and " + sourceSize + "; use a general score");
        }
    }

    /** The attention of Bahdanau et al. for a stack of that cell. */
    public static DecoderSpec additive(RecurrentSpec levels, int sourceSize) {
        int hidden = levels.hiddenSizes().get(levels.hiddenSizes().size() - 1);
        return new DecoderSpec(levels, AttentionSpec.additive(hidden), sourceSize, Feeding.CONTEXT, hidden);
    }

    /** The attention of Luong et al. with input feeding and a general score. */
    public static DecoderSpec general(RecurrentSpec levels, int sourceSize) {
        int hidden = levels.hiddenSizes().get(levels.hiddenSizes().size() - 1);
        return new DecoderSpec(levels, AttentionSpec.general(), sourceSize, Feeding.OUTPUT, hidden);
    }

    @Override
    public Layer layer(int inputSize) {
        int fed =
                switch (feeding) {
                    case CONTEXT -> attention.contextSize(sourceSize);
                    case OUTPUT -> outputSize;
                    case NOTHING -> 0;
                };
        return new DecoderLayer(this, inputSize, levels.stack(Math.addExact(inputSize, fed)));
    }
}
