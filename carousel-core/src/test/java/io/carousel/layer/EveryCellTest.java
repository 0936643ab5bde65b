package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.autograd.Gradients;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the promises say of every cell, beside {@link SameBitsWholeSteppedAndBatchedTest} (taped and direct, whole and
 * stepped, alone and in a batch, interleaved) and {@link RecurrentGradientTest}, which run over every cell as well.
 */
@Tag("promise")
class EveryCellTest {
    private static final int[] LENGTHS = {3, 0, 1, 7, 7};

    @ParameterizedTest
    @MethodSource("io.carousel.layer.Networks#cells")
    void scalarAndVectorKernelsGiveTheSameBitsForwardAndBackward(String cell) {
        for (Direction direction : Direction.values()) {
            Network network = Networks.network(
                    new NetworkSpec(3, List.of(Networks.stack(cell).withDirection(direction))));
            float[] expected = outputsAndGradients(network, new ScalarKernels());
            assertThat(outputsAndGradients(network, Kernels.best()))
                    .as("%s", direction)
                    .isEqualTo(expected);
        }
    }

    private static float[] outputsAndGradients(Network network, Kernels kernels) {
        SequenceBatch batch = Networks.batch(Networks.sequences(LENGTHS));
        float[] gradient = new float[network.parameters().size()];
        Tape tape = new Tape(kernels, new Workspace());
        tape.begin(gradient);
        Variable rows = network.forward(tape, batch, null, null).rows();
        tape.backward(Gradients.weightedSum(
                tape, rows, Gradients.normal(Rng.of(3), rows.value().size(), 1)));
        float[] outputs = rows.value().toArray();
        float[] all = Arrays.copyOf(outputs, outputs.length + gradient.length);
        System.arraycopy(gradient, 0, all, outputs.length, gradient.length);
        return all;
    }

    @ParameterizedTest
    @MethodSource("io.carousel.layer.Networks#cells")
    void aStateGoesOnFromItsBytesAsIfNothingHadHappened(String cell) throws FormatException {
        Network network = Networks.network(new NetworkSpec(3, List.of(Networks.stack(cell))));
        float[][] inputs = Networks.sequences(6).get(0);
        float[] output = new float[network.outputSize()];
        Session session = new Session(network);
        session.step(inputs[0], output);
        session.step(inputs[1], output);
        State state = State.fromBytes(session.state().toBytes());
        assertThat(state).isEqualTo(session.state());
        State batch = network.initialState(1);
        batch.copySequence(state, 0, 0);
        network.predict(Kernels.best(), Networks.batch(List.<float[][]>of(new float[][] {inputs[2]})), batch);
        session.step(inputs[2], output);
        assertThat(batch).isEqualTo(session.state());
    }

    @ParameterizedTest
    @MethodSource("io.carousel.layer.Networks#cells")
    void aSpecReadsBackEqualFromJson(String cell) throws FormatException {
        NetworkSpec spec = new NetworkSpec(3, List.of(Networks.stack(cell)));
        String json = Json.write(spec);

        assertThat(json).contains("\"cell\":\"" + cell + "\"");
        assertThat(Json.read(json, NetworkSpec.class, "spec")).isEqualTo(spec);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void emptySequencesGiveNothingAndKeepTheirState(Direction direction) {
        Networks.cells().forEach(cell -> {
            Network network = Networks.network(
                    new NetworkSpec(3, List.of(Networks.stack(cell).withDirection(direction))));
            State initial = network.initialState(2);
            initial.parts().forEach(part -> initial.values(part.name())[0] = 0.5f);
            Tape tape = new Tape(Kernels.best(), new Workspace());
            tape.begin();
            NetworkOutput output = network.forward(tape, Networks.batch(Networks.sequences(0, 0)), initial, null);

            assertThat(output.rows().value().size()).as(cell).isZero();
            assertThat(output.finalState()).as(cell).isEqualTo(initial);
        });
    }
}
