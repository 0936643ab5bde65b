package io.carousel.train;

import static io.carousel.autograd.Gradients.bound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.layer.AdaptiveSoftmaxSpec;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.model.Json;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Loss, probabilities and gradients of PyTorch, made by {@code tools/golden/adaptive_softmax.py}. */
class AdaptiveSoftmaxGoldenTest {
    static Stream<JsonNode> cases() {
        return Golden.read("adaptive_softmax.json").get("cases").valueStream();
    }

    private static Network network(JsonNode golden) {
        List<Integer> cutoffs = new ArrayList<>();
        golden.get("cutoffs").forEach(cutoff -> cutoffs.add(cutoff.intValue()));
        AdaptiveSoftmaxSpec spec = new AdaptiveSoftmaxSpec(
                "decoder",
                golden.get("classes").intValue(),
                cutoffs,
                golden.get("divisor").doubleValue());
        Network network = Network.create(new NetworkSpec(golden.get("features").intValue(), List.of(spec)), Rng.of(1));
        JsonNode weights = golden.get("weights");
        for (Parameter parameter : network.parameters().list()) {
            Tensor tensor = parameter.tensor();
            float[] values = weights.has(parameter.name())
                    ? Golden.floats(weights.get(parameter.name()))
                    : new float[tensor.size()];
            assertThat(values).as(parameter.name()).hasSize(tensor.size());
            System.arraycopy(values, 0, tensor.data(), tensor.offset(), values.length);
        }
        network.parameters().changed();
        return network;
    }

    private static float[][] rows(JsonNode array) {
        float[][] rows = new float[array.size()][];
        Arrays.setAll(rows, i -> Golden.floats(array.get(i)));
        return rows;
    }

