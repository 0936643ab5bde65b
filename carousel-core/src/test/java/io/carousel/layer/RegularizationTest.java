package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Gradients;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.cell.Cell;
import io.carousel.cell.Cells;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.model.Json;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegularizationTest {
    private static final Regularization ALL = Regularization.NONE
            .withVariationalDropout(0.25, 0.4)
            .withDropConnect(0.3)
            .withZoneout(0.15, 0.5)
            .withPenalties(2, 1);
    private static final int[] LENGTHS = {40, 7, 0, 33};

    private final Tape tape = new Tape(Kernels.best(), new Workspace());

    @Test
    void aSpecReadsBackEqual() throws Exception {
        NetworkSpec spec = spec(ALL, Direction.BIDIRECTIONAL);

        assertThat(Json.read(Json.write(spec), NetworkSpec.class, "spec")).isEqualTo(spec);
    }

    @Test
    void aMaskHasItsRateAndKeepsTheMean() {
        Cell cell = Cells.create("lstm", 300, 200);
        Regularizers masks = draw(cell, BatchLayout.uniform(50, 4), 1);

        assertThat(shareOf(0, masks.input())).isCloseTo(0.25, within(deviation(0.25, 50 * 300)));
        assertThat(shareOf(1 / 0.75f, masks.input())).isEqualTo(1 - shareOf(0, masks.input()), within(1e-12));
        assertThat(shareOf(0, masks.recurrent())).isCloseTo(0.4, within(deviation(0.4, 50 * 200)));
        Tensor dropped = masks.dropConnect().mask(1);
        assertThat(shareOf(0, dropped)).isCloseTo(0.3, within(deviation(0.3, 800 * 200)));
        assertThat(masks.dropConnect().mask(0)).as("weights of the input").isNull();
        assertThat(share(1, masks.zoneout()[0], 200, 200)).isCloseTo(0.15, within(deviation(0.15, 200 * 200)));
        assertThat(share(1, masks.zoneout()[1], 200, 200)).isCloseTo(0.5, within(deviation(0.5, 200 * 200)));
    }

    @Test
    void masksOfSequencesTimeStepsPartsAndLevelsDiffer() {
        Cell cell = Cells.create("lstm", 40, 40);
        Regularizers masks = draw(cell, BatchLayout.uniform(2, 2), 1);
        float[] input = masks.input().toArray();
        float[] hidden = masks.zoneout()[0].array();
        Slice cellPart = masks.zoneout()[1];

        assertThat(Arrays.copyOf(input, 40)).isNotEqualTo(Arrays.copyOfRange(input, 40, 80));
        int row = masks.zoneout()[0].row(0);
        assertThat(Arrays.copyOfRange(hidden, row, row + 40))
                .isNotEqualTo(Arrays.copyOfRange(hidden, row + 80, row + 120))
                .isNotEqualTo(Arrays.copyOfRange(cellPart.array(), cellPart.row(0), cellPart.row(0) + 40));
        assertThat(input)
                .isNotEqualTo(draw(cell, BatchLayout.uniform(2, 2), 2).input().toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORWARD", "BACKWARD", "BIDIRECTIONAL"})
    void theSameStreamGivesTheSameBitsAndAnotherDoesNot(Direction direction) {
        Network network = Networks.network(spec(ALL, direction));

        assertThat(gradient(network, Rng.of(1))).isEqualTo(gradient(network, Rng.of(1)));
        assertThat(gradient(network, Rng.of(1))).isNotEqualTo(gradient(network, Rng.of(2)));
    }

    @Test
    void inPredictionNothingIsRandomAndOnlyZoneoutShows() {
        Network plain = Networks.network(spec(Regularization.NONE, Direction.FORWARD));
        float[] expected = outputs(plain, null);

        assertThat(outputs(Networks.network(spec(ALL.withZoneout(0, 0), Direction.FORWARD)), null))
                .isEqualTo(expected);
        assertThat(outputs(Networks.network(spec(ALL, Direction.FORWARD)), null))
                .isNotEqualTo(expected);
        assertThat(outputs(plain, Rng.of(1))).isEqualTo(expected);
    }

    @Test
    void penaltiesAreGatheredInTrainingOnly() {
        Network network = Networks.network(spec(ALL, Direction.FORWARD));
        tape.begin();

        assertThat(network.forward(tape, Networks.batch(Networks.sequences(LENGTHS)), null, Rng.of(1))
                        .penalties())
                .hasSize(1);
        assertThat(network.forward(tape, Networks.batch(Networks.sequences(LENGTHS)), null, null)
                        .penalties())
                .isEmpty();
    }

    @Test
    void aLayerThatRunsTwiceInARoundKeepsBothMasks() {
        NetworkSpec spec = spec(Regularization.NONE.withDropConnect(0.5), Direction.FORWARD);
        Network network = Networks.network(spec);
        float[] first = gradient(network, Rng.of(1));
        float[] second = gradient(network, Rng.of(2));

        float[] both = gradient(network, Rng.of(1), Rng.of(2));

        for (int i = 0; i < both.length; i++) {
            // One addition in another order: the derivatives of the second run come first.
            assertThat((double) both[i])
                    .isCloseTo((double) first[i] + second[i], within(1e-4 * (1 + Math.abs(both[i]))));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void aRateThatIsNoneIsRefused(double rate) {
        assertThatThrownBy(() -> Regularization.NONE.withVariationalDropout(rate, 0))
                .hasMessage("rate of input dropout must be in [0, 1), got " + rate + "; 0 turns it off");
        assertThatThrownBy(() -> Regularization.NONE.withZoneout(0, rate))
                .hasMessage("rate of zoneout of the cell must be in [0, 1), got " + rate + "; 0 turns it off");
    }

    @Test
    void aPenaltyThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Regularization.NONE.withPenalties(0, -1))
                .hasMessage("temporal penalty must be finite and not negative, got -1.0; 0 turns it off");
    }

    @Test
    void aRegularizerWithNothingToActOnIsRefused() {
        assertThatThrownBy(() -> layer("gru", Regularization.NONE.withZoneout(0.1, 0.2)))
                .hasMessage("rate of zoneout of the cell must be 0 for cell gru, got 0.2; the cell has nothing that it"
                        + " acts on");
        assertThatThrownBy(() -> layer("min-gru", Regularization.NONE.withVariationalDropout(0.1, 0.2)))
                .hasMessage(
                        "rate of recurrent dropout must be 0 for cell min-gru, got 0.2; the cell has nothing that it"
                                + " acts on");
        assertThatThrownBy(() -> layer("indrnn", Regularization.NONE.withDropConnect(0.3)))
                .hasMessage("rate of drop connect must be 0 for cell indrnn, got 0.3; the cell has nothing that it acts"
                        + " on");
    }

    private static void layer(String cell, Regularization regularization) {
        RecurrentSpec.of("encoder", cell, List.of(3))
                .withRegularization(regularization)
                .layer(2);
    }

    private static NetworkSpec spec(Regularization regularization, Direction direction) {
        return new NetworkSpec(
                3,
                List.of(RecurrentSpec.of("encoder", "lstm", List.of(5, 4))
                        .withDirection(direction)
                        .withRegularization(regularization)));
    }

    private Regularizers draw(Cell cell, BatchLayout layout, int seed) {
        Parameters parameters = Parameters.initialized(cell.declarations(), Rng.of(3));
        return Regularizers.of(ALL, cell, parameters.list(), tape, layout, Rng.of(seed));
    }

    private float[] outputs(Network network, Rng rng) {
        tape.begin();
        return network.forward(tape, Networks.batch(Networks.sequences(LENGTHS)), null, rng)
                .rows()
                .value()
                .toArray();
    }

    /** The gradient of a sum over all outputs of several runs in one round. */
    private float[] gradient(Network network, Rng... runs) {
        float[] gradient = new float[network.parameters().size()];
        tape.begin(gradient);
        var sum = tape.constant(Tensor.zeros(1));
        for (Rng rng : runs) {
            NetworkOutput output = network.forward(tape, Networks.batch(Networks.sequences(LENGTHS)), null, rng);
            float[] mix = Gradients.normal(Rng.of(8), output.rows().value().size(), 1);
            sum = io.carousel.autograd.Operations.add(tape, sum, Gradients.weightedSum(tape, output.rows(), mix));
        }
        tape.backward(sum);
        return gradient;
    }

    private static double shareOf(float value, Tensor mask) {
        return share(value, mask.slice(), mask.rows(), mask.columns());
    }

    private static double share(float value, Slice mask, int rows, int columns) {
        int count = 0;
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < columns; k++) {
                count += mask.array()[mask.row(row) + k] == value ? 1 : 0;
            }
        }
        return count / (double) (rows * columns);
    }

    /** Five standard deviations of a share. */
    private static double deviation(double rate, int count) {
        return 5 * Math.sqrt(rate * (1 - rate) / count);
    }
}
