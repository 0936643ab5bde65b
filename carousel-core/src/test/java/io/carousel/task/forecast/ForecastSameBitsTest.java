package io.carousel.task.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.data.SeriesSet;
import io.carousel.task.FitOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The second promise: the same bits, here for a whole fit. */
class ForecastSameBitsTest {
    private static final SeriesSet SET = Examples.monthly("units", Examples.sales(120, 1));

    private static Forecaster fit(int threads) {
        ForecastSpec spec = Examples.small("units").horizon(3).members(2).build();
        return Forecaster.fit(SET, spec, Examples.quick(), FitOptions.defaults().withThreads(threads))
                .forecaster();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void aFitGivesTheSameBitsOnAnyNumberOfThreads(int threads) {
        Forecaster one = fit(1);

        Forecaster many = fit(threads);

        assertThat(many.model().network().parameters().values())
                .isEqualTo(one.model().network().parameters().values());
        assertThat(many.encoding()).isEqualTo(one.encoding());
        assertThat(many.predict(SET)).isEqualTo(one.predict(SET));
    }
}
