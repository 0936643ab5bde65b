package io.carousel.layer;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Parameters;
import io.carousel.cell.StatePart;
import io.carousel.tensor.Shape;
import java.util.List;

/**
 * Makes one row of the rows of each sequence.
 *
 * <pre>{@code
 * last        y = x_T                    read backward: x_1; in both directions: the left half of x_T, the right half of x_1
 * mean        y = Σ x_t / T
 * max         y = max x_t                of each column
 * attention   e_t = q · tanh(W x_t + b)  y = Σ e^e_t x_t / Σ e^e_t
 * }</pre>
 *
 * <p>Over a batch a sequence must have a time step. One time step at a time, it gives what it would give if the sequence ended
 * there, and remembers what it needs for that; so the output of the last time step has the bits of the whole.
 *
 * <p>Parameters of attention: {@code weight [A, F]}, {@code bias [A]}, {@code query [A]}.
 *
 * <p>Sources: Bahdanau, Cho, Bengio, <i>Neural Machine Translation by Jointly Learning to Align and Translate</i>, 2014, for
 * additive attention; Yang et al., <i>Hierarchical Attention Networks for Document Classification</i>, 2016, for a query that
 * is learned.
 *
 * @param name the prefix of its parameters and of its parts of the state
 * @param kind how the rows become one
 * @param direction of {@link Pooling#LAST}: in which direction the layer beneath reads; with both, its merge must be {@link
 *     Merge#CONCATENATE}. {@link Direction#FORWARD} of the others, which read all rows.
 * @param size A, the width in which attention compares; 0 for the others
 */
public record PoolingSpec(String name, Pooling kind, Direction direction, int size) implements LayerSpec {
    public PoolingSpec {
        Names.require(name);
        if (kind == Pooling.ATTENTION ? size < 1 : size != 0) {
            throw new IllegalArgumentException("size of " + name + " must be "
                    + (kind == Pooling.ATTENTION ? "positive" : "0 without attention") + ", got " + size);
        }
        if (kind != Pooling.LAST && direction != Direction.FORWARD) {
            throw new IllegalArgumentException("direction of " + name + " must be FORWARD unless it is the last row "
                    + "that is kept, got " + direction + "; all rows are read");
        }
    }

    /** The row where the reading ended, by the direction of the layer beneath. */
    public static PoolingSpec last(String name, Direction direction) {
        return new PoolingSpec(name, Pooling.LAST, direction, 0);
    }

    /** The mean of the rows. */
    public static PoolingSpec mean(String name) {
        return new PoolingSpec(name, Pooling.MEAN, Direction.FORWARD, 0);
    }

    /** The largest number of each column. */
    public static PoolingSpec max(String name) {
        return new PoolingSpec(name, Pooling.MAX, Direction.FORWARD, 0);
    }

    /**
     * A mean whose weights are learned.
     *
     * @param size A
     */
    public static PoolingSpec attention(String name, int size) {
        return new PoolingSpec(name, Pooling.ATTENTION, Direction.FORWARD, size);
    }

    @Override
    public Layer layer(int inputSize) {
        if (kind == Pooling.LAST && direction == Direction.FORWARD) {
            return new LastStepSpec().layer(inputSize);
        }
        if (direction == Direction.BIDIRECTIONAL && inputSize % 2 != 0) {
            throw new IllegalArgumentException("input of " + name
                    + " must have an even width, one half for each direction, got " + inputSize
                    + "; let it follow a layer that reads in both directions and concatenates them");
        }
        return new PoolingLayer(this, inputSize);
    }

    /** What is learned: of attention only. */
    List<Parameters.Declaration> declarations(int inputSize) {
        if (kind != Pooling.ATTENTION) {
            return List.of();
        }
        return List.of(
                new Parameters.Declaration(
                        name + ".weight", Shape.of(size, inputSize), true, Initializer.glorotUniform(1)),
                new Parameters.Declaration(name + ".bias", Shape.of(size), false, Initializer.constant(0)),
                new Parameters.Declaration(
                        name + ".query", Shape.of(size), true, Initializer.uniformByHiddenSize(size)));
    }

    /** What a sequence remembers; first the number of its time steps so far. */
    List<StatePart> parts(int inputSize) {
        StatePart steps = new StatePart(name + ".steps", 1);
        return switch (kind) {
            case LAST -> List.of(steps, new StatePart(name + ".first", firstColumns(inputSize)));
            case MEAN -> List.of(steps, new StatePart(name + ".sum", inputSize));
            case MAX -> List.of(steps, new StatePart(name + ".largest", inputSize));
            case ATTENTION ->
                List.of(
                        steps,
                        new StatePart(name + ".score", 1),
                        new StatePart(name + ".total", 1),
                        new StatePart(name + ".sum", inputSize));
        };
    }

    /** How many columns, the right ones, come from the first row. */
    int firstColumns(int inputSize) {
        return direction == Direction.BACKWARD ? inputSize : inputSize / 2;
    }
}
