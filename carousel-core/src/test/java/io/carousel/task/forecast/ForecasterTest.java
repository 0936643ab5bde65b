package io.carousel.task.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.data.Series;
import io.carousel.data.SeriesSet;
import io.carousel.data.TimeIndex;
import io.carousel.loss.GaussianLoss;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.task.FitListener;
import io.carousel.task.FitOptions;
import io.carousel.task.StopSignal;
import io.carousel.tensor.Rng;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForecasterTest {
    private static Forecaster fit(SeriesSet set, ForecastSpec.Builder spec) {
        return Forecaster.fit(set, spec.build(), Examples.quick(), FitOptions.defaults())
                .forecaster();
    }

    @Test
    void futureStampsFollowThoseOfTheFile() {
        SeriesSet set = Examples.monthly("units", Examples.sales(96, 1));

        List<Forecast> forecasts = fit(set, Examples.small("units").horizon(3)).predict(set);

        assertThat(forecasts).hasSize(1);
        assertThat(forecasts.get(0).series()).isEqualTo("sales");
        assertThat(forecasts.get(0).time()).containsExactly("1998-01", "1998-02", "1998-03");
        assertThat(forecasts.get(0).point()).hasSize(3);
    }

    @Test
    void quantilesDoNotCrossAndTheMedianIsThePoint() {
        SeriesSet set = Examples.monthly("units", Examples.sales(96, 1));

        Forecast forecast = fit(set, Examples.small("units").horizon(4).quantiles(List.of(0.05, 0.1, 0.9)))
                .predict(set)
                .get(0);

        assertThat(forecast.quantiles())
                .extracting(Forecast.QuantileForecast::level)
                .containsExactly(0.05, 0.1, 0.5, 0.9);
        assertThat(forecast.quantiles().get(2).values()).isEqualTo(forecast.point());
        for (int h = 0; h < 4; h++) {
            for (int q = 1; q < 4; q++) {
                assertThat(forecast.quantiles().get(q).values().get(h))
                        .isGreaterThanOrEqualTo(
                                forecast.quantiles().get(q - 1).values().get(h));
            }
        }
    }

    @Test
    void lossWithoutQuantilesGetsIntervalsFromErrorsOnTheValidationPart() {
        SeriesSet set = Examples.monthly("units", Examples.sales(120, 1));

        Forecast forecast = fit(set, Examples.small("units").horizon(2).loss(new io.carousel.loss.SquaredLoss()))
                .predict(set)
                .get(0);

        assertThat(forecast.quantiles()).hasSize(3);
        for (int h = 0; h < 2; h++) {
            assertThat(forecast.quantiles().get(0).values().get(h))
                    .isLessThan(forecast.quantiles().get(2).values().get(h));
        }
    }

    @Test
    void lossWithADistributionGivesAnyQuantile() {
        SeriesSet set = Examples.monthly("units", Examples.sales(96, 1));

        Forecast forecast = fit(set, Examples.small("units").horizon(2).loss(new GaussianLoss()))
                .predict(set)
                .get(0);

        assertThat(forecast.quantiles().get(0).values().get(0))
                .isLessThan(forecast.point().get(0));
        assertThat(forecast.quantiles().get(2).values().get(0))
                .isGreaterThan(forecast.point().get(0));
    }

    @Test
    void savedModelForecastsTheSameBits(@TempDir Path folder) throws Exception {
        SeriesSet set = Examples.monthly("units", Examples.sales(96, 1));
        Forecaster forecaster = fit(set, Examples.small("units").horizon(3));
        Path file = folder.resolve("m.carousel");

        forecaster.save(file);
        Forecaster loaded = Forecaster.load(file);

        assertThat(loaded.encoding()).isEqualTo(forecaster.encoding());
        assertThat(loaded.predict(set)).isEqualTo(forecaster.predict(set));
        assertThat(Json.write(loaded.evaluate(set))).isEqualTo(Json.write(forecaster.evaluate(set)));
        assertThat(Files.size(file)).isPositive();
    }

    @Test
    void modelOfAnotherTaskIsRefused() {
        SeriesSet set = Examples.monthly("units", Examples.sales(96, 1));
        Model model = fit(set, Examples.small("units")).model();
        var task = model.task().put("task", "tag");

        assertThatThrownBy(() -> Forecaster.of(Model.of(model.network(), task, model.provenance()), "m.carousel"))
                .hasMessageContaining("task of the model must be forecast, got tag");
    }

    @Test
    void provenanceNamesTheDataAndThePlan() {
        SeriesSet set = Examples.monthly("units", Examples.sales(96, 1));

        Model model = fit(set, Examples.small("units")).model();

        assertThat(model.provenance().dataFile()).isEqualTo("memory");
        assertThat(model.provenance().seed()).isEqualTo(1);
        assertThat(model.provenance().plan().path("training").path("epochs").asInt())
                .isEqualTo(3);
        assertThat(model.provenance().plan().path("spec").path("target").asString())
                .isEqualTo("units");
    }

    @Test
    void evaluationLooksAtRowsThatTrainingNeverSawOnly() {
        double[] values = Examples.sales(120, 1);
        double[] changed = values.clone();
        for (int row = 100; row < 120; row++) {
            changed[row] *= 3;
        }
        ForecastSpec.Builder spec = Examples.small("units").horizon(4).testRows(20);

        Forecaster one = fit(Examples.monthly("units", values), spec);
        Forecaster other = fit(Examples.monthly("units", changed), spec);

        assertThat(other.model().network().parameters().values())
                .isEqualTo(one.model().network().parameters().values());
        ForecastEvaluation evaluation = one.evaluate(Examples.monthly("units", values));
        assertThat(evaluation.examples()).isEqualTo(17);
        assertThat(evaluation.backtests().get(0).origin(0)).isEqualTo(100);
    }

    @Test
    void laterFileIsEvaluatedAfterTheLastStampOfTheTraining() {
        double[] values = Examples.sales(140, 1);
        Series whole = Examples.monthlySeries("sales", "units", values);
        Forecaster forecaster =
                fit(SeriesSet.of(whole.slice(0, 120)), Examples.small("units").testRows(20));

        ForecastEvaluation evaluation =
                forecaster.evaluate(new SeriesSet("later.csv", "another", List.of(whole.slice(60, 140)), List.of()));

        assertThat(evaluation.examples()).isEqualTo(40);
        assertThat(evaluation
                        .backtests()
                        .get(0)
                        .label(evaluation.backtests().get(0).origin(0)))
                .isEqualTo("1998-05");
    }

    @Test
    void fileWithoutLaterRowsCannotBeEvaluated() {
        SeriesSet set = Examples.monthly("units", Examples.sales(96, 1));
        Forecaster forecaster = fit(set, Examples.small("units").testRows(0));

        assertThatThrownBy(() -> forecaster.evaluate(set))
                .hasMessage("memory must have at least 1 rows that training never saw, one horizon, got fewer in every"
                        + " series; training saw those up to 1997-12; evaluate a file with later rows, or fit with rows"
                        + " to test");
    }

    @Test
    void seriesThatTrainingDidNotHaveIsEvaluatedFromItsFirstFullWindow() {
        SeriesSet two = SeriesSet.of(
                Examples.monthlySeries("north", "units", Examples.sales(96, 1)),
                Examples.monthlySeries("south", "units", Examples.sales(96, 2)));
        Forecaster forecaster = fit(two, Examples.small("units").window(12).level(LevelRemoval.LAST));

        ForecastEvaluation evaluation =
                forecaster.evaluate(SeriesSet.of(Examples.monthlySeries("east", "units", Examples.sales(60, 3))));

        assertThat(evaluation.backtests().get(0).origin(0)).isEqualTo(12);
        assertThat(evaluation.examples()).isEqualTo(48);
    }

    @Test
    void evaluationPrintsMetricsBaselinesAndExamples() {
        SeriesSet set = Examples.monthly("units", Examples.sales(96, 1));

        var json = Json.tree(fit(set, Examples.small("units").horizon(2)).evaluate(set));

        assertThat(json.propertyNames())
                .containsExactly(
                        "metrics",
                        "baselines",
                        "examples",
                        "beatsBestNaive",
                        "bestNaive",
                        "decidedBy",
                        "confidence",
                        "verdict",
                        "errorByStep");
        assertThat(json.path("metrics").propertyNames()).contains("mae", "rmse", "mase", "smape", "wql", "coverage80");
        assertThat(json.path("baselines").propertyNames())
                .containsExactlyInAnyOrder("lastValue", "seasonalNaive", "drift", "meanOfSeasonalNaiveAndDrift");
    }

    @Test
    void futureInputsAreUsedAndMustReachToTheHorizon() {
        SeriesSet set = SeriesSet.of(Examples.promotions(204, 200));
        ForecastSpec.Builder spec = Examples.small("units")
                .futureInputs(List.of("promotion"))
                .horizon(4)
                .window(6);
        Forecaster forecaster = fit(set, spec);

        Forecast forecast = forecaster.predict(set).get(0);

        for (int h = 0; h < 4; h++) {
            double expected = 50 + 20 * set.list().get(0).value("promotion", 200 + h);
            assertThat(forecast.point().get(h)).isCloseTo(expected, within(3.0));
        }
        assertThatThrownBy(() -> forecaster.predict(SeriesSet.of(Examples.promotions(202, 200))))
                .hasMessage("future input promotion of series 'shop' must be given for 4 rows after 200, got 2; "
                        + "append rows with the inputs and an empty units");
    }

    @Test
    void inputOfThePastThatLeadsTheTargetIsUsed() {
        Rng rng = Rng.of(5);
        double[] driver = new double[200];
        double[] target = new double[200];
        for (int row = 0; row < 200; row++) {
            driver[row] = rng.nextGaussian();
            target[row] = row == 0 ? 0 : 10 + 3 * driver[row - 1] + 0.1 * rng.nextGaussian();
        }
        SeriesSet with = SeriesSet.of(Series.of("target", target).with("driver", driver));

        ForecastEvaluation informed = fit(
                        with, Examples.small("target").inputs(List.of("driver")).window(4))
                .evaluate(with);
        ForecastEvaluation blind = fit(with, Examples.small("target").window(4)).evaluate(with);

        assertThat(informed.metrics().mae()).isLessThan(0.2 * blind.metrics().mae());
        assertThat(informed.beatsBestNaive()).isTrue();
        assertThatThrownBy(() -> {
                    driver[20] = Double.NaN;
                    fit(
                            SeriesSet.of(Series.of("target", target).with("driver", driver)),
                            Examples.small("target").inputs(List.of("driver")));
                })
                .hasMessageStartingWith("column driver of series '' must have a number at 21 (row 21), got NaN");
    }

    @Test
    void oneModelForecastsManySeries() {
        SeriesSet set = SeriesSet.of(
                Examples.monthlySeries("north", "units", Examples.sales(96, 1)),
                Examples.monthlySeries(
                        "south",
                        "units",
                        Arrays.stream(Examples.sales(84, 2)).map(v -> 50 * v).toArray()));

        Forecaster forecaster = fit(set, Examples.small("units").horizon(3));

        assertThat(forecaster.predict(set)).extracting(Forecast::series).containsExactly("north", "south");
        assertThat(forecaster.evaluate(set).backtest("south")).isPresent();
    }

    @ParameterizedTest
    @EnumSource(LevelRemoval.class)
    void everyTransformCanBeSet(LevelRemoval level) {
        SeriesSet set = Examples.monthly("units", Examples.sales(96, 1));

        Forecaster forecaster = fit(
                set,
                Examples.small("units")
                        .horizon(14)
                        .level(level)
                        .log(LogScale.LOG)
                        .windowScale(true)
                        .harmonics(1));

        assertThat(forecaster.encoding().transform()).isEqualTo(new SeriesTransform(LogScale.LOG, level, true, 1));
        assertThat(forecaster.predict(set).get(0).point()).allMatch(v -> v > 0);
    }

    @Test
    void constantSeriesIsForecastAsTheConstant() {
        double[] values = new double[60];
        Arrays.fill(values, 7);
        SeriesSet set = SeriesSet.of(Series.of("units", values));

        Forecaster forecaster = fit(set, Examples.small("units").horizon(2).window(4));

        assertThat(forecaster.predict(set).get(0).point())
                .allSatisfy(v -> assertThat(v).isCloseTo(7, within(0.05)));
        assertThat(forecaster.evaluate(set).beatsBestNaive()).isFalse();
    }

    @Test
    void seriesThatIsTooShortIsRefusedWithWhatItNeeds() {
        SeriesSet set = SeriesSet.of(Series.of("units", Examples.randomWalk(20, 1)));

        assertThatThrownBy(() -> fit(set, Examples.small("units").horizon(12).window(24)))
                .hasMessage(
                        "series '' has 20 rows; window 24, horizon 12, 12 rows to validate and 12 to test"
                                + " need at least 63; use a smaller window or horizon, or fewer rows to test, or a longer series");
    }

    @Test
    void missingValueIsRefusedWithItsPlace() {
        double[] values = Examples.sales(60, 1);
        values[30] = Double.NaN;

        assertThatThrownBy(() -> fit(Examples.monthly("units", values), Examples.small("units")))
                .hasMessage("column units of series 'sales' must have a number at 1992-07 (row 31), got NaN;"
                        + " fill missing values when reading the file");
    }

    @Test
    void absentColumnIsRefused() {
        assertThatThrownBy(() -> fit(Examples.monthly("units", Examples.sales(60, 1)), Examples.small("unit")))
                .hasMessage("column unit must be one of [units] of memory; name a column of the file");
    }

    @Test
    void logOfNegativeValuesIsRefused() {
        assertThatThrownBy(() -> fit(
                        SeriesSet.of(Series.of("x", Examples.randomWalk(60, 1)).with("x", signs(60))),
                        Examples.small("x").log(LogScale.LOG).window(4)))
                .hasMessageContaining("log must have targets above 0");
    }

    private static double[] signs(int rows) {
        double[] values = new double[rows];
        Arrays.setAll(values, row -> row % 2 == 0 ? 1 + row % 5 : -1);
        return values;
    }

    @Test
    void recursiveForecastFeedsItselfAndHasIntervals() {
        SeriesSet set = Examples.monthly("units", Examples.sales(120, 1));

        Forecaster forecaster = fit(set, Examples.small("units").horizon(6).mode(ForecastMode.RECURSIVE));
        Forecast forecast = forecaster.predict(set).get(0);

        assertThat(forecaster.model().network().outputSize()).isEqualTo(1);
        assertThat(forecast.point()).hasSize(6);
        assertThat(forecast.quantiles()).hasSize(3);
        assertThat(forecaster.evaluate(set).metrics().mase()).isLessThan(1);
        assertThatThrownBy(() -> Examples.small("units")
                        .inputs(List.of("a"))
                        .mode(ForecastMode.RECURSIVE)
                        .build())
                .hasMessageContaining("inputs of a recursive forecast must be known in the future");
    }

    @Test
    void stoppedFitKeepsTheBestSoFar() {
        SeriesSet set = Examples.monthly("units", Examples.sales(96, 1));
        StopSignal stop = new StopSignal();
        FitListener listener = new FitListener() {
            @Override
            public void epoch(io.carousel.train.EpochReport report) {
                stop.stop();
            }
        };

        ForecastFit fit = Forecaster.fit(
                set,
                Examples.small("units").members(3).build(),
                Forecaster.defaultPlan(),
                FitOptions.defaults().withStop(stop).withListener(listener));

        assertThat(fit.stopped()).isTrue();
        assertThat(fit.notes()).contains("the training was stopped early; the best so far was kept");
        assertThat(fit.stages()).hasSize(1);
        assertThat(fit.forecaster().predict(set)).hasSize(1);
    }

    @Test
    void rowsWithoutTimeStampsAreNumberedOn() {
        SeriesSet set = SeriesSet.of(Series.of("", TimeIndex.rows(50), Map.of("units", Examples.randomWalk(50, 3))));

        assertThat(fit(set, Examples.small("units").horizon(2))
                        .predict(set)
                        .get(0)
                        .time())
                .containsExactly("51", "52");
    }
}
