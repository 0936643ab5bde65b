package io.carousel.inspect;

import io.carousel.cell.Block;
import io.carousel.cell.Cell;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.layer.RunObserver;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one cell did in one direction of a recurrent layer, at every time step of a batch.
 *
 * <p>Time steps are those of the sequence, also where the layer reads it backward.
 */
public final class RunTrace {
    private final RunObserver.Run run;
    private final BatchLayout layout;
    private final List<float[]> activations = new ArrayList<>();
    private final List<float[]> states = new ArrayList<>();
    private final List<double[]> gradientNorms = new ArrayList<>();

    RunTrace(RunObserver.Run run, BatchLayout layout) {
        this.run = run;
        this.layout = layout;
        for (Block block : cell().activations()) {
            activations.add(new float[Math.multiplyExact(layout.rows(), block.size())]);
        }
        for (StatePart part : cell().state()) {
            states.add(new float[Math.multiplyExact(layout.rows(), part.size())]);
            gradientNorms.add(new double[layout.rows()]);
        }
    }

    /** Such as {@code encoder_l0} or {@code encoder_l0_reverse}. */
    public String name() {
        return run.name();
    }

    /** The cell that ran. */
    public Cell cell() {
        return run.cell();
    }

    /** Whether the layer read each sequence from its end. */
    public boolean backward() {
        return run.backward();
    }

    /** The sequences, in the caller's order by index. */
    public BatchLayout layout() {
        return layout;
    }

    /**
     * The activations of a gate.
     *
     * @param name of one of {@link Cell#activations}
     * @param index the sequence's place in the caller's order
     * @return {@code [T][units]}
     * @throws IllegalArgumentException when the cell has no such gate
     */
    public float[][] gate(String name, int index) {
        List<String> names = cell().activations().stream().map(Block::name).toList();
        return rows(activations.get(indexOf("gate", names, name)), index);
    }

    /**
     * A part of the state after each time step.
     *
     * @param name of one of {@link Cell#state}
     * @param index the sequence's place in the caller's order
     * @return {@code [T][units]}
     * @throws IllegalArgumentException when the cell has no such part
     */
    public float[][] state(String name, int index) {
        return rows(states.get(statePart(name)), index);
    }

    /**
     * The Euclidean norm of the gradient of a part of the state after each time step; zeros when no gradient was asked for.
     *
     * @param name of one of {@link Cell#state}
     * @param index the sequence's place in the caller's order
     * @return {@code [T]}
     * @throws IllegalArgumentException when the cell has no such part
     */
    public double[] gradientNorms(String name, int index) {
        double[] all = gradientNorms.get(statePart(name));
        double[] norms = new double[length(index)];
        Arrays.setAll(norms, t -> all[row(index, t)]);
        return norms;
    }

    /** All rows of a block, in no order that matters. */
    float[] values(int block) {
        return activations.get(block);
    }

    private int statePart(String name) {
        return indexOf(
                "part of the state",
                cell().state().stream().map(StatePart::name).toList(),
                name);
    }

    private int indexOf(String what, List<String> names, String name) {
        int found = names.indexOf(name);
        if (found < 0) {
            throw new IllegalArgumentException(
                    what + " of " + cell().name() + " must be one of " + names + ", got " + name);
        }
        return found;
    }

    private int length(int index) {
        return layout.length(layout.position(index));
    }

    private int row(int index, int t) {
        return layout.row(index, backward() ? length(index) - 1 - t : t);
    }

    private float[][] rows(float[] values, int index) {
        int width = width(values);
        float[][] rows = new float[length(index)][];
        for (int t = 0; t < rows.length; t++) {
            int from = row(index, t) * width;
            rows[t] = Arrays.copyOfRange(values, from, from + width);
        }
        return rows;
    }

    void keep(Tensor rows, List<Tensor> parts) {
        int at = 0;
        for (float[] block : activations) {
            int width = width(block);
            for (int r = 0; r < layout.rows(); r++) {
                System.arraycopy(rows.data(), rows.offset() + r * rows.columns() + at, block, r * width, width);
            }
            at += width;
        }
        for (int p = 0; p < states.size(); p++) {
            System.arraycopy(parts.get(p).data(), parts.get(p).offset(), states.get(p), 0, states.get(p).length);
        }
    }

    void keepGradient(int t, List<Tensor> gradients) {
        for (int p = 0; p < gradientNorms.size(); p++) {
            Tensor gradient = gradients.get(p);
            for (int r = 0; r < layout.alive(t); r++) {
                double sum = 0;
                for (int j = 0; j < gradient.columns(); j++) {
                    double value = gradient.at(r, j);
                    sum += value * value;
                }
                gradientNorms.get(p)[layout.rowOffset(t) + r] = Math.sqrt(sum);
            }
        }
    }

    private int width(float[] values) {
        return layout.rows() == 0 ? 0 : values.length / layout.rows();
    }
}
