package io.carousel.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightStoreTest {
    /** Half the distance between two neighbours of 1 in bfloat16, whose fraction has seven bits. */
    private static final double UNIT = 0x1p-8;

    private static float stored(float x) {
        return Float.intBitsToFloat(WeightStore.toBfloat16(x) << 16);
    }

    @Test
    void aNumberIsRoundedToTheNearestAndATieToTheEvenOne() {
        assertThat(stored(1f)).isEqualTo(1f);
        assertThat(stored(0x1.01p0f)).isEqualTo(1f);
        assertThat(stored(0x1.010002p0f)).isEqualTo(0x1.02p0f);
        assertThat(stored(0x1.03p0f)).isEqualTo(0x1.04p0f);
        assertThat(stored(-0x1.03p0f)).isEqualTo(-0x1.04p0f);
        assertThat(stored(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void everyBfloat16IsKept() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float x = Float.intBitsToFloat(bits << 16);
            if (!Float.isNaN(x)) {
                assertThat(stored(x)).isEqualTo(x);
            }
        }
    }

    @Test
    void whatIsNotANumberStaysSoWhateverItsPayload() {
        for (int bits : new int[] {0x7F800001, 0x7FFFFFFF, 0xFF800001, 0xFFFFFFFF, 0x7FC00000}) {
            assertThat(stored(Float.intBitsToFloat(bits))).isNaN();
        }
        assertThat(stored(Float.NEGATIVE_INFINITY)).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void noNormalNumberIsOffByMoreThanTwoToTheMinusEight() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000_000; i++) {
            float x = Math.scalb(1 + random.nextFloat(), random.nextInt(252) - 126);
            assertThat(Math.abs((double) stored(x) - x)).isLessThanOrEqualTo(UNIT * x);
        }
    }
}
