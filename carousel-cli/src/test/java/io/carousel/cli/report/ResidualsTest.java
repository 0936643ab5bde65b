package io.carousel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResidualsTest {

    @Test
    void countsEveryFiniteValueInTheHistogram() {
        double[] values = new double[1000];
        Arrays.setAll(values, i -> Math.sin(i));
        values[17] = Double.NaN;
        assertThat(Arrays.stream(Residuals.histogram(values).counts()).sum()).isEqualTo(999);
    }

    @Test
    void givesOneClassToEqualValuesAndNoneToNothing() {
        assertThat(Residuals.histogram(new double[] {2, 2, 2}).counts()).containsExactly(0, 3, 0);
        assertThat(Residuals.histogram(new double[] {Double.NaN}).counts()).isEmpty();
    }

    @Test
    void findsThePeriodOfAlternatingValues() {
        double[] values = new double[100];
        Arrays.setAll(values, i -> i % 2 == 0 ? 1 : -1);
        assertThat(Residuals.autocorrelation(values, 2)).containsExactly(-0.99, 0.98);
    }
}
