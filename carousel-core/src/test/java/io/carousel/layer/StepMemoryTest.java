package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.Allocation;
import io.carousel.autograd.Gradients;
import io.carousel.autograd.Tape;
import io.carousel.cell.CellForm;
import io.carousel.cell.Cells;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the memory of training and of prediction grows with the batch. Sizes are multiples of a cache line of floats. */
class StepMemoryTest {
    private static final int FEATURES = 16;
    private static final int HIDDEN = 32;
    private static final int OUTPUTS = 16;

    @ParameterizedTest
    @ValueSource(strings = {"lstm", "gru", "elman", "coupled", "peephole", "lstm-1997", "indrnn"})
    void aTrainingStepKeepsTheStatedFloatsForEachRowAndSequence(String cell) {
        Network network = network(cell);
        long few = taken(network, BatchLayout.uniform(16, 10));
        long longer = taken(network, BatchLayout.uniform(16, 30));
        long wider = taken(network, BatchLayout.uniform(48, 10));
        int row = floatsPerRow(cell);
        int sequence = Recurrent.floatsPerSequence(lower(cell)) + Recurrent.floatsPerSequence(upper(cell));

        assertThat(longer - few).isEqualTo(16 * 20 * row);
        assertThat(wider - few).isEqualTo(32 * (10 * row + sequence));
    }

    @Test
    void aRaggedTrainingStepKeepsAsMuchAndACopyOfTheOutputForEachRow() {
        Network network = network("lstm");
        long few = taken(network, ragged(16, 4));
        long longer = taken(network, ragged(16, 8));
        int more = ragged(16, 8).rows() - ragged(16, 4).rows();

        assertThat(longer - few).isEqualTo((long) more * (floatsPerRow("lstm") + 2 * HIDDEN));
    }

    @Test
    void predictionTakesNoMoreMemoryForLongerSequencesExceptForInputsAndResult() throws InterruptedException {
        Network network = network("lstm");
        long few = allocated(network, 50);
        long many = allocated(network, 1_000);
        long result = 4L * OUTPUTS * 4 * 950;
        // The layout keeps two numbers for each time step; the rest are arrays of a fixed number of sequences.
        assertThat(many - few - result).isBetween(-1_024L, 16L * 950 + 1_024);
    }

    private static Network network(String cell) {
        return Network.create(
                new NetworkSpec(
                        FEATURES,
                        List.of(
                                RecurrentSpec.of("encoder", cell, List.of(HIDDEN, HIDDEN)),
                                new DenseSpec("head", OUTPUTS))),
                Rng.of(1));
    }

    /** Two layers, and the outputs of the head with their gradient. */
    private static int floatsPerRow(String cell) {
        return Recurrent.floatsPerRow(lower(cell)) + Recurrent.floatsPerRow(upper(cell)) + 2 * OUTPUTS;
    }

    private static CellForm lower(String cell) {
        return CellForm.of(Cells.create(cell, FEATURES, HIDDEN));
    }

    private static CellForm upper(String cell) {
        return CellForm.of(Cells.create(cell, HIDDEN, HIDDEN));
    }

    private static BatchLayout ragged(int sequences, int shortest) {
        int[] lengths = new int[sequences];
        Arrays.setAll(lengths, i -> shortest + i);
        return BatchLayout.of(lengths);
    }

    /** The floats of one training step, from its workspace. */
    private static long taken(Network network, BatchLayout layout) {
        Tape tape = new Tape(Kernels.best(), new Workspace());
        SequenceBatch batch = SequenceBatch.allocate(new Workspace(), layout, FEATURES);
        tape.begin(new float[network.parameters().size()]);
        NetworkOutput output = network.forward(tape, batch, null, null);
        float[] mix = Gradients.normal(Rng.of(2), layout.rows() * OUTPUTS, 1);
        tape.backward(Gradients.weightedSum(tape, output.rows(), mix));
        return tape.workspace().taken();
    }

    private static long allocated(Network network, int steps) throws InterruptedException {
        SequenceBatch batch = SequenceBatch.allocate(new Workspace(), BatchLayout.uniform(4, steps), FEATURES);
        State state = network.initialState(4);
        // Warm when the kernels allocate nothing: then not more than the result and a few times the state.
        long limit = 4L * OUTPUTS * 4 * steps + 64L * 1024;
        return Allocation.whenWarm(() -> network.predict(Kernels.best(), batch, state), 20, limit);
    }
}
