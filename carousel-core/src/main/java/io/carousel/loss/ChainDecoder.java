package io.carousel.loss;

import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;

/**
 * What a linear chain predicts: the best sequence of tags, the best few, and how likely each tag is.
 *
 * <p>Impossible sequences, those that the rules do not allow, have the probability 0 and are never given; probabilities are
 * among the others. Of sequences that score alike the one whose last differing tag has the lower number comes first. Make
 * a new one when the weights have changed; safe for any number of threads.
 *
 * <p>Sources: Viterbi, <i>Error bounds for convolutional codes and an asymptotically optimum decoding algorithm</i>, 1967;
 * Seshadri, Sundberg, <i>List Viterbi decoding algorithms with applications</i>, 1994 (the parallel list).
 */
public final class ChainDecoder {
    private final Kernels kernels;
    private final ChainWeights weights;
    private final ChainRules rules;
    private final int tags;
    /** {@code [K, K]} by the later tag, {@code [K]} and {@code [K]}; -∞ where the rules forbid. */
    private final double[] into;

    private final double[] start;
    private final double[] end;

    /** @throws IllegalArgumentException when the rules are not those of as many tags */
    public ChainDecoder(Kernels kernels, ChainWeights weights, ChainRules rules) {
        this.kernels = kernels;
        this.weights = weights;
        this.rules = rules;
        tags = weights.tags();
        if (rules.tags() != tags) {
            throw new IllegalArgumentException("rules of a chain must be those of its " + tags + " tags, got "
                    + rules.tags() + "; make them of the same tags");
        }
        into = new double[tags * tags];
        start = new double[tags];
        end = new double[tags];
        for (int j = 0; j < tags; j++) {
            start[j] = rules.mayStart(j) ? value(weights.start().tensor(), j) : Double.NEGATIVE_INFINITY;
            end[j] = rules.mayEnd(j) ? value(weights.end().tensor(), j) : Double.NEGATIVE_INFINITY;
            for (int i = 0; i < tags; i++) {
                into[j * tags + i] = rules.mayFollow(i, j)
                        ? value(weights.transitions().tensor(), i * tags + j)
                        : Double.NEGATIVE_INFINITY;
            }
        }
    }

    private static double value(Tensor tensor, int index) {
        return tensor.data()[tensor.offset() + index];
    }

    /**
     * A sequence of tags.
     *
     * @param tags by time step
     * @param score s(y): the sum of its emissions and transitions
     * @param probability P(y | x) among all that are allowed
     */
    public record Path(List<Integer> tags, double score, double probability) {
        public Path {
            tags = List.copyOf(tags);
        }
    }

    /**
     * The best sequence.
     *
     * @param scores {@code [L, K]}: emissions of one sequence
     * @return {@code [L]}
     * @throws IllegalArgumentException when a score is not finite, or the rules allow no sequence of this length
     */
    public int[] best(Tensor scores) {
        int length = requireScores(scores);
        int[] path = new int[length];
        if (length == 0) {
            return path;
        }
        int[] from = new int[length * tags];
        double[] now = new double[tags];
        double[] before = new double[tags];
        for (int j = 0; j < tags; j++) {
            now[j] = start[j] + value(scores, j);
        }
        for (int t = 1; t < length; t++) {
            double[] free = before;
            before = now;
            now = free;
            for (int j = 0; j < tags; j++) {
                int best = 0;
                double most = before[0] + into[j * tags];
                for (int i = 1; i < tags; i++) {
                    double score = before[i] + into[j * tags + i];
                    if (score > most) {
                        most = score;
                        best = i;
                    }
                }
                from[t * tags + j] = best;
                now[j] = most + value(scores, t * tags + j);
            }
        }
        for (int j = 0; j < tags; j++) {
            now[j] += end[j];
            path[length - 1] = now[j] > now[path[length - 1]] ? j : path[length - 1];
        }
        if (now[path[length - 1]] == Double.NEGATIVE_INFINITY) {
            throw noPath(length);
        }
        for (int t = length - 1; t > 0; t--) {
            path[t - 1] = from[t * tags + path[t]];
        }
        return path;
    }

