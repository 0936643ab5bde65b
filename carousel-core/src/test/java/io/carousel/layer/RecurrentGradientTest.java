package io.carousel.layer;

import io.carousel.cell.Cells;
import io.carousel.tensor.Rng;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every weight, input and initial state of every cell over ragged sequences, against a {@code double} reference. */
class RecurrentGradientTest {
    static Stream<Arguments> cases() {
        return Networks.cells()
                .flatMap(cell -> Stream.of(
                        Arguments.of(cell, 3, 4, new int[] {4, 0, 1, 6}),
                        Arguments.of(cell, 2, 18, new int[] {2, 2, 2}),
                        Arguments.of(cell, 5, 4, new int[] {1, 1}),
                        Arguments.of(cell, 4, 2, new int[] {7, 5, 3, 2, 1, 0})));
    }

    @ParameterizedTest(name = "{0}, F = {1}, H = {2}, lengths {3}")
    @MethodSource("cases")
    void everyWeightInputAndInitialStateHasTheDerivativeOfTheReference(
            String cell, int inputSize, int hiddenSize, int[] lengths) {
        new RecurrentCase(Cells.create(cell, inputSize, hiddenSize), lengths, Regularization.NONE, null).check();
    }

    static Stream<String> cells() {
        return Networks.cells();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void inputsThatRepeatHaveTheDerivativesOfTheReference(String cell) {
        int[] lengths = {4, 0, 1, 6};
        int[] places = {0, 2, 1, 2, 0, 0, 3, 1, 0, 2, 0};
        new RecurrentCase(Cells.create(cell, 3, 4), lengths, Regularization.NONE, null, places).check();
        new RecurrentCase(
                        Cells.create(cell, 3, 4),
                        lengths,
                        Regularization.NONE.withVariationalDropout(0.3, 0.3),
                        Rng.of(5),
                        places)
                .check();
    }
}
