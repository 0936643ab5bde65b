package io.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.model.Json;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScalerTest {
    static List<Scaler> scalers() {
        double[] values = {3, 1, 4, 1, 5, 9, 2, 6};
        return List.of(
                Standardizer.fit(values),
                RobustScaler.fit(values),
                LogScaler.fit(values),
                LogScaler.fit(values).then(Standardizer.fit(new double[] {1, 2, 4})),
                Standardizer.IDENTITY);
    }

    @Test
    void standardizedValuesHaveMeanZeroAndDeviationOne() {
        Standardizer scaler = Standardizer.fit(new double[] {2, 4, 4, 4, 5, 5, 7, 9});

        assertThat(scaler).isEqualTo(new Standardizer(5, 2));
        assertThat(scaler.transform(new double[] {2, 5, 9})).containsExactly(-1.5, 0, 2);
    }

    @Test
    void aConstantSeriesIsShiftedToZeroAndComesBackExactly() {
        double[] values = {0.1, 0.1, 0.1};

        for (Scaler scaler : List.of(Standardizer.fit(values), RobustScaler.fit(values))) {
            assertThat(scaler.transform(values)).containsExactly(0, 0, 0);
            assertThat(scaler.inverse(scaler.transform(values))).containsExactly(values);
        }
        assertThat(Standardizer.fit(values).deviation()).isEqualTo(1);
    }

    @Test
    void anOutlierDoesNotMoveTheRobustScale() {
        assertThat(RobustScaler.fit(new double[] {1, 2, 3, 4, 5})).isEqualTo(new RobustScaler(3, 2));
        assertThat(RobustScaler.fit(new double[] {1, 2, 3, 4, 5000})).isEqualTo(new RobustScaler(3, 2));
        assertThat(RobustScaler.fit(new double[] {4, 1, 2, 3})).isEqualTo(new RobustScaler(2.5, 1.5));
    }

    @Test
    void theLogarithmShiftsByOneOnlyWhereThereAreZeros() {
        assertThat(LogScaler.fit(new double[] {1, 2})).isEqualTo(new LogScaler(0));
        assertThat(LogScaler.fit(new double[] {0, 2})).isEqualTo(new LogScaler(1));
        assertThatThrownBy(() -> LogScaler.fit(new double[] {1, -2}))
                .hasMessage("the logarithm must have values that are not negative, got -2.0 in row 2;"
                        + " leave the logarithm out");
        assertThatThrownBy(() -> new LogScaler(0).transform(0.0))
                .hasMessage("the logarithm must have a value above 0.0, got 0.0; fit without the logarithm");
    }

    @Test
    void aMissingValueIsNotFitted() {
        assertThatThrownBy(() -> Standardizer.fit(new double[] {1, Double.NaN}))
                .hasMessage(
                        "a standardizer must be fitted on finite values, got NaN in row 2; fill missing values first");
        assertThatThrownBy(() -> RobustScaler.fit(new double[0]))
                .hasMessage("a robust scaler must be fitted on at least one value, got rows 0 to 0 of 0");
    }

    @ParameterizedTest
    @MethodSource("scalers")
    void aScalerReadsBackEqualFromItsJson(Scaler scaler) throws Exception {
        String json = Json.write(scaler);

        assertThat(Json.read(json, Scaler.class, "test")).isEqualTo(scaler);
    }

    @ParameterizedTest
    @MethodSource("scalers")
    void theInverseGivesTheValueBack(Scaler scaler) {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            double value = 0.1 + 20 * random.nextDouble();
            // each of at most 4 operations, back and forth, rounds once; values and shifts stay below 32
            assertThat(scaler.inverse(scaler.transform(value))).isCloseTo(value, within(16 * Math.ulp(32.0)));
        }
    }

    @Test
    void theNameOfAScalerIsInItsJson() {
        assertThat(Json.write(new Standardizer(5, 2)))
                .isEqualTo("{\"type\":\"standard\",\"mean\":5.0,\"deviation\":2.0}");
        assertThat(Json.write(new LogScaler(0).then(new RobustScaler(1, 2))))
                .isEqualTo("{\"type\":\"chain\",\"scalers\":[{\"type\":\"log\",\"shift\":0.0},"
                        + "{\"type\":\"robust\",\"median\":1.0,\"range\":2.0}]}");
    }

    @Test
    void eachWindowSetsItsOwnScale() {
        double[] values = {100, 2, 4, 6, 100};

        assertThat(WindowScaling.NONE.fit(values, 1, 4)).isEqualTo(new Standardizer(0, 1));
        assertThat(WindowScaling.LAST_VALUE.fit(values, 1, 4)).isEqualTo(new Standardizer(6, 1));
        assertThat(WindowScaling.MEAN.fit(values, 1, 4)).isEqualTo(new Standardizer(4, 1));
        assertThat(WindowScaling.MEAN_SIZE.fit(values, 1, 4)).isEqualTo(new Standardizer(0, 4));
        assertThat(WindowScaling.MEAN_SIZE.fit(new double[3], 0, 3)).isEqualTo(new Standardizer(0, 1));
        assertThat(WindowScaling.MEAN_AND_DEVIATION.fit(values, 1, 4))
                .isEqualTo(new Standardizer(4, Math.sqrt(8.0 / 3)));
    }
}
