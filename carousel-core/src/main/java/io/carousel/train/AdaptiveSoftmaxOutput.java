package io.carousel.train;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.SequenceBatch;
import io.carousel.layer.AdaptiveSoftmaxSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.State;
import io.carousel.layer.TapedSource;
import io.carousel.loss.SoftmaxCrossEntropy;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of a choice among the outputs of a network that ends with an {@link AdaptiveSoftmaxSpec}: exact, and cheap
 * because a cluster is computed for those time steps only whose target is in it.
 *
 * <p>Targets are those of {@link SoftmaxOutput}.
 */
public record AdaptiveSoftmaxOutput() implements SequenceLoss {
    @Override
    public void requireFit(Network network, int targets) {
        ClassTargets.requireCount(targets);
        List<LayerSpec> layers = network.spec().layers();
        if (!(layers.get(layers.size() - 1) instanceof AdaptiveSoftmaxSpec)) {
            throw new IllegalArgumentException(
                    "last layer of the network must be an adaptive softmax, got " + layers.get(layers.size() - 1));
        }
    }

    @Override
    public NetworkOutput forward(
            Network network,
            Tape tape,
            @Nullable TapedSource source,
            SequenceBatch batch,
            @Nullable State initial,
            @Nullable Rng dropout) {
        return network.forwardBeneathOutput(tape, source, batch, initial, dropout);
    }

    @Override
    public ShardLoss sum(Network network, Tape tape, Variable rows, Tensor targets) {
        List<LayerSpec> layers = network.spec().layers();
        AdaptiveSoftmaxSpec spec = (AdaptiveSoftmaxSpec) layers.get(layers.size() - 1);
        SoftmaxCrossEntropy.Targets wanted = ClassTargets.of(targets, 0);
        ClassTargets.requireBelow(wanted, spec.outputs());
        Parameters parameters = network.parameters();
        int[] heads = wanted.classes().clone();
        int[] clusters = new int[heads.length];
        for (int row = 0; row < heads.length; row++) {
            clusters[row] = cluster(spec, heads[row]);
            heads[row] = clusters[row] < 0 ? heads[row] : spec.shortList() + clusters[row];
        }
        AdaptiveSoftmaxSpec.Linear head = spec.head(parameters);
        Variable sum = SoftmaxCrossEntropy.apply(
                tape, rows, head.weight(), head.bias(), new SoftmaxCrossEntropy.Targets(heads, wanted.weights(), 0));
        for (int k = 0; k < spec.clusters(); k++) {
            int[] members = members(clusters, k);
            if (members.length > 0) {
                sum = Operations.add(tape, sum, tail(tape, rows, spec, parameters, k, members, wanted));
            }
        }
        return new ShardLoss(sum, wanted.weight());
    }

    private static Variable tail(
            Tape tape,
            Variable rows,
            AdaptiveSoftmaxSpec spec,
            Parameters parameters,
            int k,
            int[] members,
            SoftmaxCrossEntropy.Targets wanted) {
        AdaptiveSoftmaxSpec.Linear projection = spec.projection(parameters, k);
        AdaptiveSoftmaxSpec.Linear tail = spec.tail(parameters, k);
        Variable narrow = Operations.linear(
                tape, Operations.gatherRows(tape, rows, members), projection.weight(), projection.bias());
        int[] classes = new int[members.length];
        float[] weights = wanted.weights() == null ? null : new float[members.length];
        for (int i = 0; i < members.length; i++) {
            classes[i] = wanted.classes()[members[i]] - spec.first(k);
            if (weights != null && wanted.weights() != null) {
                weights[i] = wanted.weights()[members[i]];
            }
        }
        return SoftmaxCrossEntropy.apply(
                tape, narrow, tail.weight(), tail.bias(), new SoftmaxCrossEntropy.Targets(classes, weights, 0));
    }

    /** The cluster of a class; -1 for one of the first, and where there is no target. */
    private static int cluster(AdaptiveSoftmaxSpec spec, int target) {
        int cluster = -1;
        while (cluster + 1 < spec.clusters() && target >= spec.first(cluster + 1)) {
            cluster++;
        }
        return cluster;
    }

    private static int[] members(int[] clusters, int k) {
        int[] members = new int[clusters.length];
        int count = 0;
        for (int row = 0; row < clusters.length; row++) {
            if (clusters[row] == k) {
                members[count++] = row;
            }
        }
        return Arrays.copyOf(members, count);
    }
}
