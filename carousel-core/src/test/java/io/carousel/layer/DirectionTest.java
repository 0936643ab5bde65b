package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.task.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectionTest {
    private static final RecurrentSpec FORWARD = RecurrentSpec.of("encoder", "lstm", List.of(5));
    private static final int[] LENGTHS = {3, 0, 7, 1, 7, 2};

    private final Kernels kernels = Kernels.best();
    private final List<float[][]> sequences = Networks.sequences(LENGTHS);

    private static Network network(RecurrentSpec spec) {
        return Networks.network(new NetworkSpec(3, List.of(spec)));
    }

    private float[][] predict(Network network, List<float[][]> given, int index, State state) {
        float[] rows = network.predict(kernels, Networks.batch(given), state);
        int width = network.outputSize();
        float[][] outputs = new float[LENGTHS[index]][];
        for (int t = 0; t < outputs.length; t++) {
            int from = BatchLayout.of(LENGTHS).row(index, t) * width;
            outputs[t] = Arrays.copyOfRange(rows, from, from + width);
        }
        return outputs;
    }

    @Test
    void backwardIsForwardOverReversedSequencesEachWithinItsOwnLength() {
        Network backward = network(FORWARD.withDirection(Direction.BACKWARD));
        Network forward =
                Network.of(new NetworkSpec(3, List.of(FORWARD)), renamed(network(FORWARD), backward, "_reverse"));
        List<float[][]> reversed = new ArrayList<>();
        for (float[][] sequence : sequences) {
            List<float[]> rows = new ArrayList<>(List.of(sequence));
            Collections.reverse(rows);
            reversed.add(rows.toArray(new float[0][]));
        }
        State expectedState = forward.initialState(LENGTHS.length);
        State state = backward.initialState(LENGTHS.length);
        for (int index = 0; index < LENGTHS.length; index++) {
            expectedState.reset();
            state.reset();
            float[][] expected = predict(forward, reversed, index, expectedState);
            float[][] actual = predict(backward, sequences, index, state);
            Collections.reverse(Arrays.asList(expected));
            assertThat(actual).as("sequence %d", index).isDeepEqualTo(expected);
        }
        assertThat(state.values("encoder.hidden_l0_reverse")).isEqualTo(expectedState.values("encoder.hidden_l0"));
        assertThat(state.values("encoder.cell_l0_reverse")).isEqualTo(expectedState.values("encoder.cell_l0"));
    }

    private static Parameters renamed(Network to, Network from, String suffix) {
        for (Parameter parameter : to.parameters().list()) {
            float[] values =
                    from.parameters().get(parameter.name() + suffix).tensor().toArray();
            System.arraycopy(values, 0, to.parameters().values(), parameter.offset(), values.length);
        }
        to.parameters().changed();
        return to.parameters();
    }

    @Test
    void namesAndOrderOfWeightsAndStateArePyTorchs() {
        Network network =
                network(RecurrentSpec.of("encoder", "lstm", List.of(4, 2)).withDirection(Direction.BIDIRECTIONAL));

        assertThat(network.parameters().list())
                .extracting(Parameter::name)
                .startsWith("encoder.weight_ih_l0", "encoder.weight_hh_l0", "encoder.bias_ih_l0", "encoder.bias_hh_l0")
                .endsWith(
                        "encoder.weight_ih_l1_reverse",
                        "encoder.weight_hh_l1_reverse",
                        "encoder.bias_ih_l1_reverse",
                        "encoder.bias_hh_l1_reverse");
        assertThat(network.parameters()
                        .get("encoder.weight_ih_l1_reverse")
                        .shape()
                        .toArray())
                .containsExactly(4 * 2, 2 * 4);
        assertThat(network.stateParts())
                .extracting(StatePart::name)
                .containsExactly(
                        "encoder.hidden_l0",
                        "encoder.cell_l0",
                        "encoder.hidden_l0_reverse",
                        "encoder.cell_l0_reverse",
                        "encoder.hidden_l1",
                        "encoder.cell_l1",
                        "encoder.hidden_l1_reverse",
                        "encoder.cell_l1_reverse");
    }

    @Test
    void theOutputIsTwiceAsWideOnlyWhereDirectionsAreConcatenated() {
        RecurrentSpec both = FORWARD.withDirection(Direction.BIDIRECTIONAL);

        assertThat(network(both).outputSize()).isEqualTo(10);
        assertThat(network(both.withMerge(Merge.SUM)).outputSize()).isEqualTo(5);
        assertThat(network(FORWARD.withDirection(Direction.BACKWARD)).outputSize())
                .isEqualTo(5);
    }

    @Test
    void eachStackSaysHowItReadsInItsSpec() {
        RecurrentSpec both = FORWARD.withDirection(Direction.BIDIRECTIONAL).withMerge(Merge.AVERAGE);

        assertThat(both.direction()).isEqualTo(Direction.BIDIRECTIONAL);
        assertThat(both.withDropout(0.2).merge()).isEqualTo(Merge.AVERAGE);
        assertThat(network(both).readsBackward()).isTrue();
        assertThat(network(FORWARD).readsBackward()).isFalse();
    }

    @Test
    void aSessionOfANetworkThatReadsBackwardIsRefusedWithTheRemedy() {
        Network network = network(FORWARD.withDirection(Direction.BIDIRECTIONAL));

        assertThatThrownBy(() -> new Session(network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a network that is fed one time step at a time must read forward only, got layers that read"
                        + " backward: encoder; predict whole sequences, or open a Session.withLookAhead");
    }
}
