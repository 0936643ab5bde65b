package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Gradients;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.SequenceBatch;
import io.carousel.data.SequencePair;
import io.carousel.kernel.Kernels;
import io.carousel.layer.AttentionSpec;
import io.carousel.layer.BridgeSpec;
import io.carousel.layer.DecoderSpec;
import io.carousel.layer.DenseBridge;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.SourceSpec;
import io.carousel.layer.VectorBridge;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import io.carousel.train.ScheduledSampling.Decay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a decoder is told in training, the truth or what it gave itself, and what its vector costs. */
class TeacherForcingTest {
    private static final int VOCABULARY = 7;
    private static final int START = 0;
    private static final int END = 1;

    /** The most likely class. */
    private static final OwnOutput LIKELIEST = (kernels, outputs, at, size, random, inputs, to) -> {
        int best = 0;
        for (int v = 1; v < size; v++) {
            best = outputs[at + v] > outputs[at + best] ? v : best;
        }
        inputs[to] = best;
    };

    private final Kernels kernels = Kernels.best();
    private final Network attending = network(new DenseBridge("bridge"), attending(0));

    // ---------------------------------------------------------------- scheduled sampling

    @Test
    void wholeTruthHasTheBitsOfPlainTeacherForcing() {
        Network dropping = network(new DenseBridge("bridge"), attending(0.3));
        TeacherForcing plain = forcing(dropping, pairs(9));
        TeacherForcing sampled =
                forcing(dropping, pairs(9)).withSampling(new ScheduledSampling(Decay.LINEAR, 1, 1), LIKELIEST);
        sampled.beforeUpdate(100);

        assertThat(run(sampled, Rng.of(4))).isEqualTo(run(plain, Rng.of(4)));
    }

