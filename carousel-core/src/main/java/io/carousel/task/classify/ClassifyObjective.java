package io.carousel.task.classify;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.SequenceBatch;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.loss.Losses;
import io.carousel.loss.SoftmaxCrossEntropy;
import io.carousel.loss.WeightedLogisticLoss;
import io.carousel.loss.WeightedLogisticLoss.LabelWeight;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.train.Objective;
import io.carousel.train.ShardLoss;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The loss of a member over some examples: the cross-entropy of the label, or the logistic loss of each of several. */
final class ClassifyObjective implements Objective {
    private final Network network;
    private final InputEncoder encoder;
    private final ClassifySpec spec;
    private final List<LabelWeight> weights;
    private final float[][] encoded;
    private final int[][] labels;
    private final int[] part;

    /**
     * An objective.
     *
     * @param weights of the labels
     * @param encoded all examples
     * @param labels of all examples
     * @param part which of them
     */
    ClassifyObjective(
            Network network,
            InputEncoder encoder,
            ClassifySpec spec,
            List<LabelWeight> weights,
            float[][] encoded,
            int[][] labels,
            int[] part) {
        this.network = network;
        this.encoder = encoder;
        this.spec = spec;
        this.weights = weights;
        this.encoded = encoded;
        this.labels = labels;
        this.part = part;
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public int examples() {
        return part.length;
    }

    @Override
    public ShardLoss forward(Tape tape, int[] examples, int from, int to, @Nullable Rng dropout) {
        int[] chosen = new int[to - from];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = part[examples[from + i]];
        }
        Rng tokens = dropout == null ? null : dropout.stream("tokens");
        SequenceBatch batch = encoder.batch(tape.workspace(), encoded, chosen, 0, chosen.length, tokens);
        return spec.several() ? several(tape, batch, chosen, dropout) : one(tape, batch, chosen, dropout);
    }

    private ShardLoss one(Tape tape, SequenceBatch batch, int[] chosen, @Nullable Rng dropout) {
        int[] classes = new int[chosen.length];
        float[] counts = new float[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            classes[i] = labels[chosen[i]][0];
            counts[i] = (float) weights.get(classes[i]).present();
        }
        // validation is of the plain loss, so that smoothing is judged by what it does and not by what it is
        double smoothing = dropout == null ? 0 : spec.smoothing();
        SoftmaxCrossEntropy.Targets targets = new SoftmaxCrossEntropy.Targets(classes, counts, smoothing);
        NetworkOutput output = network.forwardBeneathOutput(tape, batch, null, dropout);
        Network.Output head = network.output().orElseThrow();
        Variable sum = SoftmaxCrossEntropy.apply(tape, output.rows(), head.weight(), head.bias(), targets);
        return new ShardLoss(output.penalized(tape, sum, targets.weight()), targets.weight());
    }

    private ShardLoss several(Tape tape, SequenceBatch batch, int[] chosen, @Nullable Rng dropout) {
        Tensor targets = tape.workspace().zeros(chosen.length, weights.size());
        for (int i = 0; i < chosen.length; i++) {
            for (int label : labels[chosen[i]]) {
                targets.data()[targets.offset() + i * weights.size() + label] = 1;
            }
        }
        NetworkOutput output = network.forward(tape, batch, null, dropout);
        Variable sum = Losses.apply(tape, new WeightedLogisticLoss(weights), output.rows(), targets);
        return new ShardLoss(output.penalized(tape, sum, chosen.length), chosen.length);
    }
}
