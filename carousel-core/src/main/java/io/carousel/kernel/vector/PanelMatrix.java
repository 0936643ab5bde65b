package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.LENGTH;

import io.carousel.kernel.ColumnProduct;
import io.carousel.kernel.PackedMatrix;
import io.carousel.kernel.WeightStore;

/**
 * A packed matrix for products of one row: panels of {@value #VECTORS} vectors of columns, each panel all its rows one after the
 * other, so that a product reads few streams of long stretches.
 *
 * <p>The last vector ends at the last column and overlaps the one before. Where vectors are missing, the first panel starts with
 * copies of its first. So every panel is whole, and gives the same numbers wherever two of its vectors meet.
 *
 * <p>Of two numbers in bfloat16 that stand in the same lane of neighbouring vectors, the first is in the low and the second in the
 * high half of an int. With fewer columns than a vector, the columns are stored one after the other, as floats.
 */
final class PanelMatrix implements PackedMatrix {
    /** Vectors of columns in a panel. */
    static final int VECTORS = 4;

    /** Rows that are packed at a time, so that what is written stays in the first cache. */
    private static final int BLOCK = 64;

    private static final int LOW = 0xFFFF;

    private final boolean halved;
    private int rows;
    private int columns;
    private int panels;
    private int missing;
    private float[] values = {};
    private int[] halves = {};

    PanelMatrix(int rows, int columns, WeightStore store) {
        halved = store == WeightStore.BFLOAT16;
        resize(rows, columns);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void resize(int newRows, int newColumns) {
        rows = newRows;
        columns = newColumns;
        int vectors = columns < LENGTH ? 0 : (columns + LENGTH - 1) / LENGTH;
        panels = (vectors + VECTORS - 1) / VECTORS;
        missing = panels * VECTORS - vectors;
        int size = Math.multiplyExact(rows, panels == 0 ? columns : panels * VECTORS * LENGTH);
        if (halves()) {
            halves = halves.length < size / 2 ? new int[size / 2] : halves;
        } else {
            values = values.length < size ? new float[size] : values;
        }
    }

    /** The panels; zero if the columns are too few for a vector. */
    int panels() {
        return panels;
    }

    /** Whether {@link #halvedValues} holds the numbers, and not {@link #values}. */
    boolean halves() {
        return halved && panels > 0;
    }

    float[] values() {
        return values;
    }

    int[] halvedValues() {
        return halves;
    }

    /** The elements of {@link #values} or {@link #halvedValues} in a panel. */
    int panelSize() {
        return rows * VECTORS * LENGTH / (halves() ? 2 : 1);
    }

    /** The first column of a vector; vectors are counted over all panels. */
    int column(int vector) {
        return Math.min(Math.max(0, vector - missing) * LENGTH, columns - LENGTH);
    }

    void pack(float[] source, int offset, int stride, boolean transposed) {
        if (panels == 0) {
            ColumnProduct.pack(source, offset, stride, transposed, rows, columns, values);
            for (int i = 0; halved && i < values.length; i++) {
                values[i] = Float.intBitsToFloat(WeightStore.toBfloat16(values[i]) << 16);
            }
            return;
        }
        int rowStep = transposed ? 1 : stride;
        int columnStep = transposed ? stride : 1;
        for (int v = 0; v < panels * VECTORS; v++) {
            int from = offset + column(v) * columnStep;
            for (int r = 0; r < rows; r += BLOCK) {
                int count = Math.min(BLOCK, rows - r);
                for (int lane = 0; lane < LENGTH; lane++) {
                    packLane(v, lane, r, count, source, from + lane * columnStep + r * rowStep, rowStep);
                }
            }
        }
    }

    private void packLane(int v, int lane, int firstRow, int count, float[] source, int from, int rowStep) {
        int panel = v / VECTORS * panelSize();
        int inPanel = v % VECTORS;
        if (!halves()) {
            int at = panel + (firstRow * VECTORS + inPanel) * LENGTH + lane;
            for (int r = 0; r < count; r++) {
                values[at + r * VECTORS * LENGTH] = source[from + r * rowStep];
            }
            return;
        }
        int at = panel + (firstRow * VECTORS + inPanel / 2 * 2) * LENGTH / 2 + lane;
        boolean high = (inPanel & 1) == 1;
        for (int r = 0; r < count; r++) {
            int bits = WeightStore.toBfloat16(source[from + r * rowStep]);
            int slot = at + r * VECTORS * LENGTH / 2;
            halves[slot] = high ? (halves[slot] & LOW) | (bits << 16) : (halves[slot] & ~LOW) | bits;
        }
    }
}
