package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreSumTest {
    private final double[] actual = {1, 2, 4, 8};
    private final double[] point = {2, 2, 1, 8};
    private final double[][] quantiles = {{0, 2, 0, 9}, point, {2, 3, 3, 10}};

    @Test
    void oneForecastHasTheMeasuresOfItsValues() {
        ScoreSum sum = new ScoreSum(new double[] {0.1, 0.5, 0.9});
        sum.add(actual, point, quantiles, 2);

        Scores scores = sum.scores();
        assertThat(scores.values().keySet()).containsExactly("mae", "rmse", "mase", "smape", "wql", "coverage80");
        assertThat(scores.mae()).isEqualTo(Metrics.mae(actual, point));
        assertThat(scores.rmse()).isEqualTo(Math.sqrt(2.5));
        assertThat(scores.mase()).isEqualTo(0.5);
        assertThat(scores.smape()).isEqualTo(Metrics.smape(actual, point));
        assertThat(scores.get("wql"))
                .isEqualTo(Metrics.weightedQuantileLoss(actual, new double[] {0.1, 0.5, 0.9}, quantiles));
        assertThat(scores.get("coverage80")).isEqualTo(0.5);
        assertThat(sum.forecasts()).isEqualTo(1);
    }

    @Test
    void everyValueCountsTheSame() {
        ScoreSum sum = new ScoreSum();
        sum.add(new double[] {1, 1}, new double[] {2, 2}, null, 1);
        sum.add(new double[] {1}, new double[] {5}, null, 2);

        Scores scores = sum.scores();
        assertThat(scores.mae()).isEqualTo(2);
        assertThat(scores.rmse()).isEqualTo(Math.sqrt(6));
        assertThat(scores.mase()).isEqualTo(4.0 / 3);
    }

    @Test
    void aScaleOfZeroCountsNothingInTheMase() {
        ScoreSum sum = new ScoreSum();
        sum.add(new double[] {1}, new double[] {2}, null, 0);
        assertThat(sum.scores().has("mase")).isFalse();

        sum.add(new double[] {1}, new double[] {4}, null, 1);
        assertThat(sum.scores().mase()).isEqualTo(3);
    }

    @Test
    void onlyPairsOfQuantilesMakeIntervals() {
        ScoreSum sum = new ScoreSum(new double[] {0.025, 0.25, 0.5, 0.75, 0.8});
        sum.add(actual, point, new double[][] {point, point, point, point, point}, 1);

        assertThat(sum.scores().values().keySet()).containsExactly("mae", "rmse", "mase", "smape", "wql", "coverage50");
        assertThat(sum.scores().get("coverage50")).isEqualTo(0.5);
    }

    @Test
    void scoresAreOneObjectOfNumbersInJson() throws Exception {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("mae", 1.5);
        values.put("coverage80", 0.75);
        Scores scores = new Scores(values);

        assertThat(Json.write(scores)).isEqualTo("{\"coverage80\":0.75,\"mae\":1.5}");
        assertThat(Json.read(Json.write(scores), Scores.class, "test")).isEqualTo(scores);
        assertThatThrownBy(() -> scores.mase()).hasMessage("there is no measure mase; there are [mae, coverage80]");
        assertThatThrownBy(() -> new Scores(Map.of("mae", Double.NaN)))
                .hasMessage("measure mae must be finite, got NaN");
    }

    @Test
    void wrongQuantilesAreRefused() {
        assertThatThrownBy(() -> new ScoreSum(new double[] {0.5, 0.1}))
                .hasMessage("quantiles must ascend between 0 and 1, got [0.5, 0.1]");
        assertThatThrownBy(() -> new ScoreSum().add(actual, point, quantiles, 1))
                .hasMessage("a forecast must have 0 quantiles, got 3; forecast those that the sum was made for");
        assertThatThrownBy(() -> new ScoreSum().scores())
                .hasMessage("scores must be of at least one forecast, got none; add one first");
    }
}
