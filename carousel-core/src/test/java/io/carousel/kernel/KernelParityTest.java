package io.carousel.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels that this JVM chose give the bits of the scalar ones. */
class KernelParityTest {
    @Test
    void everyKernelGivesTheBitsOfTheScalarOneAroundLanesAndTiles() {
        compare(1, KernelWorkload::all);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void productsOfRandomShapesGiveTheScalarBits(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            int m = 1 + random.nextInt(70);
            int k = 1 + random.nextInt(300);
            int n = 1 + random.nextInt(150);
            boolean aTransposed = random.nextBoolean();
            boolean bTransposed = random.nextBoolean();
            boolean accumulate = random.nextBoolean();
            compare(seed * 100 + i, w -> w.product(m, k, n, aTransposed, bTransposed, accumulate));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void gatesOfRandomShapesGiveTheScalarBits(long seed) {
        Random random = new Random(seed);
        int rows = 1 + random.nextInt(9);
        int hiddenSize = 1 + random.nextInt(90);
        compare(seed, w -> w.lstm(rows, hiddenSize));
        compare(seed, w -> w.rowKernels(rows, hiddenSize));
        compare(seed, w -> w.gateGradients(rows, hiddenSize));
        compare(seed, w -> w.rowNumbers(rows, hiddenSize));
        compare(seed, w -> w.exponentialGates(rows, hiddenSize));
        compare(seed, w -> w.gru(rows, hiddenSize));
        compare(seed, w -> w.softmax(rows, hiddenSize));
    }

    private static void compare(long seed, Consumer<KernelWorkload> work) {
        List<String> names = new ArrayList<>();
        List<float[]> expected = new ArrayList<>();
        work.accept(new KernelWorkload(new ScalarKernels(), seed, (operation, result) -> {
            names.add(operation);
            expected.add(result);
        }));
        int[] at = {0};
        work.accept(new KernelWorkload(Kernels.best(), seed, (operation, result) -> {
            assertThat(operation).isEqualTo(names.get(at[0]));
            assertThat(bits(result)).as("%s, seed %d", operation, seed).isEqualTo(bits(expected.get(at[0]++)));
        }));
        assertThat(at[0]).isEqualTo(expected.size());
    }

    private static int[] bits(float[] x) {
        int[] bits = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            bits[i] = Float.floatToIntBits(x[i]);
        }
        return bits;
    }
}
