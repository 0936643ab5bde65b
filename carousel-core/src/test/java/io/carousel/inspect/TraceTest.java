package io.carousel.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Parameter;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.Direction;
import io.carousel.layer.LastStepSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.Networks;
import io.carousel.layer.RecurrentSpec;
import io.carousel.tensor.Rng;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TraceTest {
    private static final int[] LENGTHS = {4, 0, 1, 6};

    private final Kernels kernels = Kernels.best();

    @ParameterizedTest
    @MethodSource("io.carousel.layer.Networks#cells")
    void theStatesOfEveryTimeStepAreThoseOfPrediction(String cell) {
        Network network = network(Networks.stack(cell));
        List<float[][]> sequences = Networks.sequences(LENGTHS);
        SequenceBatch batch = Networks.batch(sequences);
        float[] outputs = network.predict(kernels, batch, network.initialState(LENGTHS.length));
        Trace trace = Trace.of(network, kernels, batch, null);

        int top = Networks.stack(cell).hiddenSizes().size() - 1;
        assertThat(trace.runs()).hasSize(top + 1).extracting(RunTrace::name).contains("encoder_l0", "encoder_l" + top);
        for (int index = 0; index < LENGTHS.length; index++) {
            float[][] hidden = trace.run("encoder_l" + top).state("hidden", index);
            assertThat(hidden).hasDimensions(LENGTHS[index], LENGTHS[index] == 0 ? 0 : hidden[0].length);
            for (int t = 0; t < LENGTHS[index]; t++) {
                int from = batch.layout().row(index, t) * network.outputSize();
                assertThat(hidden[t]).isEqualTo(Arrays.copyOfRange(outputs, from, from + network.outputSize()));
            }
        }
    }

    @Test
    void aLayerThatReadsBackwardShowsTheGatesOfTheReversedSequenceAtItsOwnTimeSteps() {
        RecurrentSpec spec = RecurrentSpec.of("encoder", "gru", List.of(5));
        Network forward = network(spec);
        Network backward = network(spec.withDirection(Direction.BACKWARD));
        System.arraycopy(
                forward.parameters().values(),
                0,
                backward.parameters().values(),
                0,
                forward.parameters().size());
        backward.parameters().changed();
        float[][] sequence = Networks.sequences(7).get(0);
        float[][] reversed = sequence.clone();
        Collections.reverse(Arrays.asList(reversed));

        float[][] expected = Trace.of(forward, kernels, Networks.batch(List.<float[][]>of(reversed)), null)
                .run("encoder_l0")
                .gate("update", 0);
        Collections.reverse(Arrays.asList(expected));
        RunTrace run = Trace.of(backward, kernels, Networks.batch(List.<float[][]>of(sequence)), null)
                .run("encoder_l0_reverse");
        assertThat(run.backward()).isTrue();
        assertThat(run.gate("update", 0)).isDeepEqualTo(expected);
    }

    @Test
    void aNameThatIsNotThereIsRefused() {
        Network network = network(RecurrentSpec.of("encoder", "gru", List.of(5)));
        Trace trace = Trace.of(network, kernels, Networks.batch(Networks.sequences(2)), null);

        assertThatThrownBy(() -> trace.run("decoder_l0")).hasMessage("run must be one of [encoder_l0], got decoder_l0");
        assertThatThrownBy(() -> trace.run("encoder_l0").gate("forget", 0))
                .hasMessage("gate of gru must be one of [reset, update, candidate], got forget");
    }

    @Test
    void theGradientOfALinearRecurrenceFallsByItsFactorWithEachLag() {
        Network network = network(RecurrentSpec.of("encoder", "elman", List.of(3)), new LastStepSpec());
        Arrays.fill(network.parameters().values(), 0);
        Parameter recurrent = network.parameters().get("encoder.weight_hh_l0");
        for (int k = 0; k < 3; k++) {
            recurrent.tensor().data()[recurrent.offset() + 4 * k] = 0.5f;
        }
        network.parameters().changed();
        List<GradientByLag> curves =
                GradientByLag.of(network, kernels, Networks.batch(Networks.sequences(5, 3)), 2, Rng.of(1));

        // Without inputs all states are 0, where tanh has slope 1; the direction has three signs.
        assertThat(curves).hasSize(1);
        assertThat(curves.get(0).norms()).hasSize(5);
        for (int lag = 0; lag < 5; lag++) {
            assertThat(curves.get(0).norms()[lag]).isCloseTo(Math.sqrt(3) * Math.pow(0.5, lag), within(1e-15));
        }
    }

    @Test
    void anOpenForgetGateHasTheHalfLifeOfItsBias() {
        Network network = network(RecurrentSpec.of("encoder", "lstm", List.of(2)), new DenseSpec("head", 1));
        Arrays.fill(network.parameters().values(), 0);
        Parameter bias = network.parameters().get("encoder.bias_ih_l0");
        bias.tensor().data()[bias.offset() + 2] = 4;
        network.parameters().changed();
        Trace trace = Trace.of(network, kernels, Networks.batch(Networks.sequences(LENGTHS)), null);
        List<GateStatistics> statistics = GateStatistics.of(trace.run("encoder_l0"));

        assertThat(statistics)
                .extracting(GateStatistics::gate)
                .containsExactly("input", "forget", "candidate", "output");
        GateStatistics forget = statistics.get(1);
        assertThat(forget.halfLives()[0]).isCloseTo(-Math.log(2) / Math.log(1 / (1 + Math.exp(-4))), within(1e-4));
        assertThat(forget.halfLives()[1]).isCloseTo(1, within(1e-6));
        assertThat(forget.high()[0]).isCloseTo(1, within(1e-12));
        assertThat(forget.high()[1]).isZero();
        assertThat(forget.highShare()).isCloseTo(0.5, within(1e-12));
        assertThat(forget.lowShare()).isZero();
        assertThat(statistics.get(0).halfLives()).isNull();
    }

    @Test
    void aForgetGateThatIsOneHasAnInfiniteHalfLife() {
        Network network = network(RecurrentSpec.of("encoder", "lstm", List.of(1)));
        Arrays.fill(network.parameters().values(), 0);
        Parameter bias = network.parameters().get("encoder.bias_ih_l0");
        bias.tensor().data()[bias.offset() + 1] = 100;
        network.parameters().changed();
        Trace trace = Trace.of(network, kernels, Networks.batch(Networks.sequences(LENGTHS)), null);

        assertThat(GateStatistics.of(trace.run("encoder_l0")).get(1).halfLives())
                .containsExactly(Double.POSITIVE_INFINITY);
    }

    private static Network network(LayerSpec... layers) {
        return Networks.network(new NetworkSpec(3, List.of(layers)));
    }
}
