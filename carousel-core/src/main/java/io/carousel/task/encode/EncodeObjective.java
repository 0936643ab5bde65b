package io.carousel.task.encode;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.SequencePair;
import io.carousel.layer.Network;
import io.carousel.loss.SquaredLoss;
import io.carousel.task.encode.SequenceCoder.Coded;
import io.carousel.tensor.Rng;
import io.carousel.train.Objective;
import io.carousel.train.SequenceLoss;
import io.carousel.train.ShardLoss;
import io.carousel.train.SoftmaxOutput;
import io.carousel.train.TeacherForcing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a training makes small: the squared error of numbers or the cross-entropy of tokens, of all parts together, and what a
 * variational vector costs.
 *
 * <p>Each part reads the sequence anew; as random numbers come from streams with names, all of them get the same vector, and its
 * cost counts once.
 */
final class EncodeObjective implements Objective {
    private final Network network;
    private final List<TeacherForcing> parts = new ArrayList<>();
    private final int examples;

    /**
     * An objective.
     *
     * @param divergence what that of a variational vector counts in the end
     * @param divergenceUpdates until then
     */
    EncodeObjective(
            Network network,
            EncodeSpec spec,
            SequenceCoder coder,
            List<Coded> sequences,
            double divergence,
            long divergenceUpdates) {
        this.network = network;
        examples = sequences.size();
        SequenceLoss loss = coder.side() == null ? SequenceLoss.of(new SquaredLoss()) : new SoftmaxOutput();
        for (Part part : spec.decoder().parts()) {
            Network decoder = network.part(EncodeNetwork.part(spec, part, coder.symbols(), coder.width()));
            List<SequencePair> pairs = sequences.stream()
                    .map(sequence -> coder.pair(part, sequence))
                    .toList();
            parts.add(new TeacherForcing(decoder, pairs, loss)
                    .withDivergence(parts.isEmpty() ? divergence : 0, divergenceUpdates));
        }
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public int examples() {
        return examples;
    }

    @Override
    public void beforeUpdate(long step) {
        parts.forEach(part -> part.beforeUpdate(step));
    }

    @Override
    public ShardLoss forward(Tape tape, int[] chosen, int from, int to, @Nullable Rng dropout) {
        ShardLoss loss = parts.get(0).forward(tape, chosen, from, to, dropout);
        for (TeacherForcing part : parts.subList(1, parts.size())) {
            ShardLoss next = part.forward(tape, chosen, from, to, dropout);
            Variable sum = Operations.add(tape, loss.sum(), next.sum());
            loss = new ShardLoss(sum, loss.weight() + next.weight());
        }
        return loss;
    }

    /** The loss of one part alone, in prediction and without what the vector costs. */
    ShardLoss of(int part, Tape tape, int[] chosen) {
        return parts.get(part).withDivergence(0, 0).forward(tape, chosen, 0, chosen.length, null);
    }
}
