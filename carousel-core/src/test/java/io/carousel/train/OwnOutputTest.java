package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.kernel.Kernels;
import io.carousel.loss.QuantileLoss;
import io.carousel.tensor.Rng;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnOutputTest {
    private final Kernels kernels = Kernels.best();

    @Test
    void classesAreDrawnAsOftenAsTheirScoresSay() {
        double[] probabilities = {0.5, 0.125, 0, 0.375};
        int draws = 4000;
        int[] counts = new int[probabilities.length];
        Rng random = Rng.of(3);
        float[] inputs = new float[2];
        for (int i = 0; i < draws; i++) {
            float[] scores = new float[probabilities.length + 1];
            for (int v = 0; v < probabilities.length; v++) {
                scores[v + 1] = (float) (Math.log(probabilities[v]) + 7); // a constant in all scores counts for nothing
            }
            OwnOutput.drawn().next(kernels, scores, 1, probabilities.length, random, inputs, 1);
            counts[(int) inputs[1]]++;
        }

        for (int v = 0; v < counts.length; v++) {
            double p = probabilities[v];
            // five standard errors of a count; none of a class that cannot be
            assertThat((double) counts[v]).isCloseTo(draws * p, within(5 * Math.sqrt(draws * p * (1 - p))));
        }
        assertThat(inputs[0]).isZero();
    }

    @Test
    void thePointsOfALossAreTheNextInput() {
        float[] outputs = {9, 1, 2, 3, 4, 5, 6};
        float[] inputs = new float[3];

        OwnOutput.points(new QuantileLoss(List.of(0.1, 0.5, 0.9))).next(kernels, outputs, 1, 6, Rng.of(1), inputs, 1);

        assertThat(inputs).containsExactly(0, 2, 5);
    }
}
