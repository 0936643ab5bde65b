package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Parameters;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializerTest {
    @ParameterizedTest(name = "{0} blocks of {1} x {2}")
    @CsvSource({"1, 6, 6", "4, 5, 5", "1, 3, 8", "1, 8, 3"})
    void everyBlockOfAnOrthogonalMatrixHasOrthonormalRowsOrColumns(int blocks, int rows, int columns) {
        Tensor tensor = Tensor.zeros(blocks * rows, columns);
        Initializer.orthogonal(blocks).fill(tensor, Rng.of(3));

        int vectors = Math.min(rows, columns);
        int length = Math.max(rows, columns);
        for (int block = 0; block < blocks; block++) {
            for (int a = 0; a < vectors; a++) {
                for (int b = 0; b < vectors; b++) {
                    double dot = 0;
                    for (int i = 0; i < length; i++) {
                        dot += rows <= columns
                                ? (double) tensor.at(block * rows + a, i) * tensor.at(block * rows + b, i)
                                : (double) tensor.at(block * rows + i, a) * tensor.at(block * rows + i, b);
                    }
                    // Each element is rounded once to float32.
                    assertThat(dot).isCloseTo(a == b ? 1 : 0, within(2 * length * 0x1p-24));
                }
            }
        }
    }

    @Test
    void aNewLstmForgetsNothing() {
        Network network = Network.create(lstm(), Rng.of(1));
        Parameters parameters = network.parameters();
        float[] bias = parameters.get("encoder.bias_ih_l0").tensor().toArray();

        // Jozefowicz et al. 2015: the bias of the forget gate starts at 1.
        assertThat(bias).containsExactly(0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0);
        assertThat(parameters.get("encoder.bias_hh_l0").tensor().toArray()).containsOnly(0);
        assertThat(parameters.get("head.bias").tensor().toArray()).containsOnly(0);
    }

    @Test
    void glorotWeightsFillTheirRangeForEachGate() {
        Tensor tensor = Tensor.zeros(4 * 50, 30);
        Initializer.glorotUniform(4).fill(tensor, Rng.of(8));
        double limit = Math.sqrt(6.0 / (30 + 50));
        double largest = 0;
        for (float value : tensor.toArray()) {
            largest = Math.max(largest, Math.abs(value));
        }

        assertThat(largest).isBetween(0.99 * limit, limit);
    }

    @Test
    void addingALayerMovesNoOtherNumber() {
        Network small = Network.create(lstm(), Rng.of(1));
        Network large = Network.create(
                new NetworkSpec(
                        2,
                        List.of(
                                RecurrentSpec.of("encoder", "lstm", List.of(3, 4)),
                                new LastStepSpec(),
                                new DenseSpec("head", 1))),
                Rng.of(1));

        assertThat(large.parameters().get("encoder.weight_hh_l0").tensor().toArray())
                .isEqualTo(
                        small.parameters().get("encoder.weight_hh_l0").tensor().toArray());
    }

    private static NetworkSpec lstm() {
        return new NetworkSpec(
                2,
                List.of(RecurrentSpec.of("encoder", "lstm", List.of(3)), new LastStepSpec(), new DenseSpec("head", 1)));
    }
}
