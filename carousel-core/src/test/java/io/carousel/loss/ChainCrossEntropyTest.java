package io.carousel.loss;

import static io.carousel.autograd.Gradients.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import io.carousel.text.TagScheme;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainCrossEntropyTest {
    private static final int TAGS = 5;
    private static final List<String> NAMES = List.of("O", "B-A", "I-A", "B-B", "I-B");

    private final Rng rng = Rng.of(8);
    private final Parameters parameters = Chains.parameters(TAGS, 1, rng);
    private final ChainWeights weights = Chains.weights(parameters);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 6})
    void theLossIsThatOfLookingAtEveryPath(int length) {
        Tensor emissions = emissions(length);
        for (ChainRules rules : Arrays.asList(null, ChainRules.of(TagScheme.IOB2, NAMES))) {
            int[] path = Chains.paths(length, TAGS, rules).get(0);
            double expected = Chains.logPartition(weights, emissions, rules) - Chains.score(weights, emissions, path);
            double bound = Chains.bound(length, TAGS, Chains.largest(weights, emissions)) + expected * 0x1p-24;

            assertThat((double) loss(Kernels.best(), emissions, BatchLayout.of(length), path, rules))
                    .isCloseTo(expected, within(bound));
        }
    }

    @Test
    void theBitsOfASequenceDoNotDependOnWhatElseIsInTheBatch() {
        BatchLayout layout = BatchLayout.of(3, 9, 0, 9, 1, 5, 17);
        Tensor rows = emissions(layout.rows());
        int[] tags = tags(layout.rows());
        float[] together = emissionGradients(Kernels.best(), rows, layout, tags, ChainCrossEntropy.KEPT);
        for (int index = 0; index < layout.sequences(); index++) {
            Tensor alone = ChainDecoder.sequence(rows, layout, index);
            BatchLayout own = BatchLayout.of(alone.rows());
            int[] path = new int[alone.rows()];
            for (int t = 0; t < path.length; t++) {
                path[t] = tags[layout.row(index, t)];
            }
            Tensor expected = new Tensor(rows.shape(), together, 0);
            assertThat(emissionGradients(Kernels.best(), alone, own, path, ChainCrossEntropy.KEPT))
                    .isEqualTo(ChainDecoder.sequence(expected, layout, index).toArray());
        }
    }

    @Test
    void probabilitiesThatAreComputedAgainGiveTheBitsOfThoseThatAreKept() {
        BatchLayout layout = BatchLayout.of(30, 2, 11, 30);
        Tensor rows = emissions(layout.rows());
        int[] tags = tags(layout.rows());

        assertThat(gradients(Kernels.best(), rows, layout, tags, 0))
                .isEqualTo(gradients(Kernels.best(), rows, layout, tags, ChainCrossEntropy.KEPT));
    }

    @Test
    void theKernelsOfThisMachineGiveTheScalarBits() {
        BatchLayout layout = BatchLayout.of(7, 20, 3, 1, 1, 1, 8, 2);
        Tensor rows = emissions(layout.rows());
        int[] tags = tags(layout.rows());

        assertThat(gradients(Kernels.best(), rows, layout, tags, ChainCrossEntropy.KEPT))
                .isEqualTo(gradients(new ScalarKernels(), rows, layout, tags, ChainCrossEntropy.KEPT));
    }

    @Test
    void aLongSequenceIsAsExactAsAShortOne() {
        // Without transitions the chain is a softmax for each time step.
        Arrays.fill(parameters.values(), 0);
        parameters.changed();
        int length = 20_000;
        Tensor rows = emissions(length);
        int[] tags = tags(length);
        double expected = 0;
        for (int t = 0; t < length; t++) {
            double sum = 0;
            for (int j = 0; j < TAGS; j++) {
                sum += StrictMath.exp(rows.at(t, j));
            }
            expected += StrictMath.log(sum) - rows.at(t, tags[t]);
        }
        float[] gradient =
                emissionGradients(Kernels.best(), rows, BatchLayout.of(length), tags, ChainCrossEntropy.KEPT);

        double one = Chains.bound(1, TAGS, Chains.largest(weights, rows));
        assertThat((double) loss(Kernels.best(), rows, BatchLayout.of(length), tags, null))
                .isCloseTo(expected, within(length * one + expected * 0x1p-24));
        for (int t = 0; t < length; t++) {
            double sum = 0;
            double whole = 0;
            for (int j = 0; j < TAGS; j++) {
                sum += gradient[t * TAGS + j];
                whole += StrictMath.exp(rows.at(t, j));
            }
            assertThat(sum).isCloseTo(0, within(4 * TAGS * 0x1p-24));
            double p = StrictMath.exp(rows.at(t, 0)) / whole - (tags[t] == 0 ? 1 : 0);
            // Here a change at another time step moves nothing, so the bound is that of one.
            assertThat((double) gradient[t * TAGS]).isCloseTo(p, within(2 * one));
        }
    }

    @Test
    void scoresOfAnySizeGiveAFiniteLossAndFiniteDerivatives() {
        BatchLayout layout = BatchLayout.of(4, 2);
        Tensor rows = emissions(layout.rows());
        for (int i = 0; i < rows.size(); i++) {
            rows.data()[i] = (i % 3 - 1) * 3e37f;
        }
        for (int i = 0; i < parameters.values().length; i++) {
            parameters.values()[i] = (i % 2 == 0 ? 1 : -1) * 2e37f;
        }
        parameters.changed();
        for (float each : gradients(Kernels.best(), rows, layout, tags(6), ChainCrossEntropy.KEPT)) {
            assertThat(each).isFinite();
        }
    }

    @Test
    void whatRulesForbidHasNoProbabilityInTraining() {
        ChainRules rules = ChainRules.of(TagScheme.IOB2, NAMES);
        parameters.values()[weights.transitions().offset() + 2] = 1e6f; // O before I-A, though it counts this much
        parameters.values()[weights.start().offset() + 4] = 1e6f;
        parameters.changed();
        float[] gradient = new float[parameters.size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        Variable loss = ChainCrossEntropy.apply(
                tape, tape.constant(emissions(4)), BatchLayout.of(4), weights, new int[] {0, 1, 2, 0}, rules);
        tape.backward(loss);

        assertThat(loss.value().at()).isBetween(0f, 100f);
        for (int i = 0; i < TAGS; i++) {
            for (int j = 0; j < TAGS; j++) {
                if (!rules.mayFollow(i, j)) {
                    assertThat(gradient[weights.transitions().offset() + i * TAGS + j])
                            .isZero();
                }
            }
            if (!rules.mayStart(i)) {
                assertThat(gradient[weights.start().offset() + i]).isZero();
            }
        }
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Tensor two = emissions(2);
        BatchLayout layout = BatchLayout.of(2);
        ChainRules rules = ChainRules.of(TagScheme.IOB2, NAMES);

        assertThatThrownBy(() -> loss(Kernels.best(), two, BatchLayout.of(3), new int[3], null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scores of a chain must have shape [3, 5], a column for each tag, got [2, 5]; "
                        + "give the layer beneath as many outputs as there are tags");
        assertThatThrownBy(() -> loss(Kernels.best(), two, layout, new int[] {0, 5}, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tag 1 of sequence 0 must be from 0 to 4, got 5; every time step needs one");
        assertThatThrownBy(() -> loss(Kernels.best(), two, layout, new int[] {0}, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tags of a batch must be 2, one for each row, got 1");
        assertThatThrownBy(() -> loss(Kernels.best(), two, layout, new int[] {0, 2}, rules))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tags of sequence 0 must be allowed by the rules that it is trained under, got [0, 2]; "
                        + "convert them to the scheme, or train without rules");
        assertThatThrownBy(() -> loss(Kernels.best(), two, layout, new int[2], ChainRules.none(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rules of a chain must be those of its 5 tags, got 4; make them of the same tags");
        assertThatThrownBy(() -> new ChainWeights(weights.start(), weights.start(), weights.end()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crf.start must have shape [5, 5], got [5]; use the weights of one chain");
    }

    private Tensor emissions(int rows) {
        return new Tensor(Shape.of(rows, TAGS), normal(rng, rows * TAGS, 2), 0);
    }

    private int[] tags(int rows) {
        int[] tags = new int[rows];
        for (int row = 0; row < rows; row++) {
            tags[row] = rng.nextInt(TAGS);
        }
        return tags;
    }

    private float loss(Kernels kernels, Tensor rows, BatchLayout layout, int[] tags, @Nullable ChainRules rules) {
        Tape tape = new Tape(kernels, new Workspace());
        tape.begin();
        return ChainCrossEntropy.apply(tape, tape.constant(rows), layout, weights, tags, rules)
                .value()
                .at();
    }

    private float[] emissionGradients(Kernels kernels, Tensor rows, BatchLayout layout, int[] tags, int kept) {
        return Arrays.copyOf(gradients(kernels, rows, layout, tags, kept), rows.size());
    }

    /** The derivatives of the emissions and of all weights, and the loss. */
    private float[] gradients(Kernels kernels, Tensor rows, BatchLayout layout, int[] tags, int kept) {
        Tape tape = new Tape(kernels, new Workspace());
        float[] gradient = new float[parameters.size()];
        tape.begin(gradient);
        Variable input = tape.variable(rows);
        Variable loss = ChainCrossEntropy.apply(tape, input, layout, weights, tags, null, kept);
        tape.backward(loss);
        float[] all = Arrays.copyOf(input.gradient().toArray(), rows.size() + gradient.length + 1);
        System.arraycopy(gradient, 0, all, rows.size(), gradient.length);
        all[all.length - 1] = loss.value().at();
        return all;
    }
}
