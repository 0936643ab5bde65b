package io.carousel.task.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.data.Series;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WindowEncoderTest {
    private static final ForecastSpec SPEC =
            ForecastSpec.builder("x").horizon(5).window(4).season(3).build();

    private static WindowEncoder encoder(LevelRemoval level, boolean windowScale, int harmonics) {
        return new WindowEncoder(
                new ForecastEncoding.Numbers(3, 4, 10, 2, 0.1, List.of()),
                SPEC,
                new SeriesTransform(LogScale.NONE, level, windowScale, harmonics));
    }

    private static EncodedSeries series() {
        TargetSeries target = TargetSeries.of(Series.of("x", 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7), SPEC);
        return EncodedSeries.of(target, 0, LogScale.NONE);
    }

    @ParameterizedTest
    @EnumSource(LevelRemoval.class)
    void decodingATargetGivesTheRowBack(LevelRemoval level) {
        for (boolean scaled : new boolean[] {false, true}) {
            WindowEncoder encoder = encoder(level, scaled, 0);
            EncodedSeries series = series();
            double[] targets = new double[5];
            encoder.targets(series, 8, targets);
            for (int h = 0; h < 5; h++) {
                // A subtraction, a division, a product and a sum of numbers below 10.
                assertThat(encoder.frame(series, 8).decode(h, targets[h]))
                        .isCloseTo(series.value(8 + h), within(8 * Math.ulp(10.0)));
            }
        }
    }

    @Test
    void windowShowsDifferencesToItsLastValue() {
        WindowEncoder encoder = encoder(LevelRemoval.LAST, false, 0);
        float[] window = new float[4];

        encoder.encode(series(), 6, window);

        assertThat(window).containsExactly((4 - 9) / 2f, (1 - 9) / 2f, (5 - 9) / 2f, 0);
    }

    @Test
    void seasonalWindowShowsDifferencesToOneSeasonAgo() {
        WindowEncoder encoder = encoder(LevelRemoval.SEASON, false, 0);
        float[] window = new float[4];

        encoder.encode(series(), 7, window);

        assertThat(encoder.firstOrigin()).isEqualTo(7);
        assertThat(window).containsExactly((1 - 3) / 2f, (5 - 1) / 2f, (9 - 4) / 2f, (2 - 1) / 2f);
    }

    @Test
    void harmonicsTellThePlaceInTheSeason() {
        WindowEncoder encoder = encoder(LevelRemoval.LAST, false, 1);
        float[] window = new float[12];

        encoder.encode(series(), 6, window);

        assertThat(encoder.features()).isEqualTo(3);
        // Rows 3, 4, 5 and 6 of a file without stamps, in seasons of 3.
        assertThat(window[1]).isEqualTo((float) StrictMath.sin(0));
        assertThat(window[4]).isEqualTo((float) StrictMath.sin(2 * Math.PI / 3));
        assertThat(window[11]).isEqualTo((float) StrictMath.cos(0));
        assertThat(encoder.linearColumns()).containsExactly(0, 3, 6, 9, 10, 11);
    }
}