    /**
     * The best sequences, the best first: exactly the {@code count} that score highest, or all where there are fewer.
     *
     * @param scores {@code [L, K]}: emissions of one sequence
     * @throws IllegalArgumentException as {@link #best(Tensor)}
     */
    public List<Path> best(Tensor scores, int count) {
        int length = requireScores(scores);
        if (count < 1) {
            throw new IllegalArgumentException("number of best sequences must be positive, got " + count);
        }
        if (length == 0) {
            return List.of(new Path(List.of(), 0, 1));
        }
        double logPartition = lattice(scores).logPartition(0);
        PathLists lists = new PathLists(tags, atMost(count, length), start, into, end);
        List<Path> paths = new ArrayList<>();
        for (PathLists.Ranked ranked : lists.best(scores)) {
            double probability = Math.min(1, StrictMath.exp(ranked.score() - logPartition));
            paths.add(new Path(ranked.tags(), ranked.score(), probability));
        }
        if (paths.isEmpty()) {
            throw noPath(length);
        }
        return paths;
    }

    /** No more than there are sequences. */
    private int atMost(int count, int length) {
        long paths = 1;
        for (int t = 0; t < length && paths < count; t++) {
            paths *= tags;
        }
        return (int) Math.min(count, paths);
    }

    /**
     * The probability of every tag at every time step, by forward-backward.
     *
     * @param scores {@code [L, K]}: emissions of one sequence
     * @return {@code [L, K]}: P(y_t = j | x); each row sums to 1
     * @throws IllegalArgumentException as {@link #best(Tensor)}
     */
    public Tensor marginals(Tensor scores) {
        int length = requireScores(scores);
        Tensor marginals = new Tensor(Shape.of(length, tags), new float[length * tags], 0);
        if (length > 0) {
            lattice(scores).backward(1, new ChainLattice.Visitor() {
                @Override
                public void tags(int t, int alive, Slice p) {
                    System.arraycopy(p.array(), p.offset(), marginals.data(), t * tags, tags);
                }
            });
        }
        return marginals;
    }

    /**
     * log Z: the logarithm of the sum of {@code e^s} over all sequences that are allowed.
     *
     * @param scores {@code [L, K]}: emissions of one sequence
     */
    public double logPartition(Tensor scores) {
        requireScores(scores);
        return lattice(scores).logPartition(0);
    }

    private ChainLattice lattice(Tensor scores) {
        best(scores); // or there is no path
        ChainLattice lattice =
                new ChainLattice(kernels, new Workspace(), scores, BatchLayout.of(scores.rows()), weights, rules, 0);
        lattice.forward();
        return lattice;
    }

    /**
     * The scores of one sequence of a batch, as the other methods want them.
     *
     * @param rows {@code [N, K]}, as in the layout
     * @param index of the sequence in the caller's order
     * @return {@code [L, K]}
     */
    public static Tensor sequence(Tensor rows, BatchLayout layout, int index) {
        int length = layout.length(layout.position(index));
        int columns = rows.columns();
        float[] scores = new float[length * columns];
        for (int t = 0; t < length; t++) {
            int from = rows.offset() + layout.row(index, t) * columns;
            System.arraycopy(rows.data(), from, scores, t * columns, columns);
        }
        return new Tensor(Shape.of(length, columns), scores, 0);
    }

    private int requireScores(Tensor scores) {
        if (scores.columns() != tags) {
            throw new IllegalArgumentException("scores of a chain must have shape [L, " + tags
                    + "], a column for each tag, got " + scores.shape());
        }
        for (int i = 0; i < scores.size(); i++) {
            float score = scores.data()[scores.offset() + i];
            if (!Float.isFinite(score)) {
                throw new IllegalArgumentException("score of tag " + i % tags + " at time step " + i / tags
                        + " must be finite, got " + score + "; check the inputs and the weights of the network");
            }
        }
        return scores.rows();
    }

    private static IllegalArgumentException noPath(int length) {
        return new IllegalArgumentException("rules of a chain must allow a sequence of " + length
                + " tags, got none; add the tag O, or the missing tags of the scheme");
    }
}
