package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.LENGTH;

import io.carousel.kernel.ColumnProduct;
import io.carousel.kernel.Slice;
import java.util.Arrays;

/** Products of a row by a {@link PanelMatrix}, two panels at a time: eight chains, enough to hide the latency of {@code fma}. */
final class PanelProduct {
    private PanelProduct() {}

    static void multiply(
            int m,
            float[] a,
            int aOffset,
            int aStride,
            PanelMatrix b,
            float[] c,
            int cOffset,
            int cStride,
            boolean accumulate) {
        if (b.panels() == 0 || b.rows() == 0) {
            ColumnProduct.multiply(
                    m, b.rows(), b.columns(), a, aOffset, aStride, 1, b.values(), c, cOffset, cStride, accumulate);
            return;
        }
        if (!accumulate) {
            for (int i = 0; i < m; i++) {
                Arrays.fill(c, cOffset + i * cStride, cOffset + i * cStride + b.columns(), 0f);
            }
        }
        int groups = groups(b);
        for (int group = 0; group < groups; group++) {
            for (int i = 0; i < m; i++) {
                group(group, a, aOffset + i * aStride, b, c, cOffset + i * cStride);
            }
        }
    }

    /** Whether {@link #multiplyTwo} can take them. */
    static boolean fit(PanelMatrix b, PanelMatrix e) {
        return b.columns() == e.columns() && b.panels() > 0;
    }

    /** Each group of panels of both matrices in turn. */
    static void multiplyTwo(boolean back, Slice a, PanelMatrix b, Slice c, Slice d, PanelMatrix e, Slice f) {
        int groups = groups(b);
        for (int i = 0; i < groups; i++) {
            int group = back ? groups - 1 - i : i;
            group(group, a.array(), a.offset(), b, c.array(), c.offset());
            group(group, d.array(), d.offset(), e, f.array(), f.offset());
        }
    }

    /** Pairs of panels; of an odd number, the first is a group of its own. */
    private static int groups(PanelMatrix b) {
        return (b.panels() + 1) / 2;
    }

    private static void group(int group, float[] a, int aOffset, PanelMatrix b, float[] c, int cOffset) {
        int odd = b.panels() & 1;
        int panel = Math.max(0, 2 * group - odd);
        int first = panel * PanelMatrix.VECTORS;
        int at = panel * b.panelSize();
        int c0 = cOffset + b.column(first);
        int c1 = cOffset + b.column(first + 1);
        int c2 = cOffset + b.column(first + 2);
        int c3 = cOffset + b.column(first + 3);
        if (group < odd) {
            if (b.halves()) {
                HalvedTiles.four(b.rows(), a, aOffset, b.halvedValues(), at, c, c0, c1, c2, c3);
            } else {
                PanelTiles.four(b.rows(), a, aOffset, b.values(), at, c, c0, c1, c2, c3);
            }
            return;
        }
        int c4 = c3 + LENGTH;
        int last = cOffset + b.column(first + 7);
        int second = at + b.panelSize();
        if (b.halves()) {
            HalvedTiles.eight(b.rows(), a, aOffset, b.halvedValues(), at, second, c, c0, c1, c2, c3, c4, last);
        } else {
            PanelTiles.eight(b.rows(), a, aOffset, b.values(), at, second, c, c0, c1, c2, c3, c4, last);
        }
    }
}
