package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.tensor.Rng;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    /** With scores ±z that are right in a share s of the cases the best probability is s: T = z / log(s / (1 - s)); of ten
     * examples, each right one counts 11/12 and each wrong one 1/12. */
    @Test
    void findsTheTemperatureAtWhichTheProbabilityIsTheShareOfTheRight() {
        double[][] scores = new double[10][];
        int[] classes = new int[10];
        for (int i = 0; i < 10; i++) {
            scores[i] = new double[] {6, 0};
            classes[i] = i < 8 ? 0 : 1;
        }
        Calibration found = Calibration.ofClasses(scores, classes);
        double share = 0.8 * 11 / 12 + 0.2 / 12;
        // Each slope is a sum of twenty terms of at most 6, which rises by 57 per unit of 1 / T there.
        assertThat(1 / found.temperature()).isCloseTo(Math.log(share / (1 - share)) / 6, within(20 * 6 * 0x1p-50));
        assertThat(found.softmax(scores[0])[0]).isCloseTo(share, within(1e-12));
        assertThat(found.after()).isLessThan(found.before());
        boolean[][] present = new boolean[10][1];
        for (int i = 0; i < 8; i++) {
            present[i][0] = true;
        }
        double[][] labels = new double[10][];
        Arrays.fill(labels, new double[] {6});
        Calibration ofLabels = Calibration.ofLabels(labels, present);
        assertThat(ofLabels.probability(6)).isCloseTo(share, within(1e-12));
        assertThat(ofLabels.after()).isCloseTo(found.after(), within(1e-12));
    }

    @Test
    void noOtherTemperatureIsBetter() {
        for (int seed = 0; seed < 20; seed++) {
            Rng rng = Rng.of(seed);
            double[][] scores = new double[40][4];
            int[] classes = new int[40];
            for (int i = 0; i < 40; i++) {
                classes[i] = rng.nextInt(4);
                for (int k = 0; k < 4; k++) {
                    scores[i][k] = 4 * rng.nextGaussian() + (k == classes[i] ? 3 : 0);
                }
            }
            Calibration found = Calibration.ofClasses(scores, classes);
            double best = loss(scores, classes, found.temperature());
            for (double factor : new double[] {0.5, 0.99, 1.01, 2}) {
                assertThat(loss(scores, classes, found.temperature() * factor))
                        .as("seed %d, factor %s", seed, factor)
                        .isGreaterThan(best);
            }
            assertThat(Calibration.ofClasses(scores, classes)).isEqualTo(found);
        }
    }

    private static double loss(double[][] scores, int[] classes, double temperature) {
        double sum = 0;
        for (int i = 0; i < classes.length; i++) {
            double total = 0;
            for (double score : scores[i]) {
                total += Math.exp(score / temperature);
            }
            sum += Math.log(total);
            for (int k = 0; k < 4; k++) {
                double target = k == classes[i] ? 1 - 1 / 42.0 : 1 / 42.0 / 3;
                sum -= target * scores[i][k] / temperature;
            }
        }
        return sum / classes.length;
    }

    @Test
    void examplesWithoutAMistakeDoNotMakeAllOthersCertain() {
        double[][] scores = new double[20][];
        int[] classes = new int[20];
        for (int i = 0; i < 20; i++) {
            classes[i] = i % 2;
            scores[i] = new double[] {i % 2 == 0 ? 3 : 0, i % 2 == 0 ? 0 : 3};
        }
        Calibration found = Calibration.ofClasses(scores, classes);
        assertThat(found.softmax(scores[0])[0]).isCloseTo(21 / 22.0, within(1e-12));
    }

    @Test
    void staysInItsRange() {
        assertThat(Calibration.ofClasses(new double[][] {{1e-3, 0}, {0, 2e-3}}, new int[] {0, 1})
                        .temperature())
                .isEqualTo(Calibration.LOWEST);
        assertThat(Calibration.ofClasses(new double[][] {{1, 0}, {0, 2}}, new int[] {1, 0})
                        .temperature())
                .isEqualTo(Calibration.HIGHEST);
        assertThat(Calibration.ofClasses(new double[][] {{1, 1}}, new int[] {0}).temperature())
                .isEqualTo(1);
        assertThat(Calibration.ofClasses(new double[][] {{1}}, new int[] {0}).temperature())
                .isEqualTo(1);
    }

    @Test
    void theErrorIsTheMeanDistanceOfConfidenceAndAccuracy() {
        double[] confidences = {0, 0.2, 0.2, 0.9, 0.95, 1};
        boolean[] right = {false, false, true, true, true, false};
        List<Calibration.Bin> bins = Calibration.bins(confidences, right, 5);
        assertThat(bins.get(0).predictions()).isEqualTo(3);
        assertThat(bins.get(1).accuracy()).isNaN();
        assertThat(bins.get(4)).isEqualTo(new Calibration.Bin(0.8, 1, 3, (0.9 + 0.95 + 1) / 3, 2 / 3.0));
        assertThat(Calibration.expectedError(confidences, right, 5))
                .isCloseTo((Math.abs(0.4 - 1) + Math.abs(2.85 - 2)) / 6, within(1e-15));
    }

    @Test
    void refusesWhatIsNoProbabilityOrNoExample() {
        assertThatThrownBy(() -> Calibration.ofClasses(new double[0][], new int[0]))
                .hasMessage(
                        "calibration must have scores and answers of the same examples, and at least one, got 0 and 0");
        assertThatThrownBy(() -> Calibration.ofClasses(new double[][] {{Double.NaN, 1}}, new int[1]))
                .hasMessage("scores to calibrate must be finite, got some that are not");
        assertThatThrownBy(() -> Calibration.bins(new double[] {1.5}, new boolean[1], 3))
                .hasMessage("confidence 0 must be a probability from 0 to 1, got 1.5");
    }
}
