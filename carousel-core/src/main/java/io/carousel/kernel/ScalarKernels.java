package io.carousel.kernel;

import io.carousel.kernel.ElementaryLoops.Function;

/** The truth: every kernel in plain Java. */
public final class ScalarKernels extends ScalarRows implements Kernels {
    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public PackedMatrix allocate(int rows, int columns) {
        return new ScalarMatrix(rows, columns, WeightStore.FLOAT32);
    }

    @Override
    public PackedMatrix allocate(int rows, int columns, WeightStore store) {
        return new ScalarMatrix(rows, columns, store);
    }

    @Override
    public void pack(float[] source, int offset, int stride, boolean transposed, PackedMatrix into) {
        ScalarMatrix matrix = (ScalarMatrix) into;
        if (matrix.isNarrow()) {
            ColumnProduct.pack(source, offset, stride, transposed, matrix.rows(), matrix.columns(), matrix.narrow());
        } else {
            ScalarProduct.pack(source, offset, stride, transposed, matrix);
        }
        matrix.round();
    }

    @Override
    public void multiply(
            int m,
            float[] a,
            int aOffset,
            int aStride,
            boolean aTransposed,
            PackedMatrix b,
            float[] c,
            int cOffset,
            int cStride,
            boolean accumulate) {
        int rowStep = aTransposed ? 1 : aStride;
        int depthStep = aTransposed ? aStride : 1;
        ScalarMatrix matrix = (ScalarMatrix) b;
        if (matrix.isNarrow()) {
            ColumnProduct.multiply(
                    m,
                    matrix.rows(),
                    matrix.columns(),
                    a,
                    aOffset,
                    rowStep,
                    depthStep,
                    matrix.narrow(),
                    c,
                    cOffset,
                    cStride,
                    accumulate);
        } else if (SwappedProduct.suits(m, matrix.columns(), aTransposed)) {
            SwappedProduct.multiply(m, a, aOffset, rowStep, depthStep, matrix, c, cOffset, cStride, accumulate);
        } else {
            ScalarProduct.multiply(m, a, aOffset, rowStep, depthStep, matrix, c, cOffset, cStride, accumulate);
        }
    }

