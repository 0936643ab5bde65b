package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.autograd.Parameters;
import io.carousel.loss.ChainWeights;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrfSpecTest {
    private final CrfSpec crf = new CrfSpec("crf", 3);

    @Test
    void theWeightsOfTheChainAreThoseOfTheNetwork() {
        Network network = Network.create(new NetworkSpec(2, List.of(new DenseSpec("scores", 3), crf)), Rng.of(1));
        ChainWeights weights = crf.weights(network.parameters());

        assertThat(network.outputSize()).isEqualTo(3);
        assertThat(network.parameters().list())
                .extracting(parameter -> parameter.name() + parameter.shape())
                .containsExactly(
                        "scores.weight[3, 2]", "scores.bias[3]", "crf.transitions[3, 3]", "crf.start[3]", "crf.end[3]");
        assertThat(weights.transitions().shape()).isEqualTo(Shape.of(3, 3));
        assertThat(weights.tags()).isEqualTo(3);
        for (float weight : weights.transitions().tensor().toArray()) {
            assertThat(weight).isNotZero().isBetween(-0.1f, 0.1f);
        }
        assertThat(Network.declarations(network.spec()))
                .filteredOn(Parameters.Declaration::decays)
                .extracting(Parameters.Declaration::name)
                .containsExactly("scores.weight", "crf.transitions");
    }

    @Test
    void theLayerBeneathHasAnOutputForEachTag() {
        assertThatThrownBy(() -> crf.layer(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "input of crf must have shape [F] = [3], got [4]; give the layer beneath an output for each tag");
        assertThatThrownBy(() -> new CrfSpec("crf", 0)).hasMessage("tags of crf must be positive, got 0");
    }
}