    /** A logarithm: products of a projection and a cluster, a head, and the sums and exponentials of both softmaxes. */
    private static double tolerance(JsonNode golden) {
        int roundings = 2 * golden.get("features").intValue()
                + 2 * golden.get("classes").intValue()
                + 60;
        double largest = 0;
        for (double log : Golden.doubles(golden.get("logProbabilities"))) {
            largest = Math.max(largest, Math.abs(log));
        }
        return bound(roundings, 4 * Math.max(1, largest));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theLogarithmsOfAllProbabilitiesAreThoseOfPyTorchOnBothPaths(JsonNode golden) {
        Network network = network(golden);
        float[][] x = rows(golden.get("x"));
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin();
        float[] logs = network.forward(tape, SequenceBatch.of(List.<float[][]>of(x), x[0].length), null, null)
                .rows()
                .value()
                .toArray();

        double[] expected = Golden.doubles(golden.get("logProbabilities"));
        double bound = tolerance(golden);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) logs[i]).isCloseTo(expected[i], within(bound));
        }
        Session session = new Session(network);
        int classes = network.outputSize();
        float[] y = new float[classes];
        for (int row = 0; row < x.length; row++) {
            session.step(x[row], y);
            assertThat(y).isEqualTo(Arrays.copyOfRange(logs, row * classes, (row + 1) * classes));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossAndGradientsAreThoseOfPyTorch(JsonNode golden) {
        Network network = network(golden);
        float[][] x = rows(golden.get("x"));
        float[] gradient = new float[network.parameters().size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        float[] flat = Golden.floats(golden.get("x"));
        Variable input = tape.variable(Tensor.of(Shape.of(x.length, x[0].length), flat));
        float[] targets = Golden.floats(golden.get("targets"));
        ShardLoss loss =
                new AdaptiveSoftmaxOutput().sum(network, tape, input, Tensor.of(Shape.of(targets.length, 1), targets));
        tape.backward(loss.sum());

        // sums over rows, of which none is larger than the largest weight or input times the largest weight
        double bound = 8 * targets.length * tolerance(golden);
        assertThat((double) loss.sum().value().at())
                .isCloseTo(golden.get("loss").doubleValue(), within(bound));
        assertThat(loss.weight()).isEqualTo(targets.length);
        for (Parameter parameter : network.parameters().list()) {
            if (golden.get("gradients").has(parameter.name())) {
                double[] expected = Golden.doubles(golden.get("gradients").get(parameter.name()));
                for (int i = 0; i < expected.length; i++) {
                    assertThat((double) gradient[parameter.offset() + i])
                            .as(parameter.name())
                            .isCloseTo(expected[i], within(bound));
                }
            }
        }
        double[] expected = Golden.doubles(golden.get("inputGradient"));
        float[] actual = input.gradient().toArray();
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], within(bound));
        }
    }

    @Test
    void theBiasesOfClustersHaveTheDerivativesOfAnyBias() {
        Network network = network(cases().skip(1).findFirst().orElseThrow());
        float[] x = {0.3f, -1, 0.5f, 2, -0.25f, 1, 0, 0.75f, -0.5f};
        float[] targets = {35};
        double[] slopes = new double[2];
        String[] names = {"decoder.tail.2.0.bias", "decoder.tail.2.1.bias"};
        for (int k = 0; k < 2; k++) {
            Parameter bias = network.parameters().get(names[k]);
            float[] gradient = new float[network.parameters().size()];
            loss(network, x, targets, gradient);
            float before = bias.tensor().data()[bias.offset()];
            double step = 1e-2;
            bias.tensor().data()[bias.offset()] = (float) (before + step);
            network.parameters().changed();
            double above = loss(network, x, targets, null);
            bias.tensor().data()[bias.offset()] = (float) (before - step);
            network.parameters().changed();
            double below = loss(network, x, targets, null);
            bias.tensor().data()[bias.offset()] = before;
            network.parameters().changed();
            slopes[k] = (above - below) / (2 * step);
            // h² / 6 of a third derivative of at most the cube of a weight of 4, and 200 roundings of a loss below 20
            double allowed = step * step / 6 * 64 + bound(200, 20) / step;
            assertThat((double) gradient[bias.offset()]).isCloseTo(slopes[k], within(allowed));
        }
        assertThat(slopes[0]).isNotZero();
    }

    private static double loss(Network network, float[] x, float[] targets, float[] gradient) {
        Tape tape = new Tape(Kernels.best(), new Workspace());
        if (gradient == null) {
            tape.begin();
        } else {
            tape.begin(gradient);
        }
        Variable input = tape.variable(Tensor.of(Shape.of(1, x.length), x));
        ShardLoss loss = new AdaptiveSoftmaxOutput().sum(network, tape, input, Tensor.of(Shape.of(1, 1), targets));
        if (gradient != null) {
            tape.backward(loss.sum());
        }
        return loss.sum().value().at();
    }

    @Test
    void choicesThatDoNotFitAreNamedAndASpecReadsBackEqual() throws Exception {
        assertThatThrownBy(() -> new AdaptiveSoftmaxSpec("d", 10, List.of(5, 5)))
                .hasMessage("cutoffs of d must ascend from 1 to before 10, got [5, 5]");
        assertThatThrownBy(() -> new AdaptiveSoftmaxSpec("d", 10, List.of()))
                .hasMessage("cutoffs of d must be at least one, got none; use a dense layer");
        Network dense = Network.create(new NetworkSpec(2, List.of(new DenseSpec("d", 3))), Rng.of(1));
        assertThatThrownBy(() -> new AdaptiveSoftmaxOutput().requireFit(dense, 1))
                .hasMessageStartingWith("last layer of the network must be an adaptive softmax, got ");
        NetworkSpec spec =
                new NetworkSpec(3, List.of(new AdaptiveSoftmaxSpec("d", 100, AdaptiveSoftmaxSpec.usualCutoffs(100))));
        assertThat(Json.read(Json.write(spec), NetworkSpec.class, "spec")).isEqualTo(spec);
    }
}
