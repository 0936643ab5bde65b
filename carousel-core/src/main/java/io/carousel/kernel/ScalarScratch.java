package io.carousel.kernel;

import java.util.Arrays;

/**
 * Rows that are arrays of their own, which a product of the scalar kernels needs while it runs.
 *
 * <p>A processor reads and writes a vector faster when it does not cross a line of the cache, and the compiler starts a loop
 * such that this holds for one of its arrays. So rows are as long as keeps them alike: allocated one after the other, they
 * stand at the same place within a line.
 */
final class ScalarScratch {
    private static final int LINE = 16;
    private static final int HEADER = 4;

    private float[][] result = {};
    private float[][] operand = {};
    private float[] factors = {};

    /** At least so many rows of at least so many floats, for rows of the result. */
    float[][] result(int count, int length) {
        result = atLeast(count, length, result);
        return result;
    }

    /** At least so many rows of at least so many floats, for rows of an operand. */
    float[][] operand(int count, int length) {
        operand = atLeast(count, length, operand);
        return operand;
    }

    /** At least so many floats. */
    float[] factors(int count) {
        if (factors.length < count) {
            factors = new float[count];
        }
        return factors;
    }

    /** The same rows, with new ones where they are missing or too short. */
    static float[][] atLeast(int count, int length, float[][] rows) {
        int kept = rows.length;
        float[][] enough = kept < count ? Arrays.copyOf(rows, count) : rows;
        for (int r = 0; r < count; r++) {
            if (r >= kept || enough[r].length < length) {
                enough[r] = new float[alike(length)];
            }
        }
        return enough;
    }

    /** The least length of this or more with which an array, and the four words before its floats, fills whole lines. */
    private static int alike(int length) {
        return (length + HEADER + LINE - 1) / LINE * LINE - HEADER;
    }
}
