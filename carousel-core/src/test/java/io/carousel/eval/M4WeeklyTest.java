package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.SharedData;
import io.carousel.data.RowSeriesReader;
import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

class M4WeeklyTest {
    @Test
    void naive2HasTheScoresThatTheCompetitionPublished() {
        RowSeriesReader reader = new RowSeriesReader();
        SeriesSet training = reader.read(SharedData.file("m4-weekly/Weekly-train.csv.gz"));
        SeriesSet test = reader.read(SharedData.file("m4-weekly/Weekly-test.csv.gz"));
        ScoreSum sum = new ScoreSum();

        for (Series series : training.list()) {
            double[] history = series.column(RowSeriesReader.COLUMN);
            double[] actual = test.series(series.name()).column(RowSeriesReader.COLUMN);
            sum.add(actual, Naive2.forecast(history, 1, 13), null, Metrics.seasonalScale(history, 1));
        }

        // Makridakis, Spiliotis and Assimakopoulos, 2020, the row of Naive2 for the weekly series
        assertThat(sum.forecasts()).isEqualTo(359);
        assertThat(rounded(sum.scores().smape())).isEqualTo("9.161");
        assertThat(rounded(sum.scores().mase())).isEqualTo("2.777");
    }

    private static String rounded(double value) {
        return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN).toPlainString();
    }
}
