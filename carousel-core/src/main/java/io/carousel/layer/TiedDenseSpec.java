package io.carousel.layer;

/**
 * A linear function of each row whose weight is that of an embedding: {@code y = W x + b}, with W the rows of all tokens, so
 * that a token is scored by how alike its row and x are.
 *
 * <p>Its input has the width of the embedding.
 *
 * <p>Source: Press, Wolf, <i>Using the Output Embedding to Improve Language Models</i>, 2016.
 *
 * @param name the prefix of its bias, such as {@code decoder}
 * @param outputs V, the vocabulary of the embedding
 * @param embedding the name of the embedding
 */
public record TiedDenseSpec(String name, int outputs, String embedding) implements LayerSpec {
    public TiedDenseSpec {
        Names.require(name);
        Names.require(embedding);
        Dense.requireOutputs(name, outputs);
    }

    @Override
    public Layer layer(int inputSize) {
        return new Dense(name, embedding + ".weight", true, inputSize, outputs);
    }
}
