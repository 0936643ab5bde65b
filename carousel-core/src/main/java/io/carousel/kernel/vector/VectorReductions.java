package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.Reductions;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Reductions} with its sixteen lanes in one, two or four vectors.
 *
 * <p>There is a method for each width, so that no vector of another width than the chosen one is ever made: once two classes
 * of float vectors are in use, JDK 17 no longer keeps those of any loop in registers. For the same reason the vector that is
 * called is always the one just loaded, whose class the compiler knows, and not the sum that goes round the loop.
 */
final class VectorReductions {
    private VectorReductions() {}

    static float sum(int n, float[] x, int xOffset) {
        return switch (LENGTH) {
            case 16 -> sumInOne(n, x, xOffset);
            case 8 -> sumInTwo(n, x, xOffset);
            default -> sumInFour(n, x, xOffset);
        };
    }

    static float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
        return switch (LENGTH) {
            case 16 -> dotInOne(n, x, xOffset, y, yOffset);
            case 8 -> dotInTwo(n, x, xOffset, y, yOffset);
            default -> dotInFour(n, x, xOffset, y, yOffset);
        };
    }

    private static float sumInOne(int n, float[] x, int xOffset) {
        FloatVector a = broadcast(FLOATS, 0f);
        int i = xOffset;
        for (int end = xOffset + n - Kernels.LANES; i <= end; i += Kernels.LANES) {
            a = fromArray(FLOATS, x, i).add(a);
        }
        return Reductions.finishSum(
                a.lane(0),
                a.lane(1),
                a.lane(2),
                a.lane(3),
                a.lane(4),
                a.lane(5),
                a.lane(6),
                a.lane(7),
                a.lane(8),
                a.lane(9),
                a.lane(10),
                a.lane(11),
                a.lane(12),
                a.lane(13),
                a.lane(14),
                a.lane(15),
                xOffset + n - i,
                x,
                i);
    }

    private static float sumInTwo(int n, float[] x, int xOffset) {
        FloatVector a = broadcast(FLOATS, 0f);
        FloatVector b = broadcast(FLOATS, 0f);
        int i = xOffset;
        for (int end = xOffset + n - Kernels.LANES; i <= end; i += Kernels.LANES) {
            a = fromArray(FLOATS, x, i).add(a);
            b = fromArray(FLOATS, x, i + 8).add(b);
        }
        return Reductions.finishSum(
                a.lane(0),
                a.lane(1),
                a.lane(2),
                a.lane(3),
                a.lane(4),
                a.lane(5),
                a.lane(6),
                a.lane(7),
                b.lane(0),
                b.lane(1),
                b.lane(2),
                b.lane(3),
                b.lane(4),
                b.lane(5),
                b.lane(6),
                b.lane(7),
                xOffset + n - i,
                x,
                i);
    }

    /** Two blocks in a turn, which also makes the method too long to be inlined: see ARCHITECTURE.md. */
    private static float sumInFour(int n, float[] x, int xOffset) {
        FloatVector a = broadcast(FLOATS, 0f);
        FloatVector b = broadcast(FLOATS, 0f);
        FloatVector c = broadcast(FLOATS, 0f);
        FloatVector d = broadcast(FLOATS, 0f);
        int i = xOffset;
        for (int end = xOffset + n - 2 * Kernels.LANES; i <= end; i += 2 * Kernels.LANES) {
            a = fromArray(FLOATS, x, i).add(a);
            b = fromArray(FLOATS, x, i + 4).add(b);
            c = fromArray(FLOATS, x, i + 8).add(c);
            d = fromArray(FLOATS, x, i + 12).add(d);
            a = fromArray(FLOATS, x, i + 16).add(a);
            b = fromArray(FLOATS, x, i + 20).add(b);
            c = fromArray(FLOATS, x, i + 24).add(c);
            d = fromArray(FLOATS, x, i + 28).add(d);
        }
        for (int end = xOffset + n - Kernels.LANES; i <= end; i += Kernels.LANES) {
            a = fromArray(FLOATS, x, i).add(a);
            b = fromArray(FLOATS, x, i + 4).add(b);
            c = fromArray(FLOATS, x, i + 8).add(c);
            d = fromArray(FLOATS, x, i + 12).add(d);
        }
        return Reductions.finishSum(
                a.lane(0),
                a.lane(1),
                a.lane(2),
                a.lane(3),
                b.lane(0),
                b.lane(1),
                b.lane(2),
                b.lane(3),
                c.lane(0),
                c.lane(1),
                c.lane(2),
                c.lane(3),
                d.lane(0),
                d.lane(1),
                d.lane(2),
                d.lane(3),
                xOffset + n - i,
                x,
                i);
    }

    private static float dotInOne(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FloatVector a = broadcast(FLOATS, 0f);
        int i = xOffset;
        int q = yOffset;
        for (int end = xOffset + n - Kernels.LANES; i <= end; i += Kernels.LANES, q += Kernels.LANES) {
            a = fromArray(FLOATS, x, i).fma(fromArray(FLOATS, y, q), a);
        }
        return Reductions.finishDot(
                a.lane(0),
                a.lane(1),
                a.lane(2),
                a.lane(3),
                a.lane(4),
                a.lane(5),
                a.lane(6),
                a.lane(7),
                a.lane(8),
                a.lane(9),
                a.lane(10),
                a.lane(11),
                a.lane(12),
                a.lane(13),
                a.lane(14),
                a.lane(15),
                xOffset + n - i,
                x,
                i,
                y,
                q);
    }

    private static float dotInTwo(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FloatVector a = broadcast(FLOATS, 0f);
        FloatVector b = broadcast(FLOATS, 0f);
        int i = xOffset;
        int q = yOffset;
        for (int end = xOffset + n - Kernels.LANES; i <= end; i += Kernels.LANES, q += Kernels.LANES) {
            a = fromArray(FLOATS, x, i).fma(fromArray(FLOATS, y, q), a);
            b = fromArray(FLOATS, x, i + 8).fma(fromArray(FLOATS, y, q + 8), b);
        }
        return Reductions.finishDot(
                a.lane(0),
                a.lane(1),
                a.lane(2),
                a.lane(3),
                a.lane(4),
                a.lane(5),
                a.lane(6),
                a.lane(7),
                b.lane(0),
                b.lane(1),
                b.lane(2),
                b.lane(3),
                b.lane(4),
                b.lane(5),
                b.lane(6),
                b.lane(7),
                xOffset + n - i,
                x,
                i,
                y,
                q);
    }

    /** Two blocks in a turn, which also makes the method too long to be inlined: see ARCHITECTURE.md. */
    private static float dotInFour(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FloatVector a = broadcast(FLOATS, 0f);
        FloatVector b = broadcast(FLOATS, 0f);
        FloatVector c = broadcast(FLOATS, 0f);
        FloatVector d = broadcast(FLOATS, 0f);
        int i = xOffset;
        int q = yOffset;
        for (int end = xOffset + n - 2 * Kernels.LANES; i <= end; i += 2 * Kernels.LANES, q += 2 * Kernels.LANES) {
            a = fromArray(FLOATS, x, i).fma(fromArray(FLOATS, y, q), a);
            b = fromArray(FLOATS, x, i + 4).fma(fromArray(FLOATS, y, q + 4), b);
            c = fromArray(FLOATS, x, i + 8).fma(fromArray(FLOATS, y, q + 8), c);
            d = fromArray(FLOATS, x, i + 12).fma(fromArray(FLOATS, y, q + 12), d);
            a = fromArray(FLOATS, x, i + 16).fma(fromArray(FLOATS, y, q + 16), a);
            b = fromArray(FLOATS, x, i + 20).fma(fromArray(FLOATS, y, q + 20), b);
            c = fromArray(FLOATS, x, i + 24).fma(fromArray(FLOATS, y, q + 24), c);
            d = fromArray(FLOATS, x, i + 28).fma(fromArray(FLOATS, y, q + 28), d);
        }
        for (int end = xOffset + n - Kernels.LANES; i <= end; i += Kernels.LANES, q += Kernels.LANES) {
            a = fromArray(FLOATS, x, i).fma(fromArray(FLOATS, y, q), a);
            b = fromArray(FLOATS, x, i + 4).fma(fromArray(FLOATS, y, q + 4), b);
            c = fromArray(FLOATS, x, i + 8).fma(fromArray(FLOATS, y, q + 8), c);
            d = fromArray(FLOATS, x, i + 12).fma(fromArray(FLOATS, y, q + 12), d);
        }
        return Reductions.finishDot(
                a.lane(0),
                a.lane(1),
                a.lane(2),
                a.lane(3),
                b.lane(0),
                b.lane(1),
                b.lane(2),
                b.lane(3),
                c.lane(0),
                c.lane(1),
                c.lane(2),
                c.lane(3),
                d.lane(0),
                d.lane(1),
                d.lane(2),
                d.lane(3),
                xOffset + n - i,
                x,
                i,
                y,
                q);
    }
}
