package io.carousel.loss;

import static io.carousel.autograd.Gradients.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.loss.SoftmaxCrossEntropy.Targets;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoftmaxCrossEntropyTest {
    private static final int CLASSES = 700;
    private static final int SIZE = 5;

    private final Rng rng = Rng.of(3);
    private final Parameters parameters = Parameters.initialized(
            List.of(
                    new Parameters.Declaration("head.weight", Shape.of(CLASSES, SIZE), true, Initializer.normal(1)),
                    new Parameters.Declaration("head.bias", Shape.of(CLASSES), false, Initializer.normal(1))),
            rng);

    @Test
    void theLossOfARowDoesNotDependOnWhatElseIsInTheBatch() {
        float[] x = normal(rng, 600 * SIZE, 1);
        int[] classes = classes(600);
        for (int row : new int[] {0, 17, 299, 300, 599}) {
            float[] alone = Arrays.copyOfRange(x, row * SIZE, (row + 1) * SIZE);
            int[] only = new int[600];
            Arrays.fill(only, -1);
            only[row] = classes[row];

            assertThat(loss(Kernels.best(), alone, Targets.of(classes[row])))
                    .isEqualTo(loss(Kernels.best(), x, Targets.of(only)));
        }
    }

    @Test
    void numeratorsThatAreComputedAgainGiveTheBitsOfThoseThatAreKept() {
        float[] x = normal(rng, 1100 * SIZE, 1);
        Targets targets = new Targets(classes(1100), weights(rng, 1100), 0.1);

        float[] kept = gradients(Kernels.best(), x, targets, SoftmaxCrossEntropy.KEPT);

        assertThat(gradients(Kernels.best(), x, targets, 0)).isEqualTo(kept);
        assertThat(gradients(Kernels.best(), x, targets, 400 * CLASSES)).isEqualTo(kept);
    }

    @Test
    void theKernelsOfThisMachineGiveTheScalarBits() {
        float[] x = normal(rng, 45 * SIZE, 1);
        Targets targets = Targets.of(classes(45));

        assertThat(gradients(Kernels.best(), x, targets, SoftmaxCrossEntropy.KEPT))
                .isEqualTo(gradients(new ScalarKernels(), x, targets, SoftmaxCrossEntropy.KEPT));
    }

    @Test
    void rowsWithoutATargetCountNothing() {
        float[] x = normal(rng, 3 * SIZE, 1);
        float[] gradients = gradients(Kernels.best(), x, Targets.of(-1, 4, -2), SoftmaxCrossEntropy.KEPT);
        float[] middle = Arrays.copyOfRange(x, SIZE, 2 * SIZE);

        assertThat(Arrays.copyOfRange(gradients, 0, SIZE)).containsOnly(0);
        assertThat(Arrays.copyOfRange(gradients, 2 * SIZE, 3 * SIZE)).containsOnly(0);
        assertThat(loss(Kernels.best(), x, Targets.of(-1, 4, -2)))
                .isEqualTo(loss(Kernels.best(), middle, Targets.of(4)));
        assertThat(Targets.of(-1, 4, -2).weight()).isEqualTo(1);
    }

    @Test
    void scoresOfAnySizeGiveAFiniteLoss() {
        Arrays.fill(parameters.values(), 0);
        parameters.values()[parameters.get("head.bias").offset() + 699] = 3e38f;
        parameters.changed();
        float[] x = normal(rng, SIZE, 1);

        assertThat(loss(Kernels.best(), x, Targets.of(699))).isZero();
        assertThat(loss(Kernels.best(), x, Targets.of(0))).isEqualTo(3e38f);
    }

    @Test
    void logarithmsOfProbabilitiesAreTheLossesOfTheirClasses() {
        float[] x = normal(rng, SIZE, 1);
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin();
        float[] logs = Operations.linear(
                        tape, tape.constant(input(x)), parameters.get("head.weight"), parameters.get("head.bias"))
                .value()
                .toArray();
        SoftmaxCrossEntropy.logProbabilities(Kernels.best(), 1, CLASSES, logs, 0);

        double sum = 0;
        for (int v = 0; v < CLASSES; v++) {
            sum += StrictMath.exp(logs[v]);
            // Both sums add numerators that are off by a few roundings, here in 16 lanes, there in blocks of 256; the
            // result
            // is rounded to float.
            double bound = (256 + 16 + CLASSES / 16 + 8) * 0x1p-24 + Math.abs(logs[v]) * 0x1p-24;
            assertThat((double) -logs[v]).isCloseTo(loss(Kernels.best(), x, Targets.of(v)), within(bound));
        }
        assertThat(sum).isCloseTo(1, within((CLASSES / 16 + 16 + 8 + 20) * 0x1p-24));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        float[] x = new float[2 * SIZE];

        assertThatThrownBy(() -> loss(Kernels.best(), x, Targets.of(3, 700)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "target of row 1 must be less than the 700 classes, got 700; use the vocabulary of the network");
        assertThatThrownBy(() -> loss(Kernels.best(), x, Targets.of(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input of head.weight must have shape [1, 5], a row for each target, got [2, 5]; "
                        + "check the sizes of the layers");
        assertThatThrownBy(() -> loss(Kernels.best(), x, new Targets(new int[] {1, 2}, new float[] {1, -1}, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weight of target 1 must be finite and not negative, got -1.0");
        assertThatThrownBy(() -> new Targets(new int[] {1}, null, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label smoothing must be in [0, 1), got 1.0");
        assertThatThrownBy(() -> new Targets(new int[] {1}, new float[2], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights of targets must be 1, one for each target, got 2");
    }

    private static float[] weights(Rng random, int count) {
        float[] values = normal(random, count, 1);
        for (int i = 0; i < count; i++) {
            values[i] = Math.abs(values[i]);
        }
        return values;
    }

    private int[] classes(int count) {
        int[] classes = new int[count];
        for (int i = 0; i < count; i++) {
            classes[i] = i % 7 == 3 ? -1 : rng.nextInt(CLASSES);
        }
        return classes;
    }

    private float loss(Kernels kernels, float[] x, Targets targets) {
        Tape tape = new Tape(kernels, new Workspace());
        tape.begin();
        return apply(tape, x, targets, 0, tape.constant(input(x))).value().at();
    }

    /** The derivatives of x and of all weights, and the loss. */
    private float[] gradients(Kernels kernels, float[] x, Targets targets, int kept) {
        Tape tape = new Tape(kernels, new Workspace());
        float[] gradient = new float[parameters.size()];
        tape.begin(gradient);
        Variable input = tape.variable(input(x));
        Variable loss = apply(tape, x, targets, kept, input);
        tape.backward(loss);
        float[] all = Arrays.copyOf(input.gradient().toArray(), x.length + gradient.length + 1);
        System.arraycopy(gradient, 0, all, x.length, gradient.length);
        all[all.length - 1] = loss.value().at();
        return all;
    }

    private static Tensor input(float[] x) {
        return Tensor.of(Shape.of(x.length / SIZE, SIZE), x);
    }

    @SuppressWarnings("UnusedVariable") // x stands beside what is computed from it
    private Variable apply(Tape tape, float[] x, Targets targets, int kept, Variable input) {
        return SoftmaxCrossEntropy.apply(
                tape, input, parameters.get("head.weight"), parameters.get("head.bias"), targets, kept);
    }
}
