package io.carousel.layer;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a decoder weighs the rows of its source.
 *
 * <pre>{@code
 * e_s = score(q, k_s)       a = softmax(e)       c = Σ a_s v_s
 * }</pre>
 *
 * <p>where q comes from the decoder's state h, and k and v from a row r of the source.
 *
 * <p>A local attention looks around a position p that it predicts, and sees the rows not farther from it than D:
 *
 * <pre>{@code
 * p = S σ(w · tanh(W_p h))       a_s = softmax(e)_s exp(-(s - p)² / (2 (D/2)²))
 * }</pre>
 *
 * <p>Coverage adds up what was attended to so far, tells it to the score, and costs what is attended to again:
 *
 * <pre>{@code
 * g_t = Σ a_i, i < t             loss = λ Σ_s min(a_ts, g_ts)
 * }</pre>
 *
 * <p>Sources: Bahdanau, Cho, Bengio, <i>Neural Machine Translation by Jointly Learning to Align and Translate</i>, 2014; Luong, Pham,
 * Manning, <i>Effective Approaches to Attention-based Neural Machine Translation</i>, 2015; of several heads: Vaswani et al.,
 * <i>Attention Is All You Need</i>, 2017; of coverage: See, Liu, Manning, <i>Get To The Point</i>, 2017.
 *
 * @param score what tells how well a row answers
 * @param size A, of the additive and the scaled score and of the predicted position; else at will
 * @param heads of the scaled score, each of A / heads numbers; else 1
 * @param window D of a local attention; 0 for a global one
 * @param coverage the most rows of a source whose coverage is kept, as many numbers of the state; 0 for none
 * @param coverageLoss λ
 */
public record AttentionSpec(Score score, int size, int heads, int window, int coverage, double coverageLoss) {
    /** The widest window and the longest source with coverage. */
    private static final int MOST = 1 << 16;

    /** How well a row answers. */
    public enum Score {
        /** {@code v · tanh(W_q h + W_k r + b)}: that of Bahdanau et al., and Luong's "concat". */
        @JsonProperty("additive")
        ADDITIVE,
        /** {@code h · r}, for rows as wide as the state. */
        @JsonProperty("dot")
        DOT,
        /** {@code h · W_k r}. */
        @JsonProperty("general")
        GENERAL,
        /** {@code W_q h · W_k r / √d} of each of some heads of d numbers, whose rows are {@code v = W_v r}. */
        @JsonProperty("scaled")
        SCALED
    }

    public AttentionSpec {
        if (size < 1) {
            throw new IllegalArgumentException("size of an attention must be positive, got " + size);
        }
        if (heads < 1 || (score == Score.SCALED ? size % heads != 0 : heads > 1)) {
            throw new IllegalArgumentException("heads of an attention must divide its size of " + size
                    + " for a scaled score, and be 1 for others, got " + heads);
        }
        if (window < 0 || window > MOST) {
            throw new IllegalArgumentException(
                    "window of an attention must be from 0 to " + MOST + ", got " + window + "; 0 sees all rows");
        }
        if (coverage < 0 || coverage > MOST) {
            throw new IllegalArgumentException(
                    "rows with coverage must be from 0 to " + MOST + ", got " + coverage + "; 0 keeps none");
        }
        if (coverage > 0 && score != Score.ADDITIVE) {
            throw new IllegalArgumentException("score of an attention with coverage must be additive, got " + score);
        }
        if (!(coverageLoss >= 0) || Double.isInfinite(coverageLoss) || (coverage == 0 && coverageLoss > 0)) {
            throw new IllegalArgumentException(
                    "loss of coverage must be finite, not negative, and 0 without coverage, got " + coverageLoss);
        }
    }

    /** The additive score of that size. */
    public static AttentionSpec additive(int size) {
        return new AttentionSpec(Score.ADDITIVE, size, 1, 0, 0, 0);
    }

    /** The product of state and row. */
    public static AttentionSpec dot() {
        return new AttentionSpec(Score.DOT, 1, 1, 0, 0, 0);
    }

    /** The product of state and row through a matrix. */
    public static AttentionSpec general() {
        return new AttentionSpec(Score.GENERAL, 1, 1, 0, 0, 0);
    }

    /** Scaled products of several heads that together have that size. */
    public static AttentionSpec scaled(int size, int heads) {
        return new AttentionSpec(Score.SCALED, size, heads, 0, 0, 0);
    }

    /**
     * The same around a position that it predicts.
     *
     * @param width D
     * @param positionSize A, of what predicts it, where the score has none of its own
     */
    public AttentionSpec local(int width, int positionSize) {
        int own = score == Score.ADDITIVE || score == Score.SCALED ? size : positionSize;
        return new AttentionSpec(score, own, heads, width, coverage, coverageLoss);
    }

    /** The same with coverage of at most so many rows, and what it costs. */
    public AttentionSpec withCoverage(int rows, double loss) {
        return new AttentionSpec(score, size, heads, window, rows, loss);
    }

    boolean projects() {
        return score == Score.ADDITIVE || score == Score.SCALED;
    }

    /** The width of a query. */
    int querySize(int hidden) {
        return projects() ? size : hidden;
    }

    /** The width of what is prepared of a row. */
    int preparedSize(int hidden) {
        return switch (score) {
            case ADDITIVE -> size;
            case DOT, GENERAL -> hidden;
            case SCALED -> Math.multiplyExact(2, size);
        };
    }

    /** The width of a context. */
    int contextSize(int sourceSize) {
        return score == Score.SCALED ? size : sourceSize;
    }
}
