package io.carousel.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.kernel.Kernels;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.Direction;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.Networks;
import io.carousel.layer.PoolingSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.SumSpec;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntegratedGradientsTest {
    private final Kernels kernels = Kernels.best();

    static Stream<NetworkSpec> networks() {
        RecurrentSpec both = RecurrentSpec.of("encoder", "lstm", List.of(5)).withDirection(Direction.BIDIRECTIONAL);
        SumSpec members = new SumSpec(List.of(
                List.of(new EmbeddingSpec("one", 9, 3), PoolingSpec.mean("first"), new DenseSpec("head", 2)),
                List.of(new EmbeddingSpec("two", 9, 4), both, PoolingSpec.max("second"), new DenseSpec("end", 2))));
        SumSpec branches = new SumSpec(List.of(
                List.of(both, PoolingSpec.max("first"), new DenseSpec("head", 2)),
                List.of(PoolingSpec.attention("second", 2), new DenseSpec("end", 2))));
        Stream<NetworkSpec> single = Stream.of(
                        PoolingSpec.last("pool", Direction.BIDIRECTIONAL),
                        PoolingSpec.mean("pool"),
                        PoolingSpec.max("pool"),
                        PoolingSpec.attention("pool", 4))
                .flatMap(pool -> Stream.of(
                        new NetworkSpec(3, List.of(both, pool, new DenseSpec("head", 2))),
                        new NetworkSpec(
                                1, List.of(new EmbeddingSpec("words", 9, 3), both, pool, new DenseSpec("head", 2)))));
        return Stream.concat(
                single, Stream.of(new NetworkSpec(1, List.of(members)), new NetworkSpec(3, List.of(branches))));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void theSumOfAllAttributionsIsWhatTheInputsChanged(NetworkSpec spec) {
        Network network = scaled(Networks.network(spec), 3);
        float[][] x = input(network);
        IntegratedGradients found = IntegratedGradients.of(network, kernels, x, new double[] {1, -0.5}, null);

        assertThat(found.complete()).as("gap %s", found.gap()).isTrue();
        assertThat(found.output()).isNotEqualTo(found.baseline());
        assertThat(found.steps()).hasSize(x.length);
        assertThat(found.points()).isBetween(32, IntegratedGradients.MOST_POINTS);
        IntegratedGradients again = IntegratedGradients.of(network, kernels, x, new double[] {1, -0.5}, null);
        assertThat(again.attributions()).isDeepEqualTo(found.attributions());
    }

    /** Of a linear function the attributions are the terms of its sum. */
    @Test
    void ofALinearFunctionEveryTermIsItsOwn() {
        Network network =
                Networks.network(new NetworkSpec(3, List.of(PoolingSpec.mean("pool"), new DenseSpec("head", 2))));
        float[][] x = Networks.sequences(4).get(0);
        float[][] b = Networks.sequences(5, 4).get(1);
        IntegratedGradients found = IntegratedGradients.of(network, kernels, x, new double[] {0, 2}, b);

        Tensor weight = network.parameters().get("head.weight").tensor();
        for (int t = 0; t < 4; t++) {
            for (int j = 0; j < 3; j++) {
                double term = 2.0 * weight.at(1, j) * ((double) x[t][j] - b[t][j]) / 4;
                // The gradient has two products, each rounded to a float.
                assertThat(found.attributions()[t][j]).isCloseTo(term, within(4 * 0x1p-24 * Math.abs(term)));
            }
        }
        assertThat(found.points()).isEqualTo(32);
    }

    @Test
    void anInputThatIsNotReadMovesNothing() {
        NetworkSpec spec = new NetworkSpec(
                3,
                List.of(
                        RecurrentSpec.of("encoder", "gru", List.of(4)),
                        PoolingSpec.attention("pool", 4),
                        new DenseSpec("head", 1)));
        Network network = Networks.network(spec);
        Tensor weight = network.parameters().get("encoder.weight_ih_l0").tensor();
        for (int r = 0; r < weight.rows(); r++) {
            weight.data()[weight.offset() + 3 * r + 1] = 0;
        }
        network.parameters().changed();
        IntegratedGradients found =
                IntegratedGradients.of(network, kernels, Networks.sequences(6).get(0), new double[] {1}, null);
        for (double[] step : found.attributions()) {
            assertThat(step[1]).isZero();
            assertThat(step[0]).isNotZero();
        }
    }

    /** The attention of two numbers by a double reference: central differences at many more points. */
    @Test
    void theAttributionsOfAttentionAreThoseOfTheReference() {
        Network network =
                scaled(Network.create(new NetworkSpec(1, List.of(PoolingSpec.attention("pool", 1))), Rng.of(2)), 2);
        double weight = network.parameters().get("pool.weight").tensor().at(0, 0);
        double query = network.parameters().get("pool.query").tensor().at(0);
        double[] x = {1.5, -0.75};
        IntegratedGradients found =
                IntegratedGradients.of(network, kernels, new float[][] {{1.5f}, {-0.75f}}, new double[] {1}, null);
        for (int j = 0; j < 2; j++) {
            int input = j;
            DoubleUnaryOperator slope = alpha -> {
                double h = 1e-5;
                double up = pooled(weight, query, alpha * x[0] + (input == 0 ? h : 0), alpha * x[1] + input * h);
                double down = pooled(weight, query, alpha * x[0] - (input == 0 ? h : 0), alpha * x[1] - input * h);
                return x[input] * (up - down) / (2 * h);
            };
            int pieces = 4000;
            double integral = 0;
            double curvature = 0;
            double wide = 1e-2;
            for (int i = 0; i < pieces; i++) {
                double alpha = (i + 0.5) / pieces;
                integral += slope.applyAsDouble(alpha) / pieces;
                double second = slope.applyAsDouble(alpha + wide)
                        - 2 * slope.applyAsDouble(alpha)
                        + slope.applyAsDouble(alpha - wide);
                curvature = Math.max(curvature, Math.abs(second) / (wide * wide));
            }
            // Midpoints of n pieces miss an integral by at most its largest second derivative / (24 n²), here counted
            // twice
            // for its own error; a gradient has some 60 roundings of numbers below 4; differences have 1e-10.
            double bound = 2 * curvature / (24 * 32 * 32) + 60 * 4 * 0x1p-24 + 1e-9;
            assertThat(found.steps()[j]).isCloseTo(integral, within(bound));
        }
    }

    private static double pooled(double weight, double query, double a, double b) {
        double left = Math.exp(query * Math.tanh(weight * a));
        double right = Math.exp(query * Math.tanh(weight * b));
        return (left * a + right * b) / (left + right);
    }

    @Test
    void refusesWhatDoesNotFit() {
        Network network = Networks.network(new NetworkSpec(
                1, List.of(new EmbeddingSpec("words", 9, 3), PoolingSpec.mean("pool"), new DenseSpec("head", 2))));
        double[] weights = {1, 0};
        assertThatThrownBy(() -> IntegratedGradients.of(network, kernels, new float[0][], weights, null))
                .hasMessage("sequence must have at least one time step to be explained, got none");
        assertThatThrownBy(() -> IntegratedGradients.of(network, kernels, new float[][] {{9}}, weights, null))
                .hasMessage("token at time step 0 of sequence 0 must be a whole number from 0 to 8 for words, got 9.0; "
                        + "number tokens as in the network's vocabulary");
        assertThatThrownBy(() -> IntegratedGradients.of(network, kernels, new float[][] {{1, 2}}, weights, null))
                .hasMessage("time step 0 must have shape [F] = [1], got [2]");
        assertThatThrownBy(() -> IntegratedGradients.of(network, kernels, new float[][] {{1}}, new double[3], null))
                .hasMessage("weights must be one for each of 2 outputs, got 3");
        assertThatThrownBy(
                        () -> IntegratedGradients.of(network, kernels, new float[][] {{1}}, weights, new float[2][1]))
                .hasMessage("baseline must have the 1 time steps of the sequence, got 2");
    }

    private static Network scaled(Network network, float factor) {
        float[] values = network.parameters().values();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        network.parameters().changed();
        return network;
    }

    private static float[][] input(Network network) {
        return network.spec().inputSize() == 3
                ? Networks.sequences(7).get(0)
                : new float[][] {{3}, {1}, {4}, {1}, {5}, {8}, {2}};
    }
}
