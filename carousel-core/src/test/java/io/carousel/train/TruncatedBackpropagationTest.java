package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.cell.StatePart;
import io.carousel.data.LabelledSequence;
import io.carousel.data.SequenceBatch;
import io.carousel.data.StreamedSequences;
import io.carousel.data.Streams;
import io.carousel.kernel.Kernels;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.Direction;
import io.carousel.layer.LastStepSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.State;
import io.carousel.loss.SquaredLoss;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import io.carousel.train.ChunkedObjective.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncatedBackpropagationTest {
    private static final SquaredLoss LOSS = new SquaredLoss();
    private static final TrainingPlan PLAN = TrainingPlan.defaults()
            .withEpochs(3)
            .withBatchSize(4)
            .withShardSize(1)
            .withLearningRate(0.01);

    @ParameterizedTest(name = "k1 = {0}, k2 = {1}")
    @CsvSource({"1, 1", "2, 2", "3, 3", "2, 6", "1, 5"})
    void promiseTwoTheStateCarriedIsThatOfTheSequenceReadWhole(int k1, int k2) {
        Network network = ChunkTask.network(0);
        Streams streams = ChunkTask.each(9, 4, 0, 12, 7);
        TruncatedBackpropagation objective = new TruncatedBackpropagation(network, LOSS, streams, k1, k2);
        int[] order = {4, 1, 0, 2, 3};
        State carried = new State(objective.carried(), order.length);
        Tape tape = new Tape(Kernels.best(), new Workspace());
        for (int number = 0; number < objective.chunks(); number++) {
            tape.begin(new float[network.parameters().size()]);
            objective.forward(tape, order, 0, order.length, new Chunk(number, carried, 0), null);
            int end = (number + 1) * k1;
            for (int place = 0; place < order.length; place++) {
                if (streams.length(order[place]) > end) {
                    State expected = whole(network, streams, order[place], end);
                    int slot = (number + 1) % (k2 / k1);
                    for (StatePart part : expected.parts()) {
                        assertThat(Arrays.copyOfRange(
                                        carried.values(slot + "." + part.name()),
                                        place * part.size(),
                                        (place + 1) * part.size()))
                                .as("%s of stream %d after %d", part.name(), order[place], end)
                                .isEqualTo(expected.values(part.name()));
                    }
                }
            }
        }
    }

    private static State whole(Network network, Streams streams, int stream, int steps) {
        float[][] inputs = new float[steps][ChunkTask.FEATURES];
        for (int t = 0; t < steps; t++) {
            streams.input(stream, t, inputs[t], 0);
        }
        State state = network.initialState(1);
        network.predict(Kernels.best(), SequenceBatch.of(List.<float[][]>of(inputs), ChunkTask.FEATURES), state);
        return state;
    }

    @Test
    void theStateOfAStreamThatHasEndedIsKept() {
        Network network = ChunkTask.network(0);
        TruncatedBackpropagation objective = new TruncatedBackpropagation(network, LOSS, ChunkTask.each(3, 9), 2, 2);
        State carried = new State(objective.carried(), 2);
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(new float[network.parameters().size()]);
        objective.forward(tape, new int[] {0, 1}, 0, 2, new Chunk(0, carried, 0), null);
        State first = carried.copy();
        tape.begin(new float[network.parameters().size()]);
        objective.forward(tape, new int[] {0, 1}, 0, 2, new Chunk(1, carried, 0), null);

        assertThat(carried.sequence(0)).isEqualTo(first.sequence(0));
        assertThat(carried.sequence(1)).isNotEqualTo(first.sequence(1));
    }

    @Test
    void promiseTwoOneChunkThatCoversEveryStreamTrainsLikeTheWholeSequencesBitForBit() {
        Network chunked = ChunkTask.network(0.3);
        Network plain = ChunkTask.network(0.3);
        TruncatedBackpropagation whole = new TruncatedBackpropagation(plain, LOSS, ChunkTask.packed(), 4, 4);

        TrainingResult first = Trainer.builder(PLAN)
                .build()
                .fit(new TruncatedBackpropagation(chunked, LOSS, ChunkTask.packed(), 12, 12), null);
        TrainingResult second = Trainer.builder(PLAN).build().fit(new Plain(whole), null);

        assertThat(first).isEqualTo(second);
        assertThat(chunked.parameters().values()).isEqualTo(plain.parameters().values());
    }

    /** The whole streams as examples that know of no chunks. */
    private record Plain(Objective objective) implements Objective {
        @Override
        public Parameters parameters() {
            return objective.parameters();
        }

        @Override
        public int examples() {
            return objective.examples();
        }

        @Override
        public ShardLoss forward(Tape tape, int[] examples, int from, int to, @Nullable Rng dropout) {
            return objective.forward(tape, examples, from, to, dropout);
        }
    }

    @Test
    void promiseTwoTheNumberOfThreadsCannotBeSeenInTheResult() {
        TrainingResult expected = null;
        float[] weights = {};
        for (int threads : new int[] {1, 2, 3, 7}) {
            Network network = ChunkTask.network(0.3);
            TruncatedBackpropagation training = new TruncatedBackpropagation(
                    network, LOSS, ChunkTask.each(9, 4, 0, 12, 7, 1, 5, 11, 2, 3, 6), 2, 4);
            TruncatedBackpropagation validation = new TruncatedBackpropagation(network, LOSS, ChunkTask.packed(), 3, 3);

            TrainingResult result =
                    Trainer.builder(PLAN).threads(threads).build().fit(training, validation);

            if (threads == 1) {
                expected = result;
                weights = network.parameters().values();
            }
            assertThat(result).as("%d threads", threads).isEqualTo(expected);
            assertThat(network.parameters().values()).as("%d threads", threads).isEqualTo(weights);
        }
    }

    @Test
    void theValidationLossIsThatOfTheWholeStreams() {
        Network network = ChunkTask.network(0.3);
        TruncatedBackpropagation objective = new TruncatedBackpropagation(network, LOSS, ChunkTask.packed(), 2, 4);
        int[] all = {0, 1, 2, 3};
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin();
        ShardLoss chunked = objective.forward(tape, all, 0, 4, null);
        double sum = BatchStep.scalar(chunked);
        tape.begin(new float[network.parameters().size()]);
        ShardLoss whole = objective.forward(tape, all, 0, 4, null);

        assertThat(chunked.weight()).isEqualTo(whole.weight());
        // the errors have the same bits and add in double; the six chunks, their sum and the whole are rounded to
        // float32
        assertThat(sum).isCloseTo(BatchStep.scalar(whole), within(3 * 0x1p-24 * sum));
    }

    @Test
    void aChunkWithoutTargetsCarriesTheStateAndMakesNoUpdate() {
        Network network = ChunkTask.network(0);
        float[][] inputs = new float[7][ChunkTask.FEATURES];
        Streams streams = StreamedSequences.each(List.of(LabelledSequence.ofLast(inputs, 1)));
        List<StepReport> steps = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void step(StepReport report) {
                steps.add(report);
            }
        };

        TrainingResult result = Trainer.builder(PLAN)
                .listener(listener)
                .build()
                .fit(new TruncatedBackpropagation(network, LOSS, streams, 2, 2), null);

        assertThat(result.steps()).isEqualTo(3);
        assertThat(steps).extracting(StepReport::step).containsExactly(1L, 2L, 3L);
        assertThat(steps).extracting(StepReport::totalSteps).containsOnly(12L);
    }

    @Test
    void promiseFiveWhatCannotBeCutIsRefused() {
        Network network = ChunkTask.network(0);
        Streams streams = ChunkTask.packed();
        assertThatThrownBy(() -> new TruncatedBackpropagation(network, LOSS, streams, 0, 2))
                .hasMessage("steps per update must be positive, got 0");
        assertThatThrownBy(() -> new TruncatedBackpropagation(network, LOSS, streams, 4, 6))
                .hasMessage("steps back must be a multiple of the 4 steps per update, got 6; use 8");
        assertThatThrownBy(() -> new TruncatedBackpropagation(network, LOSS, streams, 4, 0))
                .hasMessage("steps back must be a multiple of the 4 steps per update, got 0; use 4");
        Network narrow = Network.create(new NetworkSpec(1, List.of(new DenseSpec("head", 1))), Rng.of(1));
        assertThatThrownBy(() -> new TruncatedBackpropagation(narrow, LOSS, streams, 4, 4))
                .hasMessage("streams must have 1 features like the network, got 2");
        Network wide = Network.create(new NetworkSpec(2, List.of(new DenseSpec("head", 3))), Rng.of(1));
        assertThatThrownBy(() -> new TruncatedBackpropagation(wide, LOSS, streams, 4, 4))
                .hasMessage("network must have 1 outputs for each of 1 targets, got 3; change its last layer");
    }

    @Test
    void promiseFiveANetworkThatReadsBackwardIsRefused() {
        Network both = Network.create(
                new NetworkSpec(
                        2,
                        List.of(
                                RecurrentSpec.of("encoder", "lstm", List.of(3)).withDirection(Direction.BIDIRECTIONAL),
                                new DenseSpec("head", 1))),
                Rng.of(1));
        assertThatThrownBy(() -> new TruncatedBackpropagation(both, LOSS, ChunkTask.packed(), 4, 4))
                .hasMessage(
                        "network must read forward only to be trained in chunks, got one that reads backward, too; what "
                                + "stands after a chunk is not known yet");
    }

    @Test
    void promiseFiveANetworkThatKeepsTheLastTimeStepIsRefused() {
        Network last = Network.create(
                new NetworkSpec(
                        2,
                        List.of(
                                RecurrentSpec.of("encoder", "lstm", List.of(3)),
                                new LastStepSpec(),
                                new DenseSpec("head", 1))),
                Rng.of(1));
        TruncatedBackpropagation objective = new TruncatedBackpropagation(last, LOSS, ChunkTask.packed(), 4, 4);
        assertThatThrownBy(() -> Trainer.builder(PLAN.withShardSize(4))
                        .threads(1)
                        .build()
                        .fit(objective, null))
                .hasMessageMatching("network must give \\d+ rows, one for each time step, to be trained in chunks, got "
                        + "\\d+; leave out what keeps the last time step");
    }
}
