package io.carousel.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.tensor.Rng;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossTest {
    static List<LossSpec> losses() {
        return List.of(
                new SquaredLoss(),
                new AbsoluteLoss(),
                new HuberLoss(),
                QuantileLoss.of(0.1, 0.5, 0.9),
                new GaussianLoss(),
                new StudentTLoss());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aSpecReadsBackEqual(LossSpec loss) throws FormatException {
        assertThat(Json.read(Json.write(loss), LossSpec.class, "test")).isEqualTo(loss);
    }

    @Test
    void jsonNamesTheKindAndItsNumbers() {
        assertThat(Json.write(QuantileLoss.of(0.1, 0.5))).isEqualTo("{\"type\":\"quantile\",\"levels\":[0.1,0.5]}");
        assertThat(Json.write(new StudentTLoss())).isEqualTo("{\"type\":\"studentT\",\"minScale\":0.001}");
        assertThat(Json.write(new HuberLoss())).isEqualTo("{\"type\":\"huber\",\"delta\":1.0}");
    }

    @ParameterizedTest
    @MethodSource("losses")
    void promiseFiveAMissingTargetIsAnError(LossSpec loss) {
        float[] raw = new float[2 * loss.outputs()];
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> loss.valueAndGradient(2, raw, 0, new float[] {0, bad}, 0, null, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("target 1 must be finite, got " + bad
                            + "; fill or leave out missing values before training");
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void anOutputThatIsNotANumberMakesTheLossNotANumber(LossSpec loss) {
        float[] raw = new float[loss.outputs()];
        Arrays.fill(raw, Float.NaN);
        assertThat(loss.valueAndGradient(1, raw, 0, new float[1], 0, null, 0)).isNaN();
    }

    @Test
    void quantilesNeverCross() {
        QuantileLoss loss = QuantileLoss.of(0.01, 0.2, 0.4, 0.7, 0.9, 0.99);
        Rng rng = Rng.of(3);
        for (int i = 0; i < 1000; i++) {
            float[] raw = new float[6];
            for (int j = 0; j < 6; j++) {
                raw[j] = (float) (StrictMath.exp(10 * rng.nextDouble()) * rng.nextGaussian());
            }
            for (int j = 1; j < 6; j++) {
                assertThat(loss.quantile(loss.levels().get(j), raw, 0))
                        .isGreaterThanOrEqualTo(loss.quantile(loss.levels().get(j - 1), raw, 0));
            }
        }
    }

    @Test
    void theAnchorIsTheLevelNearestToTheMedian() {
        assertThat(QuantileLoss.of(0.5, 0.9).anchor()).isZero();
        assertThat(QuantileLoss.of(0.05, 0.25, 0.6, 0.95).anchor()).isEqualTo(2);
        assertThat(QuantileLoss.of(0.4, 0.6).anchor()).isZero();
        float[] raw = {7, 0, 42, 0};
        assertThat(QuantileLoss.of(0.1, 0.5, 0.9).point(raw, 1)).isEqualTo(42);
        assertThat(QuantileLoss.of(0.1, 0.5, 0.9).quantile(0.9, raw, 1)).isEqualTo((float) (42 + Math.log(2)));
    }

    @Test
    void distributionsGiveEveryQuantileAroundTheirPoint() {
        for (Loss loss : List.of(new GaussianLoss(), new StudentTLoss())) {
            float[] raw = {0.5f, 1, 2};
            assertThat(loss.point(raw, 0)).isEqualTo(0.5f);
            assertThat(loss.quantile(0.5, raw, 0)).isEqualTo(0.5f);
            float above = loss.quantile(0.9, raw, 0) - 0.5f;
            float below = 0.5f - loss.quantile(0.1, raw, 0);
            assertThat(above).isPositive();
            // both quantiles are rounded to float, and so are both distances
            assertThat(above).isCloseTo(below, within(Math.ulp(above + 0.5f) + Math.ulp(below)));
        }
    }

    @Test
    void defaultsArePinned() {
        assertThat(new HuberLoss().delta()).isEqualTo(1);
        assertThat(new GaussianLoss().minScale()).isEqualTo(0.001);
        assertThat(new StudentTLoss().minScale()).isEqualTo(0.001);
        assertThat(new StudentTLoss().degreesOfFreedom(new float[] {0, 0, -200}, 0))
                .isEqualTo(2.001);
    }

    @Test
    void errorsSayWhatToDo() {
        assertThatThrownBy(() -> QuantileLoss.of(0.5, 0.5))
                .hasMessage("quantile levels must ascend, got [0.5, 0.5]; sort them and leave out doubles");
        assertThatThrownBy(() -> QuantileLoss.of(1))
                .hasMessage("quantile level must be greater than 0 and less than 1, got 1.0; 0.5 is the median");
        assertThatThrownBy(() -> QuantileLoss.of(0.5).quantile(0.9, new float[1], 0))
                .hasMessage("quantile level must be one of [0.5], got 0.9; train with that level");
        assertThatThrownBy(() -> new SquaredLoss().quantile(0.9, new float[1], 0))
                .hasMessage("quantile 0.9 must come from a loss with a distribution, got squared; train with the loss"
                        + " quantile, gaussian or studentT");
        assertThatThrownBy(() -> new HuberLoss(0))
                .hasMessage("delta of the huber loss must be positive and finite, got 0.0");
    }
}