    @Test
    void validationIsAlwaysToldTheTruth() {
        TeacherForcing sampled = sampling(1, LIKELIEST);

        assertThat(run(sampled, null)).isEqualTo(run(forcing(attending, pairs(9)), null));
        assertThat(run(sampled, Rng.of(4))).isNotEqualTo(run(sampled, null));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 1})
    void lossAndGradientAreThoseOfTheTokensThatSteppingByHandGives(double share) {
        for (OwnOutput choice : List.of(LIKELIEST, OwnOutput.drawn())) {
            List<SequencePair> truth = pairs(9);
            List<SequencePair> read = new ArrayList<>();
            for (int i = 0; i < truth.size(); i++) {
                Rng random = Rng.of(4).stream("sampling").stream(i);
                read.add(stepped(truth.get(i), share, choice, random));
            }

            assertThat(run(sampling(share, choice), Rng.of(4))).isEqualTo(run(forcing(attending, read), Rng.of(4)));
            assertThat(run(forcing(attending, truth), Rng.of(4)))
                    .isNotEqualTo(run(forcing(attending, read), Rng.of(4)));
        }
    }

    /** An objective over {@code pairs(9)} in which that share of the inputs is the decoder's own. */
    private TeacherForcing sampling(double share, OwnOutput choice) {
        TeacherForcing sampled =
                forcing(attending, pairs(9)).withSampling(new ScheduledSampling(Decay.LINEAR, 1, 1 - share), choice);
        sampled.beforeUpdate(2);
        return sampled;
    }

    /** The pair whose inputs are those that a session gives itself, where the random numbers say so. */
    private SequencePair stepped(SequencePair pair, double share, OwnOutput choice, Rng random) {
        SequenceBatch source = SequenceBatch.of(List.<float[][]>of(rows(pair.source())), 1);
        Session session = new Session(
                attending, kernels, attending.encode(kernels, source).get(0));
        float[] inputs = pair.inputs().toArray();
        float[] scores = new float[VOCABULARY];
        for (int t = 1; t < inputs.length; t++) {
            session.step(new float[] {inputs[t - 1]}, scores);
            if (random.nextDouble() < share) {
                choice.next(kernels, scores, 0, VOCABULARY, random, inputs, t);
            }
        }
        return new SequencePair(pair.source(), Tensor.of(pair.inputs().shape(), inputs), pair.targets());
    }

    private static float[][] rows(Tensor column) {
        float[][] rows = new float[column.rows()][];
        for (int t = 0; t < rows.length; t++) {
            rows[t] = new float[] {column.toArray()[t]};
        }
        return rows;
    }

    @Test
    void theShareOfOwnTokensFollowsThePlanAndItsSeed() {
        ScheduledSampling plan = new ScheduledSampling(Decay.LINEAR, 12, 0.25);
        int[] counts = ownTokens(plan, 1);

        int decided = 10 * 15; // of ten pairs a batch, all inputs but the first
        assertThat(counts).hasSize(16);
        assertThat(counts[0]).as("the first update is told the truth").isZero();
        for (int update = 1; update < counts.length; update++) {
            double share = 1 - plan.truth(update);
            // five standard errors of a count
            assertThat((double) counts[update])
                    .as("update %d", update)
                    .isCloseTo(decided * share, within(5 * Math.sqrt(decided * share * (1 - share))));
        }
        assertThat(ownTokens(plan, 1)).isEqualTo(counts);
        assertThat(ownTokens(plan, 2)).isNotEqualTo(counts);
    }

    /** How many tokens were the decoder's own in each of 16 updates. */
    private static int[] ownTokens(ScheduledSampling sampling, long seed) {
        List<SequencePair> pairs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            pairs.add(SequencePair.ofTokens(symbols(Rng.of(i), 2), symbols(Rng.of(i + 99), 15), START, END));
        }
        Network network = network(new DenseBridge("bridge"), attending(0.1));
        AtomicInteger own = new AtomicInteger();
        TeacherForcing objective = forcing(network, pairs)
                .withSampling(sampling, (kernels, outputs, at, size, random, inputs, to) -> own.incrementAndGet());
        List<Integer> counts = new ArrayList<>();
        TrainingPlan plan = TrainingPlan.defaults()
                .withoutValidation()
                .withEpochs(4)
                .withBatchSize(10)
                .withShardSize(5)
                .withSeed(seed);
        Trainer.builder(plan)
                .threads(1)
                .listener(new TrainingListener() {
                    @Override
                    public void step(StepReport report) {
                        counts.add(own.getAndSet(0));
                    }
                })
                .build()
                .fit(objective, null);
        return counts.stream().mapToInt(Integer::intValue).toArray();
    }

    // ---------------------------------------------------------------- divergence

    @Test
    void theWeightOfTheDivergenceGrowsInEqualStepsAndThenStays() {
        Network network = network(new VectorBridge("code", 3, true), RecurrentSpec.of("decoder", "gru", List.of(6)));
        double[] weights = {0, 0.125, 0.25, 0.375, 0.5, 0.5, 0.5};
        TeacherForcing growing = forcing(network, pairs(9)).withDivergence(0.5, 4);
        float without = loss(run(forcing(network, pairs(9)).withDivergence(0, 0), Rng.of(4)));
        float divergence = divergence(network, Rng.of(4));

        assertThat(divergence).isGreaterThan(0.1f);
        for (int step = 1; step <= weights.length; step++) {
            growing.beforeUpdate(step);
            float weight = (float) weights[step - 1];
            float[] run = run(growing, Rng.of(4));

            assertThat(loss(run)).as("step %d", step).isEqualTo(Math.fma(weight, divergence, without));
            assertThat(run).isEqualTo(run(forcing(network, pairs(9)).withDivergence(weights[step - 1], 0), Rng.of(4)));
        }
        assertThat(run(forcing(network, pairs(9)), Rng.of(4)))
                .as("counts once where nothing else is said")
                .isEqualTo(run(forcing(network, pairs(9)).withDivergence(1, 0), Rng.of(4)));
    }

    @Test
    void inValidationTheDivergenceHasTheWeightOfTheEnd() {
        Network network = network(new VectorBridge("code", 3, true), RecurrentSpec.of("decoder", "gru", List.of(6)));
        TeacherForcing growing = forcing(network, pairs(9)).withDivergence(0.5, 4);
        growing.beforeUpdate(1);

        assertThat(run(growing, null))
                .isEqualTo(run(forcing(network, pairs(9)).withDivergence(0.5, 0), null))
                .isNotEqualTo(run(forcing(network, pairs(9)).withDivergence(0, 0), null));
    }

    @Test
    void aWeightThatIsNoneIsRefused() {
        assertThatThrownBy(() -> forcing(attending, pairs(1)).withDivergence(-1, 3))
                .hasMessage("weight of a divergence must be finite and not negative, and so must the updates until it"
                        + " is reached, got -1.0 and 3");
        assertThatThrownBy(() -> forcing(attending, pairs(1)).withDivergence(1, -3))
                .hasMessageEndingWith("got 1.0 and -3");
        NetworkSpec alone = new NetworkSpec(
                1, List.of(new EmbeddingSpec("words", VOCABULARY, 3), new DenseSpec("head", VOCABULARY)));
        assertThatThrownBy(() -> forcing(Network.create(alone, Rng.of(1)), pairs(1)))
                .hasMessage("a network must have a source to be trained with pairs, got one without; give its spec a"
                        + " source");
    }

    private static float divergence(Network network, Rng dropout) {
        List<float[][]> sources =
                pairs(9).stream().map(pair -> rows(pair.source())).toList();
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(new float[network.parameters().size()]);
        Variable divergence = Objects.requireNonNull(
                network.encode(tape, SequenceBatch.of(sources, 1), dropout).divergence());
        return divergence.value().toArray()[0];
    }

    // ---------------------------------------------------------------- what all need

    private static TeacherForcing forcing(Network network, List<SequencePair> pairs) {
        return new TeacherForcing(network, pairs, new SoftmaxOutput());
    }

    /** The gradient of all pairs, and behind it their loss. */
    private float[] run(TeacherForcing objective, @Nullable Rng dropout) {
        int size = objective.parameters().size();
        float[] gradient = new float[size];
        Tape tape = new Tape(kernels, new Workspace());
        tape.begin(gradient);
        int count = objective.examples();
        ShardLoss loss = objective.forward(tape, IntStream.range(0, count).toArray(), 0, count, dropout);
        tape.backward(loss.sum());
        float[] all = Arrays.copyOf(gradient, size + 1);
        all[size] = loss.sum().value().toArray()[0];
        return all;
    }

    private static float loss(float[] run) {
        return run[run.length - 1];
    }

    /** Pairs of several lengths, the first of which is empty on both sides. */
    private static List<SequencePair> pairs(int count) {
        List<SequencePair> pairs = new ArrayList<>();
        Rng rng = Rng.of(12);
        for (int i = 0; i < count; i++) {
            pairs.add(SequencePair.ofTokens(symbols(rng, i % 4), symbols(rng, i % 6), START, END));
        }
        return pairs;
    }

    private static int[] symbols(Rng rng, int length) {
        return IntStream.range(0, length)
                .map(t -> 2 + rng.nextInt(VOCABULARY - 2))
                .toArray();
    }

    private static DecoderSpec attending(double dropout) {
        RecurrentSpec levels =
                RecurrentSpec.of("decoder", "lstm", List.of(6, 5)).withDropout(dropout);
        return new DecoderSpec(levels, AttentionSpec.additive(4), 5, DecoderSpec.Feeding.OUTPUT, 6);
    }

    /** A network whose weights are all random. */
    private static Network network(BridgeSpec bridge, LayerSpec decoder) {
        NetworkSpec encoder = new NetworkSpec(
                1, List.of(new EmbeddingSpec("words", VOCABULARY, 4), RecurrentSpec.of("encoder", "gru", List.of(5))));
        Network network = Network.create(
                new NetworkSpec(
                        1,
                        List.of(new EmbeddingSpec("target", VOCABULARY, 4), decoder, new DenseSpec("head", VOCABULARY)),
                        new SourceSpec(encoder, bridge)),
                Rng.of(3));
        float[] values = network.parameters().values();
        System.arraycopy(Gradients.normal(Rng.of(4), values.length, 0.7), 0, values, 0, values.length);
        network.parameters().changed();
        return network;
    }
}
