package io.carousel.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairCountsTest {
    private static PairCounts counts(int symbols, int... tokens) {
        PairCounts counts = new PairCounts(symbols, 0);
        for (int token : tokens) {
            counts.add(token);
        }
        return counts;
    }

    @Test
    void allProbabilitiesAddUpToOne() {
        PairCounts counts = counts(6, 1, 2, 1, 3, 0, 1, 2, 2, 4, 0, 1);
        double unigram = 0;
        for (int w = 0; w < 6; w++) {
            unigram += Math.exp(-counts.unigram(w));
        }
        // six terms of a few roundings each
        assertThat(unigram).isCloseTo(1, within(60 * 0x1p-53));
        for (int h = 0; h < 6; h++) {
            double sum = 0;
            for (int w = 0; w < 6; w++) {
                sum += Math.exp(-counts.bigram(h, w));
            }
            assertThat(sum).as("after %d", h).isCloseTo(1, within(120 * 0x1p-53));
        }
    }

    @Test
    void probabilitiesAreThoseOfTheFormulas() {
        // pairs: 0 1, 1 2, 2 1, 1 2; all four tokens: 1 twice, 2 twice
        PairCounts counts = counts(4, 1, 2, 1, 2);
        assertThat(Math.exp(-counts.unigram(1))).isCloseTo(3.0 / 8, within(1e-15));
        assertThat(Math.exp(-counts.unigram(3))).isCloseTo(1.0 / 8, within(1e-15));
        // three different pairs; 2 comes after one token, 1 after two: q(2) = 2 / 7
        double expected = (2 - 0.75) / 2 + 0.75 * 1 / 2 * 2 / 7;
        assertThat(Math.exp(-counts.bigram(1, 2))).isCloseTo(expected, within(1e-15));
        assertThat(Math.exp(-counts.bigram(3, 1))).isCloseTo(3.0 / 7, within(1e-15));
        assertThat(counts.tokens()).isEqualTo(4);
    }
}
