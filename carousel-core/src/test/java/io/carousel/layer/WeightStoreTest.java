package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.Allocation;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.kernel.WeightStore;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions whose weights are kept in bfloat16. */
class WeightStoreTest {
    static Stream<NetworkSpec> streaming() {
        return Networks.streaming();
    }

    @ParameterizedTest
    @MethodSource("streaming")
    void aSessionInBfloat16GivesTheBitsOfANetworkWithRoundedMatrices(NetworkSpec spec) {
        Network network = Networks.network(spec);
        Session exact = new Session(rounded(network));
        for (Kernels kernels : new Kernels[] {new ScalarKernels(), Kernels.best()}) {
            Session session = new Session(network, kernels, WeightStore.BFLOAT16);
            exact.reset();
            float[] output = new float[network.outputSize()];
            float[] expected = new float[network.outputSize()];
            for (float[] x : Networks.sequences(9).get(0)) {
                session.step(x, output);
                exact.step(x, expected);
                assertThat(output).isEqualTo(expected);
            }
            assertThat(session.state()).isEqualTo(exact.state());
            assertThat(session.fork().state()).isEqualTo(exact.state());
        }
    }

    @ParameterizedTest
    @MethodSource("streaming")
    void sequencesThatAreFedTogetherInBfloat16GiveTheBitsOfEachAlone(NetworkSpec spec) {
        Network network = Networks.network(spec);
        int features = spec.inputSize();
        List<float[][]> sequences = Networks.sequences(5, 5, 5);
        NetworkStepper together = network.stepper(Kernels.best(), 3, WeightStore.BFLOAT16);
        List<Session> alone = Stream.generate(() -> new Session(network, WeightStore.BFLOAT16))
                .limit(3)
                .toList();
        float[] x = new float[3 * features];
        float[] y = new float[3 * network.outputSize()];
        float[] expected = new float[network.outputSize()];
        for (int t = 0; t < 5; t++) {
            for (int i = 0; i < 3; i++) {
                System.arraycopy(sequences.get(i)[t], 0, x, i * features, features);
            }
            together.step(3, x, 0, y, 0);
            for (int i = 0; i < 3; i++) {
                alone.get(i).step(sequences.get(i)[t], expected);
                for (int k = 0; k < expected.length; k++) {
                    assertThat(y[i * expected.length + k]).isEqualTo(expected[k]);
                }
            }
        }
    }

    @Test
    void changedWeightsArePackedAnewInEveryStore() {
        NetworkSpec spec = new NetworkSpec(20, List.of(new DenseSpec("head", 33)));
        for (WeightStore store : WeightStore.values()) {
            Network network = Network.create(spec, Rng.of(1));
            Session session = new Session(network, store);
            float[] x = new float[20];
            x[19] = 1;
            float[] y = new float[33];
            session.step(x, y);
            Parameter weight = network.parameters().get("head.weight");
            weight.tensor().data()[weight.offset() + 32 * 20 + 19] = 4.5f;
            network.parameters().changed();
            session.step(x, y);

            assertThat(y[32]).isEqualTo(4.5f);
        }
    }

    @Test
    void steppingASessionInBfloat16AllocatesNothing() throws InterruptedException {
        NetworkSpec spec = new NetworkSpec(
                3, List.of(RecurrentSpec.of("encoder", "lstm", List.of(64, 40)), new DenseSpec("head", 12)));
        Session session = new Session(Network.create(spec, Rng.of(1)), WeightStore.BFLOAT16);
        float[] x = {1, 2, 3};
        float[] y = new float[12];

        assertThat(Allocation.whenWarm(() -> session.step(x, y), 2_000, 0)).isZero();
    }

    /**
     * One time step of an LSTM from a state of zeros. A pre-activation is a sum over F inputs, in which each weight is off by at
     * most u = 2^-8 of its size, so it is off by at most {@code u Σ |w x|}, beside float32 roundings of {@code γ(F + 1)} of the
     * same sum and the biases. Slopes are at most ¼ for the sigmoid and 1 for tanh; gates, candidate and tanh of the cell are at
     * most 1 and the state is zero, so {@code |Δc| <= ¼ Δi + Δg} and {@code |Δh| <= |Δc| + ¼ Δo}. Elementary functions add a few
     * units of 2^-24 on both sides.
     */
    @Test
    void theErrorOfATimeStepIsWithinTheBoundOfItsRoundedWeights() {
        int size = 48;
        Network network = Network.create(
                new NetworkSpec(size, List.of(RecurrentSpec.of("encoder", "lstm", List.of(size)))), Rng.of(3));
        float[] x = new float[size];
        Rng rng = Rng.of(4);
        for (int i = 0; i < size; i++) {
            x[i] = rng.nextFloat() * 2 - 1;
        }
        float[] exact = new float[size];
        float[] rounded = new float[size];
        new Session(network).step(x, exact);
        new Session(network, WeightStore.BFLOAT16).step(x, rounded);
        Parameter weight = network.parameters().get("encoder.weight_ih_l0");
        double unit = 0x1p-8 + 2 * (size + 2) * 0x1p-24;
        boolean differs = false;
        for (int j = 0; j < size; j++) {
            double[] off = new double[4];
            for (int gate = 0; gate < 4; gate++) {
                for (int i = 0; i < size; i++) {
                    off[gate] += unit * Math.abs(weight.tensor().at(gate * size + j, i) * (double) x[i]);
                }
            }
            double bound = off[0] / 4 + off[2] + off[3] / 4 + 64 * 0x1p-24;
            assertThat(Math.abs((double) exact[j] - rounded[j])).isLessThanOrEqualTo(bound);
            differs |= exact[j] != rounded[j];
        }
        assertThat(differs).isTrue();
    }

    /** The same network, every matrix that is multiplied by rounded to bfloat16. */
    private static Network rounded(Network network) {
        Network rounded = Networks.network(network.spec());
        Parameters parameters = rounded.parameters();
        System.arraycopy(network.parameters().values(), 0, parameters.values(), 0, parameters.size());
        for (Parameter parameter : parameters.list()) {
            if (parameter.shape().rank() == 2) {
                for (int i = parameter.offset();
                        i < parameter.offset() + parameter.tensor().size();
                        i++) {
                    float x = parameters.values()[i];
                    parameters.values()[i] = Float.intBitsToFloat(WeightStore.toBfloat16(x) << 16);
                }
            }
        }
        parameters.changed();
        return rounded;
    }
}
