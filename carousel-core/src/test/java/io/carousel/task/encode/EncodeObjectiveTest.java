package io.carousel.task.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Tape;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.classify.NumberScaling;
import io.carousel.task.encode.SequenceCoder.Coded;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EncodeObjectiveTest {
    private static final ExampleSet WAVES = Sequences.waves(5, 6, 3);

    private final EncodeSpec spec = Sequences.small()
            .decoder(DecoderKind.COMPOSITE)
            .ahead(2)
            .variational(true)
            .conditioned(false)
            .scaling(NumberScaling.NONE)
            .build();
    private final SequenceCoder coder = SequenceCoder.fit(spec, WAVES);
    private final List<Coded> sequences = WAVES.examples().stream()
            .map(example -> coder.code(example, WAVES.source(), spec.ahead()))
            .toList();
    private final Network network = Network.create(EncodeNetwork.whole(spec, 0, coder.width()), Rng.of(1));

    @Test
    void theCostOfAVectorThatTwoDecodersReadGrowsWithTheUpdatesAndCountsOnce() {
        double[] weights = {0, 0.125, 0.25, 0.375, 0.5, 0.5};
        double without = loss(objective(0, 0));
        double divergence = divergence();
        EncodeObjective growing = objective(0.5, 4);

        assertThat(divergence).isGreaterThan(0.01);
        for (int step = 1; step <= weights.length; step++) {
            growing.beforeUpdate(step);
            // Three sums, each rounded by half a unit in the last place.
            assertThat(loss(growing))
                    .as("step %d", step)
                    .isCloseTo(
                            without + weights[step - 1] * divergence,
                            within(1.5 * Math.ulp((float) (without + divergence))));
        }
    }

    private EncodeObjective objective(double divergence, long updates) {
        return new EncodeObjective(network, spec, coder, sequences, divergence, updates);
    }

    private double loss(EncodeObjective objective) {
        int[] all = IntStream.range(0, sequences.size()).toArray();
        return objective
                .forward(tape(), all, 0, all.length, Rng.of(4))
                .sum()
                .value()
                .at();
    }

    /** That of the vectors which the same random numbers draw. */
    private double divergence() {
        List<float[][]> sources = sequences.stream()
                .map(coder::source)
                .map(EncodeObjectiveTest::rows)
                .toList();
        return Objects.requireNonNull(network.encode(tape(), SequenceBatch.of(sources, coder.width()), Rng.of(4))
                        .divergence())
                .value()
                .at();
    }

    private Tape tape() {
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(new float[network.parameters().size()]);
        return tape;
    }

    private static float[][] rows(Tensor tensor) {
        return IntStream.range(0, tensor.rows())
                .mapToObj(t -> tensor.rowRange(t, 1).toArray())
                .toArray(float[][]::new);
    }
}
