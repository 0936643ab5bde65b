package io.carousel.layer;

import io.carousel.autograd.Parameter;
import io.carousel.cell.StatePart;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import java.util.List;

/** Pooling of what has come so far, one time step at a time. */
final class PoolingStepper implements LayerStepper {
    private final List<StatePart> state;
    private final int width;
    private final int size;
    private final Kernels kernels;
    private final Parameter[] learned;
    private final Tensor[] parts;
    private final PoolingRun run;
    private final float[] compared;
    private final float[] scores;

    /** @param learned weight, bias and query of attention; else nothing */
    PoolingStepper(PoolingSpec spec, List<StatePart> state, int width, Kernels kernels, Parameter[] learned, int rows) {
        this.state = state;
        this.width = width;
        this.size = spec.size();
        this.kernels = kernels;
        this.learned = learned;
        parts = state.stream().map(part -> Tensor.zeros(rows, part.size())).toArray(Tensor[]::new);
        run = PoolingRun.of(spec, width, kernels, parts);
        compared = new float[Math.multiplyExact(rows, size)];
        scores = new float[rows];
    }

    @Override
    public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
        if (learned.length > 0) {
            Parameter bias = learned[1];
            kernels.broadcastRow(rows, size, bias.tensor().data(), bias.offset(), compared, 0, size);
            kernels.multiply(
                    rows, x, xOffset, width, false, learned[0].packedTranspose(kernels), compared, 0, size, true);
            AttentionScores.of(kernels, rows, compared, 0, learned[2], compared, 0, scores, 0);
        }
        run.step(rows, x, xOffset, scores, 0);
        for (int r = 0; r < rows; r++) {
            run.read(r, x, xOffset + r * width, y, yOffset + r * width);
        }
    }

    @Override
    public void load(State from) {
        for (int i = 0; i < parts.length; i++) {
            float[] values = from.values(state.get(i).name());
            System.arraycopy(values, 0, parts[i].data(), 0, values.length);
        }
    }

    @Override
    public void store(State to) {
        for (int i = 0; i < parts.length; i++) {
            float[] values = to.values(state.get(i).name());
            System.arraycopy(parts[i].data(), 0, values, 0, values.length);
        }
    }

    @Override
    public int gather(StateTable table, int column) {
        int at = column;
        for (int i = 0; i < parts.length; i++) {
            at = table.gather(at, state.get(i).size(), parts[i].data());
        }
        return at;
    }

    @Override
    public int scatter(StateTable table, int column) {
        int at = column;
        for (int i = 0; i < parts.length; i++) {
            at = table.scatter(at, state.get(i).size(), parts[i].data());
        }
        return at;
    }
}
