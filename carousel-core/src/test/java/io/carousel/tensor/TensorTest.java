package io.carousel.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void numbersStandInRowMajorOrder() {
        Tensor tensor = Tensor.of(Shape.of(2, 3), 0, 1, 2, 3, 4, 5);

        assertThat(tensor.at(1, 0)).isEqualTo(3);
        assertThat(tensor.rowRange(1, 1).toArray()).containsExactly(3, 4, 5);
        assertThat(tensor.reshape(3, 2).at(2, 1)).isEqualTo(5);
        assertThat(tensor).hasToString("Tensor [2, 3] [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]");
    }

    @Test
    void aShapeThatIsTooLargeIsRefusedBeforeAnythingIsAllocated() {
        assertThatThrownBy(() -> Shape.of(1 << 20, 1 << 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have fewer than 2^31 - 8 elements");
        assertThatThrownBy(() -> Shape.of(2, -1))
                .hasMessage("dimensions must not be negative, got [2, -1]; check the sizes");
    }

    @Test
    void valuesMustFillTheShape() {
        assertThatThrownBy(() -> Tensor.of(Shape.of(2, 2), 1, 2, 3))
                .hasMessage("values must fill shape [2, 2] with 4 numbers, got 3; check the shape");
    }

    @Test
    void anIndexOutsideIsRefused() {
        Tensor tensor = Tensor.zeros(2, 2);

        assertThatThrownBy(() -> tensor.at(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tensor.at(0)).hasMessageContaining("index must have 2 numbers");
        assertThatThrownBy(() -> tensor.rowRange(1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tensor.reshape(5)).hasMessage("shape [5] must have 4 elements like [2, 2]");
    }
}
