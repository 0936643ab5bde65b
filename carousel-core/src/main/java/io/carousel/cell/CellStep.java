package io.carousel.cell;

import io.carousel.autograd.Parameter;
import io.carousel.kernel.Kernels;
import java.util.List;

/**
 * The arrays of one time step, as a layer hands them to its cell; reused from step to step.
 *
 * <p>All arrays are row-major with {@link #rows} rows. {@code p} is the index of a part in {@link Cell#state}.
 *
 * <table>
 * <caption>What is read and written</caption>
 * <tr><th>array</th><th>shape</th><th>step</th><th>stepBackward</th></tr>
 * <tr><td>activations</td><td>[rows, activations]</td><td>pre-activations in, gates out</td><td>gates in, gradient of the
 * pre-activations out</td></tr>
 * <tr><td>previous(p)</td><td>[rows, size of p]</td><td>in</td><td>in</td></tr>
 * <tr><td>next(p)</td><td>[rows, size of p]</td><td>out</td><td>in</td></tr>
 * <tr><td>saved</td><td>[rows, saved]</td><td>out</td><td>in</td></tr>
 * <tr><td>gradient(p)</td><td>[rows, size of p]</td><td></td><td>gradient of next(p) in, of previous(p) out</td></tr>
 * </table>
 */
public final class CellStep {
    private final Kernels kernels;
    private final List<Parameter> weights;
    private final float[][] previous;
    private final float[][] next;
    private final float[][] gradients;
    private final int[] previousOffsets;
    private final int[] nextOffsets;
    private final int[] gradientOffsets;
    private float[] activations = new float[0];
    private float[] saved = new float[0];
    private int activationsOffset;
    private int savedOffset;
    private int rows;

    /** A step of a cell with these weights, whose arrays are then placed. */
    public CellStep(Kernels kernels, List<Parameter> weights, int stateParts) {
        this.kernels = kernels;
        this.weights = weights;
        previous = new float[stateParts][0];
        next = new float[stateParts][0];
        gradients = new float[stateParts][0];
        previousOffsets = new int[stateParts];
        nextOffsets = new int[stateParts];
        gradientOffsets = new int[stateParts];
    }

    public Kernels kernels() {
        return kernels;
    }

    /** The weight with that index in {@link Cell#weights}. */
    public Parameter weight(int index) {
        return weights.get(index);
    }

    /** The number of sequences that are alive. */
    public int rows() {
        return rows;
    }

    public float[] activations() {
        return activations;
    }

    public int activationsOffset() {
        return activationsOffset;
    }

    public float[] saved() {
        return saved;
    }

    public int savedOffset() {
        return savedOffset;
    }

    public float[] previous(int part) {
        return previous[part];
    }

    public int previousOffset(int part) {
        return previousOffsets[part];
    }

    public float[] next(int part) {
        return next[part];
    }

    public int nextOffset(int part) {
        return nextOffsets[part];
    }

    public float[] gradient(int part) {
        return gradients[part];
    }

    public int gradientOffset(int part) {
        return gradientOffsets[part];
    }

    public void placeRows(int count) {
        rows = count;
    }

    public void placeActivations(float[] array, int offset) {
        activations = array;
        activationsOffset = offset;
    }

    public void placeSaved(float[] array, int offset) {
        saved = array;
        savedOffset = offset;
    }

    public void placePrevious(int part, float[] array, int offset) {
        previous[part] = array;
        previousOffsets[part] = offset;
    }

    public void placeNext(int part, float[] array, int offset) {
        next[part] = array;
        nextOffsets[part] = offset;
    }

    public void placeGradient(int part, float[] array, int offset) {
        gradients[part] = array;
        gradientOffsets[part] = offset;
    }
}
