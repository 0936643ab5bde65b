package io.carousel.layer;

import io.carousel.cell.Cell;
import io.carousel.cell.CellWeight.Role;
import io.carousel.cell.Cells;
import io.carousel.tensor.Rng;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every regulariser on every cell over ragged sequences, against a {@code double} reference with the same masks. */
class RegularizationGradientTest {
    private static final int[] LENGTHS = {4, 0, 1, 6};

    private static final Regularization NONE = Regularization.NONE;

    static Stream<Arguments> cases() {
        return Networks.cells().flatMap(cell -> Stream.of(
                        NONE.withVariationalDropout(0.4, 0),
                        NONE.withVariationalDropout(0, 0.4),
                        NONE.withDropConnect(0.4),
                        NONE.withZoneout(0.4, 0),
                        NONE.withZoneout(0, 0.6),
                        NONE.withVariationalDropout(0.2, 0.3)
                                .withDropConnect(0.2)
                                .withZoneout(0.3, 0.4))
                .map(regularization -> fitting(cell, regularization))
                .distinct()
                .map(regularization -> Arguments.of(cell, regularization)));
    }

    /** Without what the cell has nothing for. */
    private static Regularization fitting(String name, Regularization all) {
        Cell cell = Cells.create(name, 3, 4);
        boolean matrix = cell.weights().stream().anyMatch(weight -> weight.role() == Role.RECURRENT);
        boolean diagonal = cell.weights().stream().anyMatch(weight -> weight.role() == Role.DIAGONAL);
        return all.withVariationalDropout(all.inputDropout(), matrix || diagonal ? all.recurrentDropout() : 0)
                .withDropConnect(matrix ? all.dropConnect() : 0)
                .withZoneout(all.zoneoutHidden(), cell.state().size() > 1 ? all.zoneoutCell() : 0);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void everyDerivativeIsThatOfTheReferenceWithTheSameMasks(String name, Regularization regularization) {
        check(name, regularization, Rng.of(9));
    }

    @ParameterizedTest
    @MethodSource("io.carousel.layer.Networks#cells")
    void inPredictionZoneoutIsTheMeanOfOldAndNew(String name) {
        Regularization all =
                NONE.withVariationalDropout(0.2, 0.3).withDropConnect(0.2).withZoneout(0.3, 0.4);
        check(name, fitting(name, all), null);
    }

    private static void check(String name, Regularization regularization, @Nullable Rng training) {
        Cell cell = Cells.create(name, 3, 4);
        regularization.requireFit(cell);
        new RecurrentCase(cell, LENGTHS, regularization, training).check();
    }
}
