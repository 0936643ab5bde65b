package io.carousel.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.carousel.autograd.Initializer;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.RepeatedRows;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A learned row for each token of a vocabulary: {@code y = weight[x]}, with {@code weight [V, E]} as in PyTorch.
 *
 * <p>Its inputs have one feature, the token's number from 0 to before V as a float, which is exact below 2^24.
 *
 * <p>In training whole words may be dropped: with a probability the row of a token is zeros wherever it stands in a shard, and
 * the rows that stay are scaled by {@code 1 / (1 - rate)}. A weight that is tied keeps all rows where it scores tokens.
 *
 * <p>Source: Bengio, Ducharme, Vincent, Jauvin, <i>A Neural Probabilistic Language Model</i>, 2003; of the dropout: Gal,
 * Ghahramani, <i>A Theoretically Grounded Application of Dropout in Recurrent Neural Networks</i>, 2016.
 *
 * @param name the prefix of its parameter, such as {@code embedding}
 * @param vocabulary V
 * @param size E
 * @param start the distribution of the first weights
 * @param scale its limit or its standard deviation
 * @param wordDropout the probability that a token of the vocabulary is dropped, in [0, 1); 0 for none
 */
public record EmbeddingSpec(String name, int vocabulary, int size, Start start, double scale, double wordDropout)
        implements LayerSpec {
    /** Whole numbers are exact in a float up to here. */
    private static final int MOST = 1 << 24;

    /** The share of different tokens up to which the layer above is told which repeat. */
    private static final double MOST_DIFFERENT = 0.8;

    /** How the weights start. */
    public enum Start {
        /** Uniform in ±scale. */
        @JsonProperty("uniform")
        UNIFORM,
        /** Normal with mean 0 and standard deviation {@code scale}. */
        @JsonProperty("normal")
        NORMAL;

        private Initializer initializer(double scale) {
            return this == UNIFORM ? Initializer.uniform(scale) : Initializer.normal(scale);
        }
    }

    public EmbeddingSpec {
        Names.require(name);
        if (vocabulary < 1 || vocabulary > MOST) {
            throw new IllegalArgumentException(
                    "vocabulary of " + name + " must be from 1 to 2^24 tokens, got " + vocabulary);
        }
        if (size < 1) {
            throw new IllegalArgumentException("size of " + name + " must be positive, got " + size);
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("scale of " + name + " must be positive and finite, got " + scale);
        }
        if (!(wordDropout >= 0 && wordDropout < 1)) {
            throw new IllegalArgumentException(
                    "word dropout of " + name + " must be in [0, 1), got " + wordDropout + "; 0 turns it off");
        }
    }

    /** An embedding that drops no words. */
    public EmbeddingSpec(String name, int vocabulary, int size, Start start, double scale) {
        this(name, vocabulary, size, start, scale, 0);
    }

    /**
     * An embedding that starts uniform in ±0.1, as in Zaremba, Sutskever, Vinyals, <i>Recurrent Neural Network
     * Regularization</i>, 2014.
     */
    public EmbeddingSpec(String name, int vocabulary, int size) {
        this(name, vocabulary, size, Start.UNIFORM, 0.1);
    }

    /** The same with other first weights; PyTorch's are normal with a scale of 1. */
    public EmbeddingSpec withStart(Start distribution, double limitOrDeviation) {
        return new EmbeddingSpec(name, vocabulary, size, distribution, limitOrDeviation, wordDropout);
    }

    /** The same that drops whole words in training. */
    public EmbeddingSpec withWordDropout(double rate) {
        return new EmbeddingSpec(name, vocabulary, size, start, scale, rate);
    }

    @Override
    public Layer layer(int inputSize) {
        if (inputSize != 1) {
            throw new IllegalArgumentException(
                    "input of " + name + " must have shape [N, 1], the tokens' numbers, got [N, " + inputSize
                            + "]; let the embedding be the first layer of a network with one feature");
        }
        return new Embedding(this);
    }

    private record Embedding(EmbeddingSpec spec) implements Layer {
        @Override
        public int outputSize() {
            return spec.size;
        }

        @Override
        public List<Parameters.Declaration> parameters() {
            return List.of(new Parameters.Declaration(
                    weightName(), Shape.of(spec.vocabulary, spec.size), true, spec.start.initializer(spec.scale)));
        }

        private String weightName() {
            return spec.name + ".weight";
        }

        @Override
        public Flow forward(Flow input, LayerContext context) {
            Tensor x = input.rows().value();
            int[] ids = new int[x.rows()];
            for (int row = 0; row < ids.length; row++) {
                float token = x.data()[x.offset() + row];
                if (!isToken(token)) {
                    throw noToken(place(row, input.layout()), token);
                }
                ids[row] = (int) token;
            }
            Parameter weight = context.parameters().get(weightName());
            RunObserver observer = context.observer();
            if (observer != null) {
                Variable rows = Operations.embed(context.tape(), weight, ids);
                return new Flow(observer.embedded(spec.name, context.tape(), rows), input.layout());
            }
            int[] different = Arrays.stream(ids).sorted().distinct().toArray();
            Rng dropout = spec.wordDropout == 0 ? null : context.dropout();
            if (dropout == null && different.length > MOST_DIFFERENT * ids.length) {
                return new Flow(Operations.embed(context.tape(), weight, ids), input.layout());
            }
            int[] places = new int[ids.length];
            Arrays.setAll(places, i -> Arrays.binarySearch(different, ids[i]));
            Variable distinct = Operations.embed(context.tape(), weight, different);
            if (dropout != null) {
                distinct = dropWords(context.tape(), distinct, different, dropout.stream(spec.name));
            }
            Variable rows = Operations.gatherRows(context.tape(), distinct, places);
            return new Flow(rows, input.layout(), new RepeatedRows(distinct, places));
        }

        /** What becomes of a token does not depend on which others there are. */
        private Variable dropWords(Tape tape, Variable rows, int[] tokens, Rng rng) {
            Tensor mask = tape.workspace().take(rows.value().shape());
            float kept = 1 / (1 - (float) spec.wordDropout);
            for (int i = 0; i < tokens.length; i++) {
                boolean dropped = rng.stream(tokens[i]).nextFloat() < (float) spec.wordDropout;
                int from = mask.offset() + i * spec.size;
                Arrays.fill(mask.data(), from, from + spec.size, dropped ? 0 : kept);
            }
            return Operations.multiply(tape, rows, mask);
        }

        private boolean isToken(float token) {
            return token >= 0 && token < spec.vocabulary && token == (int) token;
        }

        private IllegalArgumentException noToken(String place, float token) {
            return new IllegalArgumentException("token at " + place + " must be a whole number from 0 to "
                    + (spec.vocabulary - 1) + " for " + spec.name + ", got " + token
                    + "; number tokens as in the network's vocabulary");
        }

        private static String place(int row, BatchLayout layout) {
            for (int index = 0; index < layout.sequences(); index++) {
                int length = layout.length(layout.position(index));
                for (int t = 0; t < length; t++) {
                    if (layout.row(index, t) == row) {
                        return "time step " + t + " of sequence " + index;
                    }
                }
            }
            return "row " + row;
        }

        @Override
        public LayerStepper stepper(Kernels kernels, Parameters parameters, int capacity) {
            Tensor weight = parameters.get(weightName()).tensor();
            return new StatelessStepper() {
                @Override
                public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
                    for (int row = 0; row < rows; row++) {
                        float token = x[xOffset + row];
                        if (!isToken(token)) {
                            throw noToken("sequence " + row, token);
                        }
                        int id = (int) token;
                        int from = weight.offset() + id * spec.size;
                        System.arraycopy(weight.data(), from, y, yOffset + row * spec.size, spec.size);
                    }
                }
            };
        }
    }
}
