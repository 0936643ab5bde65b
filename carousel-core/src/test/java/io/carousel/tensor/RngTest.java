package io.carousel.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RngTest {
    @Test
    void theSameSeedGivesTheSameNumbersForEver() {
        Rng rng = Rng.of(1);

        assertThat(new long[] {rng.nextLong(), rng.nextLong()})
                .containsExactly(6791897765849424158L, -1041056189838986770L);
    }

    @Test
    void aStreamDoesNotDependOnWhatWasDrawnBefore() {
        Rng fresh = Rng.of(7);
        Rng used = Rng.of(7);
        used.nextLong();

        assertThat(used.stream("dropout").nextLong())
                .isEqualTo(fresh.stream("dropout").nextLong());
        assertThat(used.stream("dropout").nextLong())
                .isNotEqualTo(fresh.stream("shuffle").nextLong());
        assertThat(used.stream(0).nextLong()).isNotEqualTo(fresh.stream(1).nextLong());
    }

    @Test
    void numbersHaveTheMomentsOfTheirDistributions() {
        Rng rng = Rng.of(3);
        int n = 100_000;
        double uniform = IntStream.range(0, n)
                .mapToDouble(i -> rng.nextFloat())
                .average()
                .orElseThrow();
        double[] normal =
                IntStream.range(0, n).mapToDouble(i -> rng.nextGaussian()).toArray();
        double mean =
                IntStream.range(0, n).mapToDouble(i -> normal[i]).average().orElseThrow();
        double variance = IntStream.range(0, n)
                .mapToDouble(i -> normal[i] * normal[i])
                .average()
                .orElseThrow();

        // Five standard errors of each estimate.
        double root = Math.sqrt(n);
        assertThat(Math.abs(uniform - 0.5)).isLessThan(5 * Math.sqrt(1 / 12.0) / root);
        assertThat(Math.abs(mean)).isLessThan(5 / root);
        assertThat(Math.abs(variance - 1)).isLessThan(5 * Math.sqrt(2) / root);
    }

    @Test
    void shufflingKeepsEveryElement() {
        int[] elements = IntStream.range(0, 100).toArray();
        Rng.of(5).shuffle(elements);

        assertThat(elements)
                .doesNotHaveDuplicates()
                .hasSize(100)
                .isNotEqualTo(IntStream.range(0, 100).toArray());
    }

    @Test
    void boundedNumbersReachBothEnds() {
        Rng rng = Rng.of(9);

        assertThat(IntStream.range(0, 200).map(i -> rng.nextInt(3)).distinct().sorted())
                .containsExactly(0, 1, 2);
    }

    @Test
    void choicesAreThoseOfSingleNumbersAndLeaveTheStreamWhereTheseDo() {
        for (int count : new int[] {0, 1, 63, 64, 65, 1000}) {
            for (float rate : new float[] {0, 0.1f, 0.5f, Math.nextDown(1f)}) {
                Rng one = Rng.of(count);
                Rng many = Rng.of(count);
                float[] expected = new float[count + 2];
                for (int i = 0; i < count; i++) {
                    expected[1 + i] = one.nextFloat() < rate ? -2 : 3;
                }
                float[] chosen = new float[count + 2];
                many.choose(rate, -2, 3, count, chosen, 1);

                assertThat(chosen).isEqualTo(expected);
                assertThat(many.nextLong()).isEqualTo(one.nextLong());
            }
        }
    }
}
