package io.carousel.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.loss.WeightedLogisticLoss.LabelWeight;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightedLogisticLossTest {
    private final WeightedLogisticLoss two =
            new WeightedLogisticLoss(List.of(new LabelWeight(1, 1), new LabelWeight(3, 0.5)));

    @Test
    void extremeScoresCostWhatTheyAreWorth() {
        float[] raw = {200, 200, -200, -200};
        float[] target = {1, 0, 1, 1};
        float[] gradient = new float[4];
        assertThat(two.valueAndGradient(4, raw, 0, target, 0, gradient, 0))
                .isCloseTo(0 + 0.5 * 200 + 200 + 3 * 200, within(1e-9));
        assertThat(gradient).containsExactly(-0f, 0.5f, -1, -3);
    }

    @Test
    void refusesTargetsThatAreNoLabels() {
        float[] raw = new float[4];
        assertThatThrownBy(() -> two.valueAndGradient(2, raw, 0, new float[] {0, 2}, 0, null, 0))
                .hasMessage("target 1 must be from 0 to 1, got 2.0; 1 says that the label is there, 0 that it is not");
        assertThatThrownBy(() -> two.valueAndGradient(3, raw, 0, new float[3], 0, null, 0))
                .hasMessage("targets must be 2 for each sequence, one for each label, got 3 in all");
        assertThatThrownBy(() -> new LabelWeight(1, 0))
                .hasMessage("weight of a label that is absent must be positive and finite, got 0.0");
    }

    @Test
    void balancedWeightsMakeEveryClassCountAlike() {
        assertThat(ClassWeights.balanced(new long[] {6, 0, 2})).containsExactly(8.0 / 12, 0, 8.0 / 4);
        assertThat(ClassWeights.balanced(new long[] {0, 0})).containsExactly(0, 0);
        assertThat(ClassWeights.balanced(2, 8)).isEqualTo(new LabelWeight(2, 8.0 / 12));
        assertThat(ClassWeights.balanced(8, 8)).isEqualTo(new LabelWeight(1, 1));
        assertThatThrownBy(() -> ClassWeights.balanced(9, 8))
                .hasMessage("examples with a label must be from 0 to all 8, got 9");
    }
}
