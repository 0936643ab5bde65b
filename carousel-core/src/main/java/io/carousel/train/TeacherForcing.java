package io.carousel.train;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.data.SequencePair;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.NetworkStepper;
import io.carousel.layer.Source;
import io.carousel.layer.TapedSource;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a network with a source over pairs: in each time step the decoder is told what it should have given before.
 *
 * <p>In training it may be told now and then what it gave itself ({@link ScheduledSampling}): then the decoder is first run without
 * a tape, one time step at a time, to find what it gives, and the inputs so mixed are those of the training step, through which
 * no derivative goes. What a variational vector costs is added with a weight that may grow from 0 on, so that the decoder first
 * learns to use it.
 *
 * <p>Sources: Williams, Zipser, <i>A Learning Algorithm for Continually Running Fully Recurrent Neural Networks</i>, 1989; of the
 * growing weight: Bowman et al., <i>Generating Sentences from a Continuous Space</i>, 2016.
 */
public final class TeacherForcing implements Objective {
    private final Network network;
    private final List<SequencePair> pairs;
    private final SequenceLoss loss;
    private final @Nullable ScheduledSampling sampling;
    private final OwnOutput own;
    private final double divergence;
    private final long divergenceUpdates;
    private volatile long update;

    private TeacherForcing(
            Network network,
            List<SequencePair> pairs,
            SequenceLoss loss,
            @Nullable ScheduledSampling sampling,
            OwnOutput own,
            double divergence,
            long divergenceUpdates) {
        this.network = network;
        this.pairs = pairs;
        this.loss = loss;
        this.sampling = sampling;
        this.own = own;
        this.divergence = divergence;
        this.divergenceUpdates = divergenceUpdates;
    }

    /**
     * An objective that is always told the truth, in which the divergence of a variational vector counts once.
     *
     * @param pairs asked for when they are needed, and not copied
     * @throws IllegalArgumentException when the network has no source, or the loss does not fit
     */
    public TeacherForcing(Network network, List<SequencePair> pairs, SequenceLoss loss) {
        this(network, pairs, loss, null, OwnOutput.drawn(), 1, 0);
        if (!network.hasSource()) {
            throw new IllegalArgumentException(
                    "a network must have a source to be trained with pairs, got one without; give its spec a source");
        }
        if (!pairs.isEmpty()) {
            loss.requireFit(network, pairs.get(0).targets().columns());
        }
    }

    /**
     * The same that tells the decoder now and then what it gave itself.
     *
     * @param choice how what it gives becomes an input
     */
    public TeacherForcing withSampling(ScheduledSampling schedule, OwnOutput choice) {
        return new TeacherForcing(network, pairs, loss, schedule, choice, divergence, divergenceUpdates);
    }

    /**
     * The same with another weight of the divergence of a variational vector.
     *
     * @param weight in the end, and in validation
     * @param updates until it is reached, from 0 on in equal steps
     */
    public TeacherForcing withDivergence(double weight, long updates) {
        if (!(weight >= 0) || Double.isInfinite(weight) || updates < 0) {
            throw new IllegalArgumentException("weight of a divergence must be finite and not negative, and so must the"
                    + " updates until it is reached, got " + weight + " and " + updates);
        }
        return new TeacherForcing(network, pairs, loss, sampling, own, weight, updates);
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public int examples() {
        return pairs.size();
    }

    @Override
    public void beforeUpdate(long step) {
        update = step - 1;
    }

    @Override
    public ShardLoss forward(Tape tape, int[] examples, int from, int to, @Nullable Rng dropout) {
        SequencePair[] shard = new SequencePair[to - from];
        Arrays.setAll(shard, i -> pairs.get(examples[from + i]));
        SequenceBatch sources = batch(tape.workspace(), shard, SequencePair::source);
        SequenceBatch inputs = batch(tape.workspace(), shard, SequencePair::inputs);
        SequenceBatch targets = batch(tape.workspace(), shard, SequencePair::targets);
        TapedSource source = network.encode(tape, sources, dropout);
        if (sampling != null && dropout != null) {
            mix(tape, source, inputs, 1 - sampling.truth(update), dropout.stream("sampling"));
        }
        NetworkOutput output = loss.forward(network, tape, source, inputs, null, dropout);
        ShardLoss sum = loss.sum(network, tape, output, symbols(shard), targets.values(), dropout);
        Variable all = output.penalized(tape, sum.sum(), sum.weight());
        Variable cost = source.divergence();
        if (cost != null) {
            all = Operations.addScaled(tape, all, (float) (dropout == null ? divergence : divergenceWeight()), cost);
        }
        return new ShardLoss(all, sum.weight());
    }

    private static int @Nullable [][] symbols(SequencePair[] shard) {
        int[][] all = new int[shard.length][];
        for (int i = 0; i < all.length; i++) {
            int[] own = shard[i].symbols();
            if (own == null) {
                return null;
            }
            all[i] = own;
        }
        return all;
    }

    private double divergenceWeight() {
        return update >= divergenceUpdates ? divergence : divergence * update / divergenceUpdates;
    }

    private static SequenceBatch batch(Workspace workspace, SequencePair[] pairs, Function<SequencePair, Tensor> part) {
        int[] lengths = new int[pairs.length];
        Arrays.setAll(lengths, i -> part.apply(pairs[i]).rows());
        SequenceBatch batch = SequenceBatch.allocate(
                workspace, BatchLayout.of(lengths), part.apply(pairs[0]).columns());
        for (int index = 0; index < pairs.length; index++) {
            Tensor rows = part.apply(pairs[index]);
            if (rows.columns() != batch.features()) {
                throw new IllegalArgumentException("rows of a pair must be " + batch.features()
                        + " wide, as those of the others, got " + rows.columns());
            }
            for (int t = 0; t < lengths[index]; t++) {
                System.arraycopy(
                        rows.data(),
                        rows.offset() + t * batch.features(),
                        batch.values().data(),
                        batch.offset(index, t),
                        batch.features());
            }
        }
        return batch;
    }

    /** Replaces a share of the inputs, but never the first, by what the decoder gives itself. */
    private void mix(Tape tape, TapedSource source, SequenceBatch inputs, double share, Rng random) {
        if (share <= 0) {
            return;
        }
        BatchLayout layout = inputs.layout();
        int sequences = layout.sequences();
        Source[] read = new Source[sequences];
        Rng[] streams = new Rng[sequences];
        List<Source> values = source.values();
        for (int index = 0; index < sequences; index++) {
            read[layout.position(index)] = values.get(index);
            streams[layout.position(index)] = random.stream(index);
        }
        NetworkStepper stepper = network.stepper(tape.kernels(), sequences);
        stepper.begin(List.of(read));
        float[] x = inputs.values().data();
        int features = inputs.features();
        int size = network.outputSize();
        float[] outputs = new float[Math.multiplyExact(sequences, size)];
        for (int t = 0; t < layout.steps(); t++) {
            int from = inputs.values().offset() + layout.rowOffset(t) * features;
            for (int position = 0; t > 0 && position < layout.alive(t); position++) {
                if (streams[position].nextDouble() < share) {
                    own.next(
                            tape.kernels(),
                            outputs,
                            position * size,
                            size,
                            streams[position],
                            x,
                            from + position * features);
                }
            }
            stepper.step(layout.alive(t), x, from, outputs, 0);
        }
    }
}