    @Override
    public void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
        apply(Function.EXP, n, x, xOffset, y, yOffset);
    }

    @Override
    public void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Elementary.log(x[xOffset + i]);
        }
    }

    @Override
    public void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        apply(Function.TANH, n, x, xOffset, y, yOffset);
    }

    @Override
    public void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        apply(Function.SIGMOID, n, x, xOffset, y, yOffset);
    }

    private void apply(Function f, int n, float[] x, int xOffset, float[] y, int yOffset) {
        ElementaryLoops lent = borrowLoops();
        lent.apply(f, 1, n, x, xOffset, n, y, yOffset, n);
        giveBack(lent);
    }

    @Override
    public void add(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] += x[xOffset + i];
        }
    }

    @Override
    public void axpy(int n, float a, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Math.fma(a, x[xOffset + i], y[yOffset + i]);
        }
    }

    @Override
    public void scale(int n, float a, float[] x, int xOffset) {
        for (int i = 0; i < n; i++) {
            x[xOffset + i] *= a;
        }
    }

    @Override
    public void multiplyElements(int n, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = x[xOffset + i] * y[yOffset + i];
        }
    }

    @Override
    public void multiplyAddElements(int n, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = Math.fma(x[xOffset + i], y[yOffset + i], z[zOffset + i]);
        }
    }

    @Override
    public float sum(int n, float[] x, int xOffset) {
        return Reductions.sum(n, x, xOffset);
    }

    @Override
    public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
        return Reductions.dot(n, x, xOffset, y, yOffset);
    }

    @Override
    public void addColumnSums(int rows, int columns, float[] x, int xOffset, int xStride, float[] y, int yOffset) {
        for (int i = 0; i < rows; i++) {
            add(columns, x, xOffset + i * xStride, y, yOffset);
        }
    }

    @Override
    public void broadcastRow(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int yStride) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(x, xOffset, y, yOffset + i * yStride, columns);
        }
    }

    @Override
    public void lstmForward(int rows, int hiddenSize, Slice z, Slice cPrevious, Slice c, Slice tanhC, Slice h) {
        ElementaryLoops lent = borrowLoops();
        LstmGates.forward(lent, rows, hiddenSize, z, cPrevious, c, tanhC, h);
        giveBack(lent);
    }

    @Override
    public void lstmBackward(int rows, int hiddenSize, Slice gates, Slice cPrevious, Slice tanhC, Slice dh, Slice dc) {
        for (int row = 0; row < rows; row++) {
            LstmGates.backward(0, row, hiddenSize, gates, cPrevious, tanhC, dh, dc);
        }
    }

    @Override
    public void gruForward(int rows, int hiddenSize, Slice a, Slice q, Slice d, Slice hPrevious, Slice h) {
        ElementaryLoops lent = borrowLoops();
        GruGates.forward(lent, rows, hiddenSize, a, q, d, hPrevious, h);
        giveBack(lent);
    }

    @Override
    public void gruBackward(int rows, int hiddenSize, Slice gates, Slice q, Slice hPrevious, Slice dh) {
        for (int row = 0; row < rows; row++) {
            GruGates.backward(0, row, hiddenSize, gates, q, hPrevious, dh);
        }
    }

    @Override
    public void stabilize(int rows, int hiddenSize, Slice i, Slice f, Slice n, Slice m, Slice mNext) {
        for (int row = 0; row < rows; row++) {
            ExponentialGates.stabilize(0, row, hiddenSize, i, f, n, m, mNext);
        }
    }

    @Override
    public void exponentialForward(
            int rows, int hiddenSize, Slice gates, Slice saved, Slice c, Slice n, Slice cNext, Slice nNext, Slice h) {
        for (int row = 0; row < rows; row++) {
            ExponentialGates.forward(0, row, hiddenSize, gates, saved, c, n, cNext, nNext, h);
        }
    }

    @Override
    public void exponentialBackward(
            int rows,
            int hiddenSize,
            Slice gates,
            Slice saved,
            Slice c,
            Slice n,
            Slice nNext,
            Slice dh,
            Slice dc,
            Slice dn,
            Slice dm) {
        for (int row = 0; row < rows; row++) {
            ExponentialGates.backward(0, row, hiddenSize, gates, saved, c, n, nNext, dh, dc, dn, dm);
        }
    }

    @Override
    public void shiftedExp(int rows, int n, Slice x, float[] m, int mOffset, float[] s, int sOffset) {
        for (int r = 0; r < rows; r++) {
            SoftmaxRows.shiftedExpRow(0, n, x.array(), x.row(r), m, mOffset, s, sOffset);
        }
    }

    @Override
    public void momentumUpdate(
            int n, float[] w, float[] g, float[] v, int offset, float rate, float momentum, boolean nesterov) {
        for (int i = offset; i < offset + n; i++) {
            float velocity = Math.fma(momentum, v[i], g[i]);
            v[i] = velocity;
            w[i] = Math.fma(-rate, nesterov ? Math.fma(momentum, velocity, g[i]) : velocity, w[i]);
        }
    }

    @Override
    public void adamUpdate(
            int n,
            float[] w,
            float[] g,
            float[] m,
            float[] v,
            int offset,
            float rate,
            float beta1,
            float rest1,
            float beta2,
            float rest2,
            float epsilon,
            float rootCorrection) {
        for (int i = offset; i < offset + n; i++) {
            float first = Math.fma(beta1, m[i], rest1 * g[i]);
            float second = Math.fma(beta2, v[i], rest2 * g[i] * g[i]);
            m[i] = first;
            v[i] = second;
            w[i] = Math.fma(-rate, first / ((float) Math.sqrt(second) / rootCorrection + epsilon), w[i]);
        }
    }

    @Override
    public void rmsPropUpdate(
            int n, float[] w, float[] g, float[] s, int offset, float rate, float decay, float rest, float epsilon) {
        for (int i = offset; i < offset + n; i++) {
            float square = Math.fma(decay, s[i], rest * g[i] * g[i]);
            s[i] = square;
            w[i] = Math.fma(-rate, g[i] / ((float) Math.sqrt(square) + epsilon), w[i]);
        }
    }

    @Override
    public void adagradUpdate(int n, float[] w, float[] g, float[] s, int offset, float rate, float epsilon) {
        for (int i = offset; i < offset + n; i++) {
            float square = Math.fma(g[i], g[i], s[i]);
            s[i] = square;
            w[i] = Math.fma(-rate, g[i] / ((float) Math.sqrt(square) + epsilon), w[i]);
        }
    }

    @Override
    public void clip(int n, float limit, float[] x, int xOffset) {
        for (int i = xOffset; i < xOffset + n; i++) {
            x[i] = Math.min(Math.max(x[i], -limit), limit);
        }
    }

    @Override
    public void inputGateGradient(int rows, int n, Slice d, Slice i, Slice g) {
        GateRows.inputGateGradient(rows, n, d, i, g);
    }

    @Override
    public void forgetGateGradient(int rows, int n, Slice d, Slice c, Slice f) {
        GateRows.forgetGateGradient(rows, n, d, c, f);
    }

    @Override
    public void mixGradient(int rows, int n, Slice d, Slice b, Slice g, Slice a) {
        GateRows.mixGradient(rows, n, d, b, g, a);
    }

    @Override
    public void linearMixGradient(int rows, int n, Slice d, Slice b, Slice g, Slice a) {
        GateRows.linearMixGradient(rows, n, d, b, g, a);
    }

    @Override
    public void normalize(int rows, int n, float epsilon, Slice x, Slice gain, Slice bias, Slice y, Slice s, Slice z) {
        RowNumbers.normalize(rows, n, epsilon, x, gain, bias, y, s, z);
    }

    @Override
    public void normalize(int rows, int n, float epsilon, Slice x, Slice gain, Slice y, Slice s, Slice z) {
        RowNumbers.normalize(rows, n, epsilon, x, gain, y, s, z);
    }

    @Override
    public void normalizeGradient(int rows, int n, Slice d, Slice gain, Slice y, Slice s, Slice dx) {
        RowNumbers.normalizeGradient(rows, n, d, gain, y, s, dx);
    }

    @Override
    public void scaleRows(int rows, int n, Slice s, Slice x, Slice y) {
        RowNumbers.scaleRows(rows, n, s, x, y);
    }

    @Override
    public void addScaledRows(int rows, int n, Slice s, Slice x, Slice y) {
        RowNumbers.addScaledRows(rows, n, s, x, y);
    }

    @Override
    public void rowDots(int rows, int n, Slice a, Slice b, Slice y) {
        RowNumbers.rowDots(rows, n, a, b, y);
    }
}
