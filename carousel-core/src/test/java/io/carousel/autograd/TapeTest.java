package io.carousel.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.kernel.ScalarKernels;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapeTest {
    private final Parameters parameters = Parameters.of(List.of(
            new Parameters.Declaration("bias", Shape.of(1), false, Initializer.constant(0)),
            new Parameters.Declaration("table.weight", Shape.of(3, 2), true, Initializer.constant(0))));
    private final Parameter weight = parameters.get("table.weight");
    private final Tape tape = new Tape(new ScalarKernels(), new Workspace());

    @Test
    void rowGradientsAreAddedToTheRowsThatWereRead() {
        float[] gradient = {7, 0, 0, 10, 20, 0, 0};
        tape.begin(gradient);

        tape.addRowGradients(weight, new int[] {2, 1, 2}, Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6));

        assertThat(gradient).containsExactly(7, 0, 0, 13, 24, 6, 8);
    }

    @Test
    void aWeightGradientIsTheProductOfBothOperands() {
        float[] gradient = {7, 1, 1, 1, 1, 1, 1};
        tape.begin(gradient);
        Tensor d = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        Tensor x = Tensor.of(Shape.of(2, 2), 1, 10, 2, 20);

        tape.addWeightGradient(weight, 2, d.slice(), x.slice());

        assertThat(gradient).containsExactly(7, 10, 91, 13, 121, 16, 151);
    }

    @Test
    void aMaskedCopyHasAGradientOfItsOwn() {
        float[] gradient = new float[7];
        tape.begin(gradient);
        Parameter copy = tape.masked(weight, Tensor.of(Shape.of(3, 2), 1, 0, 0, 1, 1, 1));

        tape.addWeightGradient(
                copy,
                1,
                Tensor.of(Shape.of(1, 3), 1, 2, 3).slice(),
                Tensor.of(Shape.of(1, 2), 1, 10).slice());

        assertThat(gradient).containsOnly(0);
        assertThat(tape.gradient(copy).toArray()).containsExactly(1, 10, 2, 20, 3, 30);
    }

    @Test
    void aTapeThatDoesNotRecordHasNoGradients() {
        tape.begin();

        assertThatThrownBy(() -> tape.gradient(weight))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a tape must record to take gradients; begin it with a gradient array");
    }
}
