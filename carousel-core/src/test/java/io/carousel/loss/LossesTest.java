package io.carousel.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import org.junit.jupiter.api.Test;

class LossesTest {
    private final Tape tape = new Tape(Kernels.best(), new Workspace());
    private final Loss loss = new GaussianLoss();
    private final Tensor target = Tensor.of(Shape.of(2, 1), 1, -2);

    @Test
    void theGradientOfTheOperationIsThatOfTheLoss() {
        Tensor value = Tensor.of(Shape.of(2, 2), 0.5f, 1, 2, -1);
        float[] expected = new float[4];
        double sum = loss.valueAndGradient(2, value.data(), 0, target.data(), 0, expected, 0);
        tape.begin(new float[0]);
        Variable raw = tape.variable(value);

        Variable result = Losses.apply(tape, loss, raw, target);
        tape.backward(result);

        assertThat(result.value().at()).isEqualTo((float) sum);
        assertThat(raw.gradient().toArray()).isEqualTo(expected);
    }

    @Test
    void withoutRecordingOnlyTheValueIsComputed() {
        tape.begin();
        Variable raw = tape.constant(Tensor.zeros(2, 2));
        assertThat(Losses.apply(tape, loss, raw, target).needsGradient()).isFalse();
    }

    @Test
    void outputsThatDoNotFitTheTargetsAreAnError() {
        tape.begin();
        Variable raw = tape.constant(Tensor.zeros(2, 3));
        assertThatThrownBy(() -> Losses.apply(tape, loss, raw, target))
                .hasMessage(
                        "raw outputs must have 2 numbers for each of 2 targets, got shape [2, 3] for targets of shape"
                                + " [2, 1]; give the last layer 2 outputs for each target");
    }
}
