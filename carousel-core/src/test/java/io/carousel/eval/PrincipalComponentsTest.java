package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.tensor.Rng;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalComponentsTest {
    /** Points that spread by 8, 4, 2, 1, … along directions that are not the axes. */
    private static float[][] points(int count, int size) {
        Rng rng = Rng.of(3);
        float[][] points = new float[count][size];
        for (float[] point : points) {
            double spread = 8;
            for (int d = 0; d < size; d++, spread /= 2) {
                double part = spread * rng.nextGaussian();
                point[d] += (float) part;
                point[(d + 1) % size] -= (float) part;
            }
        }
        return points;
    }

    /** Sums of some tens of products near 1 in double. */
    private static final double ROUNDING = 1e-12;

    @ParameterizedTest
    @CsvSource({"30, 5", "5, 30", "12, 12"})
    void axesHaveLengthOneAndStandUprightOnEachOther(int count, int size) {
        List<List<Double>> axes = PrincipalComponents.of(points(count, size), 4).axes();

        assertThat(axes).hasSize(4);
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
                double dot = 0;
                for (int d = 0; d < size; d++) {
                    dot += axes.get(a).get(d) * axes.get(b).get(d);
                }
                assertThat(dot)
                        .isCloseTo(a == b ? 1 : 0, within(1e-9)); // by points, axes of small spread are less exact
            }
        }
    }

    @Test
    void asManyAxesAsPointsSpreadInKeepThemWhole() {
        float[][] points = points(30, 5);
        PrincipalComponents all = PrincipalComponents.of(points, 5);

        for (float[] point : points) {
            float[] kept = all.kept(point);
            for (int d = 0; d < 5; d++) {
                assertThat((double) kept[d]).isCloseTo(point[d], within(16 * (double) Math.ulp(32f)));
            }
        }
    }

    @Test
    void noOtherDirectionSpreadsMoreThanTheFirstAxis() {
        float[][] points = points(50, 6);
        PrincipalComponents one = PrincipalComponents.of(points, 1);
        double[] axis =
                one.axes().get(0).stream().mapToDouble(Double::doubleValue).toArray();
        double most = spread(points, one, axis);
        Rng rng = Rng.of(5);
        for (int trial = 0; trial < 200; trial++) {
            double[] turned = axis.clone();
            double length = 0;
            for (int d = 0; d < 6; d++) {
                turned[d] += 0.05 * rng.nextGaussian();
                length += turned[d] * turned[d];
            }
            for (int d = 0; d < 6; d++) {
                turned[d] /= Math.sqrt(length);
            }
            assertThat(spread(points, one, turned)).isLessThan(most * (1 + ROUNDING));
        }
    }

    private static double spread(float[][] points, PrincipalComponents components, double[] direction) {
        double sum = 0;
        for (float[] point : points) {
            double along = 0;
            for (int d = 0; d < direction.length; d++) {
                along += direction[d] * (point[d] - components.mean().get(d));
            }
            sum += along * along;
        }
        return sum;
    }

    @Test
    void thereAreNoMoreAxesThanDirections() {
        float[][] line = {{1, 2, 3}, {2, 4, 6}, {3, 6, 9}};

        assertThat(PrincipalComponents.of(line, 3).axes()).hasSize(1);
        assertThat(PrincipalComponents.of(new float[][] {{1, 2}, {1, 2}}, 2).axes())
                .isEmpty();
        assertThat(PrincipalComponents.of(new float[][] {{1, 2}}, 2).kept(new float[] {5, 5}))
                .containsExactly(1, 2);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        PrincipalComponents components = PrincipalComponents.of(points(4, 3), 2);

        assertThatThrownBy(() -> components.code(new float[2])).hasMessage("point must have 3 dimensions, got 2");
        assertThatThrownBy(() -> PrincipalComponents.of(new float[0][], 2))
                .hasMessage("points must not be empty to have principal components");
        assertThatThrownBy(() -> PrincipalComponents.of(new float[][] {{1}, {1, 2}}, 2))
                .hasMessage("points must all have 1 dimensions like the first, got 2");
        assertThatThrownBy(() -> new PrincipalComponents(List.of(1.0), List.of(List.of(1.0, 2.0))))
                .hasMessage("axes of principal components must have 1 finite numbers each, as the mean has");
    }
}
