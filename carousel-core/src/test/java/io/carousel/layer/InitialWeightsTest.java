package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.Cell;
import io.carousel.cell.CellWeight;
import io.carousel.cell.CellWeight.Role;
import io.carousel.cell.Cells;
import io.carousel.cell.MemoryGate;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.layer.InitialWeights.Start;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InitialWeightsTest {
    private static final int FEATURES = 3;
    private static final int HIDDEN = 8;

    static List<String> cells() {
        return Cells.names();
    }

    static List<String> cellsThatKeep() {
        return cells().stream().filter(name -> cell(name).memoryGate() != null).toList();
    }

    static List<String> cellsWithoutAGate() {
        return cells().stream().filter(name -> cell(name).memoryGate() == null).toList();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void withoutAChoiceEveryCellStartsAsItSays(String name) {
        Parameters own = Parameters.initialized(cell(name).declarations(), Rng.of(3));

        assertThat(start(cell(name), InitialWeights.DEFAULT).values()).isEqualTo(own.values());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void asInPyTorchMatricesAndBiasesAreUniformByTheHiddenSize(String name) {
        Cell cell = cell(name);
        Parameters parameters = start(cell, InitialWeights.PYTORCH);
        Parameters own = start(cell, InitialWeights.DEFAULT);

        for (CellWeight weight : cell.weights()) {
            Parameter parameter = parameters.get(weight.name());
            if (weight.role() == Role.DIAGONAL || weight.role() == Role.GAIN) {
                assertThat(values(parameter)).isEqualTo(values(own.get(weight.name())));
            } else {
                float limit = (float) (1 / Math.sqrt(HIDDEN));
                double largest = largest(values(parameter));
                // the largest of 8 or more numbers is below a tenth of the limit once in 10^8
                assertThat(largest).as(weight.name()).isBetween(0.1 * limit, (double) limit);
            }
        }
    }

    @Test
    void everyKindOfStartIsThatOfItsInitializer() {
        Cell lstm = cell("lstm");
        for (Start choice : List.of(Start.GLOROT, Start.HE, Start.ORTHOGONAL, Start.UNIFORM, Start.IDENTITY)) {
            Parameters parameters =
                    start(lstm, InitialWeights.DEFAULT.withInput(choice).withRecurrent(choice));
            for (String name : List.of("weight_ih", "weight_hh")) {
                Tensor expected = Tensor.zeros(4 * HIDDEN, name.equals("weight_ih") ? FEATURES : HIDDEN);
                (switch (choice) {
                            case GLOROT -> Initializer.glorotUniform(4);
                            case HE -> Initializer.heUniform();
                            case ORTHOGONAL -> Initializer.orthogonal(4);
                            case UNIFORM -> Initializer.uniform(1 / Math.sqrt(HIDDEN));
                            default -> Initializer.identity(4, 1);
                        })
                        .fill(expected, Rng.of(3).stream(name));
                assertThat(values(parameters.get(name)))
                        .as("%s %s", choice, name)
                        .isEqualTo(expected.toArray());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cellsThatKeep")
    void aForgetBiasOfAnyCellIsTheSumOfItsBiasesAndMovesNoOther(String name) {
        Cell cell = cell(name);
        MemoryGate memory = cell.memoryGate();
        Parameters parameters = start(cell, InitialWeights.DEFAULT.withForgetBias(1.5));
        Parameters own = start(cell, InitialWeights.DEFAULT);

        for (CellWeight weight : cell.weights()) {
            for (String gate : gates(weight)) {
                float[] block = block(parameters, weight, gate);
                if (gate.equals(memory.name()) && weight.role() == Role.BIAS) {
                    assertThat(block).containsOnly(memory.keepsWhenOpen() ? 1.5f : -1.5f);
                } else if (gate.equals(memory.name()) && weight.role() == Role.RECURRENT_BIAS) {
                    assertThat(block).containsOnly(0);
                } else {
                    assertThat(block).isEqualTo(block(own, weight, gate));
                }
            }
        }
    }

    @Test
    void aStackStartsEveryLayerInBothDirectionsAsItsSpecSays() {
        RecurrentSpec stack = RecurrentSpec.of("encoder", "lstm", List.of(2, 3))
                .withDirection(Direction.BIDIRECTIONAL)
                .withInitialWeights(InitialWeights.DEFAULT.withForgetBias(2.5).withRecurrent(Start.IDENTITY));
        Parameters parameters = Network.create(new NetworkSpec(FEATURES, List.of(stack)), Rng.of(1))
                .parameters();

        for (String suffix : List.of("_l0", "_l0_reverse")) {
            assertThat(values(parameters.get("encoder.bias_ih" + suffix)))
                    .containsExactly(0, 0, 2.5f, 2.5f, 0, 0, 0, 0);
            assertThat(values(parameters.get("encoder.weight_hh" + suffix)))
                    .containsExactly(1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1);
        }
        for (String suffix : List.of("_l1", "_l1_reverse")) {
            assertThat(values(parameters.get("encoder.bias_ih" + suffix)))
                    .containsExactly(0, 0, 0, 2.5f, 2.5f, 2.5f, 0, 0, 0, 0, 0, 0);
        }
    }

    @Test
    void everyHeadOfAGateStartsAsAMatrixOfItsOwn() {
        Cell cell = Cells.create("slstm:heads=2", 1, 4);
        Parameters parameters = start(cell, InitialWeights.DEFAULT.withRecurrent(Start.IDENTITY));

        float[] head = {1, 0, 0, 1};
        float[] values = values(parameters.get("weight_hh"));
        assertThat(values).hasSize(4 * 2 * head.length);
        for (int from = 0; from < values.length; from += head.length) {
            assertThat(Arrays.copyOfRange(values, from, from + head.length)).isEqualTo(head);
        }
    }

    @Test
    void aSpecSaysInJsonHowItsWeightsStart() throws FormatException {
        String json = "{\"input\":\"he\",\"recurrent\":\"identity\",\"biases\":\"default\",\"forgetBias\":1.5,"
                + "\"longestLag\":null}";
        InitialWeights choice = InitialWeights.DEFAULT
                .withInput(Start.HE)
                .withRecurrent(Start.IDENTITY)
                .withForgetBias(1.5);

        assertThat(Json.write(choice)).isEqualTo(json);
        assertThat(Json.read(json, InitialWeights.class, "test")).isEqualTo(choice);
    }

    @ParameterizedTest
    @MethodSource("cellsThatKeep")
    void theChronoBiasesOfAnyCellForgetInUpToTheLongestLag(String name) {
        Cell cell = cell(name);
        MemoryGate memory = cell.memoryGate();
        Parameters parameters = start(cell, InitialWeights.PYTORCH.withChrono(50));

        for (CellWeight weight : cell.weights()) {
            if (weight.role() == Role.BIAS && weight.gates().contains(memory.name())) {
                float[] block = block(parameters, weight, memory.name());
                for (float bias : block) {
                    // below log 49 < 4, rounded once
                    assertThat(Math.exp(memory.keepsWhenOpen() ? bias : -bias)).isBetween(1.0, 49 * (1 + 4 * 0x1p-24));
                }
                assertThat(block[0]).isNotEqualTo(block[1]);
                if (memory.keepsWhenOpen() && weight.gates().contains("input")) {
                    float[] input = block(parameters, weight, "input");
                    for (int k = 0; k < input.length; k++) {
                        assertThat(input[k]).isEqualTo(-block[k]);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cellsThatKeep")
    void aLargeForgetBiasKeepsTheStateOfAnyCellAndASmallOneDropsIt(String name) {
        // with all other weights at 0 nothing new comes in, or half of nothing where gates share out a whole
        assertThat(kept(cell(name), 12)).isBetween(0.6f, 1.01f);
        assertThat(kept(cell(name), -12)).isBetween(-0.001f, 0.001f);
    }

    /** What is left of a state of 1 after a time step whose input is 0. */
    private static float kept(Cell cell, double forgetBias) {
        Parameters parameters = start(cell, InitialWeights.DEFAULT.withForgetBias(forgetBias));
        for (CellWeight weight : cell.weights()) {
            for (String gate : gates(weight)) {
                if (weight.role() != Role.BIAS || !gate.equals(cell.memoryGate().name())) {
                    fill(parameters, weight, gate);
                }
            }
        }
        parameters.changed();
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin();
        int memory =
                Math.max(0, cell.state().stream().map(StatePart::name).toList().indexOf("cell"));
        List<Variable> initial = new ArrayList<>();
        for (int p = 0; p < cell.state().size(); p++) {
            Tensor state = Tensor.zeros(1, cell.state().get(p).size());
            state.fill(p == memory ? 1 : 0);
            initial.add(tape.constant(state));
        }
        Flow input = new Flow(tape.constant(Tensor.zeros(1, FEATURES)), BatchLayout.uniform(1, 1));
        Recurrent.Result result = Recurrent.run(cell, parameters.list(), tape, input, initial);
        return result.finalState().get(memory).value().at(0, 0);
    }

    private static void fill(Parameters parameters, CellWeight weight, String gate) {
        Parameter parameter = parameters.get(weight.name());
        int size = parameter.shape().size() / gates(weight).size();
        int from = parameter.offset() + gates(weight).indexOf(gate) * size;
        Arrays.fill(parameters.values(), from, from + size, 0);
    }

    @ParameterizedTest
    @MethodSource("cellsWithoutAGate")
    void promiseFiveAForgetBiasOfACellWithoutTheGateIsRefused(String name) {
        String remedy = "; the cell has no gate that keeps its state, choose one that has, such as lstm";
        assertThatThrownBy(() -> start(cell(name), InitialWeights.DEFAULT.withForgetBias(1)))
                .hasMessage("forget bias must be left out for cell " + name + ", got 1.0" + remedy);
        assertThatThrownBy(() -> start(cell(name), InitialWeights.DEFAULT.withChrono(10)))
                .hasMessage("longest lag must be left out for cell " + name + ", got 10.0" + remedy);
    }

    @Test
    void promiseFiveAStartThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> InitialWeights.DEFAULT.withBiases(Start.HE))
                .hasMessage("start of biases must be default or uniform, got he; the others are for matrices");
        assertThatThrownBy(() -> new InitialWeights(Start.DEFAULT, Start.DEFAULT, Start.DEFAULT, 1.0, 10.0))
                .hasMessage(
                        "forget bias must be left out beside a longest lag, got 1.0 and 10.0; the chrono initialiser "
                                + "gives that bias");
        assertThatThrownBy(() -> InitialWeights.DEFAULT.withForgetBias(Double.NaN))
                .hasMessage("forget bias must be finite, got NaN");
        assertThatThrownBy(() -> InitialWeights.DEFAULT.withChrono(1))
                .hasMessage(
                        "longest lag must be finite and at least 2, got 1.0; give the longest dependency in time steps");
    }

    private static Cell cell(String name) {
        return Cells.create(name, FEATURES, HIDDEN);
    }

    private static Parameters start(Cell cell, InitialWeights choice) {
        return Parameters.initialized(choice.declarations(cell), Rng.of(3));
    }

    private static List<String> gates(CellWeight weight) {
        return weight.gates().isEmpty() ? List.of("") : weight.gates();
    }

    private static float[] block(Parameters parameters, CellWeight weight, String gate) {
        float[] all = values(parameters.get(weight.name()));
        int size = all.length / gates(weight).size();
        int from = gates(weight).indexOf(gate) * size;
        return Arrays.copyOfRange(all, from, from + size);
    }

    private static float[] values(Parameter parameter) {
        return parameter.tensor().toArray();
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
