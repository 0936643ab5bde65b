package io.carousel.layer;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * The logarithms of the probabilities of many classes, of which the frequent ones come first: rare ones are scored in clusters,
 * with fewer features, and only where they are wanted.
 *
 * <pre>{@code
 * h = log softmax(W_h x + b_h)                          the first classes, then one for each cluster
 * y_v = h_v                                             v before the first cutoff
 * y_v = h_k + log softmax(W_k (P_k x + p_k) + b_k)_v    v in cluster k
 * }</pre>
 *
 * <p>A network that ends with it is trained with {@link io.carousel.train.AdaptiveSoftmaxOutput}, which is the same loss without
 * the classes of clusters that no target is in. Names are those of PyTorch's {@code AdaptiveLogSoftmaxWithLoss}, which has no
 * biases in its clusters.
 *
 * <p>Source: Grave, Joulin, Cissé, Grangier, Jégou, <i>Efficient softmax approximation for GPUs</i>, 2017.
 *
 * @param name the prefix of its parameters, such as {@code decoder}
 * @param outputs V
 * @param cutoffs where each cluster begins, ascending, from 1 to before V
 * @param divisor what the features of each cluster are fewer by than those of the one before; 4 in the paper
 */
public record AdaptiveSoftmaxSpec(String name, int outputs, List<Integer> cutoffs, double divisor)
        implements LayerSpec {
    public AdaptiveSoftmaxSpec {
        Names.require(name);
        Dense.requireOutputs(name, outputs);
        cutoffs = List.copyOf(cutoffs);
        int before = 0;
        for (int cutoff : cutoffs) {
            if (cutoff <= before || cutoff >= outputs) {
                throw new IllegalArgumentException(
                        "cutoffs of " + name + " must ascend from 1 to before " + outputs + ", got " + cutoffs);
            }
            before = cutoff;
        }
        if (cutoffs.isEmpty()) {
            throw new IllegalArgumentException(
                    "cutoffs of " + name + " must be at least one, got none; use a dense layer");
        }
        if (!(divisor >= 1) || Double.isInfinite(divisor)) {
            throw new IllegalArgumentException("divisor of " + name + " must be finite and at least 1, got " + divisor);
        }
    }

    /** Each cluster with a quarter of the features of the one before. */
    public AdaptiveSoftmaxSpec(String name, int outputs, List<Integer> cutoffs) {
        this(name, outputs, cutoffs, 4);
    }

    @Override
    public Layer layer(int inputSize) {
        return new AdaptiveSoftmax(this, inputSize);
    }

    /** The number of clusters. */
    public int clusters() {
        return cutoffs.size();
    }

    /** The classes before the first cluster. */
    public int shortList() {
        return cutoffs.get(0);
    }

    /** The first class of a cluster. */
    public int first(int cluster) {
        return cutoffs.get(cluster);
    }

    /** The classes of a cluster. */
    public int size(int cluster) {
        return (cluster + 1 < clusters() ? cutoffs.get(cluster + 1) : outputs) - cutoffs.get(cluster);
    }

    /** The features of a cluster, of an input of that width; at least 1. */
    int features(int cluster, int inputSize) {
        double size = inputSize;
        for (int i = 0; i <= cluster; i++) {
            size /= divisor;
        }
        return Math.max(1, (int) size);
    }

    /**
     * A linear function and its parameters.
     *
     * @param weight {@code [O, F]}
     * @param bias {@code [O]}
     */
    public record Linear(Parameter weight, Parameter bias) {}

    /** The linear function of the head, {@code [first cutoff + clusters, F]}. */
    public Linear head(Parameters parameters) {
        return linear(parameters, headName());
    }

    /** The projection of a cluster. */
    public Linear projection(Parameters parameters, int cluster) {
        return linear(parameters, projectionName(cluster));
    }

    /** The linear function of a cluster's classes. */
    public Linear tail(Parameters parameters, int cluster) {
        return linear(parameters, tailName(cluster));
    }

    private static Linear linear(Parameters parameters, String prefix) {
        return new Linear(parameters.get(prefix + ".weight"), parameters.get(prefix + ".bias"));
    }

    String headName() {
        return name + ".head";
    }

    String projectionName(int cluster) {
        return name + ".tail." + cluster + ".0";
    }

    String tailName(int cluster) {
        return name + ".tail." + cluster + ".1";
    }

    /** Cutoffs that suit texts: a tenth and a half of the classes. */
    public static List<Integer> usualCutoffs(int outputs) {
        List<Integer> cutoffs = new ArrayList<>();
        cutoffs.add(Math.max(1, outputs / 10));
        if (outputs / 2 > cutoffs.get(0)) {
            cutoffs.add(outputs / 2);
        }
        return List.copyOf(cutoffs);
    }
}
