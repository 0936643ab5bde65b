package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.autograd.Gradients;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.Cell;
import io.carousel.cell.Cells;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for some of the cells derived from the LSTM, beside what the contract tests say of every cell. */
class LstmFamilyTest {
    private static final int STEPS = 6;
    private static final int HIDDEN = 18;

    @Test
    void aPeepholeCellWhoseWeightsAreStillZeroGivesTheBitsOfAnLstm() {
        float[] x = Gradients.normal(Rng.of(5), STEPS * 3, 1);

        assertThat(run(start("peephole", 3), x)).isEqualTo(run(start("lstm", 3), x));
    }

    @Test
    void aTimeLstmWithoutGapsGivesTheBitsOfAnLstm() {
        float[] x = Gradients.normal(Rng.of(6), STEPS * 3, 1);

        assertThat(run(start("time-lstm", 4), withGap(x, 0))).isEqualTo(run(start("lstm", 3), x));
    }

    @Test
    void aLongGapTakesTheShortTermPartAway() {
        float[] x = Gradients.normal(Rng.of(6), STEPS * 3, 1);
        float[] none = run(start("time-lstm", 4), withGap(x, 0));
        float[] hour = run(start("time-lstm", 4), withGap(x, 60));
        float[] forever = run(start("time-lstm", 4), withGap(x, Float.POSITIVE_INFINITY));

        assertThat(distance(none, hour)).isPositive().isLessThan(distance(none, forever));
    }

    @Test
    void aGapBelowZeroCountsAsZeroAndOneThatIsNoNumberIsSeen() {
        float[] x = Gradients.normal(Rng.of(6), STEPS * 3, 1);

        assertThat(run(start("time-lstm", 4), withGap(x, -5))).isEqualTo(run(start("time-lstm", 4), withGap(x, 0)));
        assertThat(run(start("time-lstm", 4), withGap(x, Float.NaN))).contains(Float.NaN);
    }

    @Test
    void aTimeLstmAboveAnotherLayerIsRefused() {
        RecurrentSpec spec = RecurrentSpec.of("encoder", "time-lstm", List.of(4, 4));
        assertThatThrownBy(() -> spec.layer(3))
                .hasMessage(
                        "cell of the levels above the lowest of encoder must not read the time since the step before, "
                                + "got time-lstm; give it one level, and put a stack of another cell above");
    }

    @Test
    void aTimeLstmNeedsAFeatureBesideTheGap() {
        assertThatThrownBy(() -> Cells.create("time-lstm", 1, 4))
                .hasMessage("input size of cell time-lstm must be at least 2, got 1; the last feature is the time since"
                        + " the step before, in front of it at least one other");
    }

    @Test
    void theCellOf1997KeepsWhatItHasWhileItsInputGateIsClosed() {
        Start start = start("lstm-1997", 3);
        start.fillFirstBlock("bias_ih", -200);
        float[] cells = Gradients.normal(Rng.of(7), HIDDEN, 1);

        assertThat(last(start, Gradients.normal(Rng.of(8), STEPS * 3, 1), cells))
                .isEqualTo(cells);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lstm",
                "peephole",
                "no-input-gate",
                "no-output-gate",
                "no-input-activation",
                "no-output-activation",
                "projection",
                "layer-norm-lstm",
                "time-lstm"
            })
    void theForgetGateStartsWithABiasOfOne(String name) {
        Start start = start(name, 4);
        List<String> gates = start.cell().weights().get(2).gates();
        float[] bias = start.values("bias_ih");
        int block = bias.length / gates.size();
        for (int k = 0; k < gates.size(); k++) {
            assertThat(Arrays.copyOfRange(bias, k * block, (k + 1) * block))
                    .as(gates.get(k))
                    .containsOnly(gates.get(k).equals("forget") ? 1 : 0);
        }
    }

    @Test
    void coupledGatesStartByKeepingAsMuchAsAForgetBiasOfOneDoes() {
        float[] bias = start("coupled", 3).values("bias_ih");

        assertThat(Arrays.copyOf(bias, HIDDEN)).containsOnly(-1);
        assertThat(Arrays.copyOfRange(bias, HIDDEN, 3 * HIDDEN)).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"projection:size=5, 5", "projection, 9"})
    void aProjectionIsAsWideAsItsOptionSaysOrHalfAsWideAsTheCell(String spec, int width) {
        Cell cell = Cells.create(spec, 3, HIDDEN);

        assertThat(cell.hiddenSize()).isEqualTo(width);
        assertThat(cell.state()).containsExactly(new StatePart("hidden", width), new StatePart("cell", HIDDEN));
    }

    @Test
    void theLayerAboveAProjectionReadsAsManyFeatures() {
        Network network = Network.create(
                new NetworkSpec(3, List.of(RecurrentSpec.of("encoder", "projection:size=5", List.of(18, 12)))),
                Rng.of(1));

        assertThat(network.outputSize()).isEqualTo(5);
        assertThat(network.parameters().get("encoder.weight_ih_l1").shape()).isEqualTo(Shape.of(48, 5));
        assertThat(network.parameters().get("encoder.weight_hr_l1").shape()).isEqualTo(Shape.of(5, 12));
    }

    @Test
    void aProjectionRefusesWhatIsNoSizeAndWhatItDoesNotKnow() {
        assertThatThrownBy(() -> Cells.create("projection:size=0", 3, 4))
                .hasMessage("option size of cell projection must be a positive whole number, got 0.0");
        assertThatThrownBy(() -> Cells.create("projection:heads=2", 3, 4))
                .hasMessage("option of cell projection must be one of [size], got heads");
    }

    /** A cell with its first weights, the same in every cell where the name and the shape are the same. */
    private record Start(Cell cell, Parameters parameters) {
        float[] values(String weight) {
            return parameters.get(weight).tensor().toArray();
        }

        void fillFirstBlock(String weight, float value) {
            int offset = parameters.get(weight).offset();
            Arrays.fill(parameters.values(), offset, offset + HIDDEN, value);
            parameters.changed();
        }
    }

    private static Start start(String spec, int inputSize) {
        Cell cell = Cells.create(spec, inputSize, HIDDEN);
        return new Start(cell, Parameters.initialized(cell.declarations(), Rng.of(9)));
    }

    /** The outputs of one sequence. */
    private static float[] run(Start start, float[] x) {
        return result(start, x, new float[HIDDEN]).outputs().value().toArray();
    }

    /** The cell state after one sequence. */
    private static float[] last(Start start, float[] x, float[] cells) {
        return result(start, x, cells).finalState().get(1).value().toArray();
    }

    private static Recurrent.Result result(Start start, float[] x, float[] cells) {
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin();
        Cell cell = start.cell();
        Variable input = tape.constant(Tensor.of(Shape.of(STEPS, cell.inputSize()), x));
        List<Variable> initial = List.of(
                tape.constant(Tensor.zeros(1, cell.hiddenSize())),
                tape.constant(Tensor.of(Shape.of(1, HIDDEN), cells)));
        Flow flow = new Flow(input, BatchLayout.of(STEPS));
        return Recurrent.run(cell, start.parameters().list(), tape, flow, initial);
    }

    /** The features with a gap behind those of each time step. */
    private static float[] withGap(float[] x, float gap) {
        float[] all = new float[STEPS * 4];
        for (int t = 0; t < STEPS; t++) {
            System.arraycopy(x, 3 * t, all, 4 * t, 3);
            all[4 * t + 3] = gap;
        }
        return all;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum;
    }
}
