package io.carousel.loss;

import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The best few paths to every tag at every time step: Viterbi's algorithm with lists.
 *
 * <p>The list of a tag is a merge of the lists of all tags before it, each of which is in order already; so a time step costs
 * {@code n K²} comparisons for lists of n.
 */
final class PathLists {
    /** A path and its score. */
    record Ranked(List<Integer> tags, double score) {}

    private final int tags;
    private final int count;
    private final double[] start;
    private final double[] into;
    private final double[] end;
    /** Where a merge stands in the list of each tag. */
    private final int[] heads;

    /**
     * @param count n
     * @param into {@code [K, K]} by the later tag; -∞ where a transition is forbidden, as in start and end
     */
    PathLists(int tags, int count, double[] start, double[] into, double[] end) {
        this.tags = tags;
        this.count = count;
        this.start = start;
        this.into = into;
        this.end = end;
        heads = new int[tags];
    }

    /**
     * The lists of all tags at a time step; places that are not filled score -∞.
     *
     * @param scores {@code [K, n]}, each row descending
     * @param from {@code [K, n]}: the place of the path before, tag n + rank
     */
    private record Lists(double[] scores, int[] from) {}

    /** The best paths, the best first. */
    List<Ranked> best(Tensor emissions) {
        int length = emissions.rows();
        List<Lists> steps = new ArrayList<>(length);
        steps.add(first(emissions));
        for (int t = 1; t < length; t++) {
            Lists lists = new Lists(new double[tags * count], new int[tags * count]);
            for (int j = 0; j < tags; j++) {
                double emission = emissions.data()[emissions.offset() + t * tags + j];
                merge(steps.get(t - 1).scores, into, j * tags, emission, lists, j * count);
            }
            steps.add(lists);
        }
        Lists last = new Lists(new double[count], new int[count]);
        merge(steps.get(length - 1).scores, end, 0, 0, last, 0);
        List<Ranked> best = new ArrayList<>();
        for (int n = 0; n < count && last.scores[n] > Double.NEGATIVE_INFINITY; n++) {
            best.add(new Ranked(path(steps, last.from[n]), last.scores[n]));
        }
        return best;
    }

    private Lists first(Tensor emissions) {
        double[] scores = new double[tags * count];
        Arrays.fill(scores, Double.NEGATIVE_INFINITY);
        for (int j = 0; j < tags; j++) {
            scores[j * count] = start[j] + emissions.data()[emissions.offset() + j];
        }
        return new Lists(scores, new int[0]);
    }

    /** Merges the lists of all tags, each with what it costs to leave that tag, and adds a number to what is best. */
    private void merge(double[] before, double[] leave, int leaveAt, double add, Lists to, int at) {
        Arrays.fill(heads, 0);
        for (int n = 0; n < count; n++) {
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < tags; i++) {
                double score =
                        heads[i] < count ? before[i * count + heads[i]] + leave[leaveAt + i] : Double.NEGATIVE_INFINITY;
                if (score > most) {
                    most = score;
                    best = i;
                }
            }
            to.scores[at + n] = most + add;
            if (best >= 0) {
                to.from[at + n] = best * count + heads[best];
                heads[best]++;
            }
        }
    }

    private List<Integer> path(List<Lists> steps, int last) {
        Integer[] path = new Integer[steps.size()];
        int place = last;
        for (int t = steps.size() - 1; t >= 0; t--) {
            path[t] = place / count;
            place = t == 0 ? 0 : steps.get(t).from[place];
        }
        return List.of(path);
    }
}
