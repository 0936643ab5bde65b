package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
import io.carousel.kernel.ScalarKernels;
import io.carousel.kernel.Slice;
import io.carousel.kernel.WeightStore;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The kernels on vectors of the widest kind, or of the width that the property {@code carousel.kernel} names. */
public final class VectorKernels extends VectorRows implements Kernels {
    private static final Kernels TAIL = new ScalarKernels();

    @Override
    public String name() {
        return "vector-" + Width.FLOATS.vectorBitSize();
    }

    @Override
    public PackedMatrix allocate(int rows, int columns) {
        return new VectorMatrix(rows, columns);
    }

    @Override
    public PackedMatrix allocate(int rows, int columns, WeightStore store) {
        return new PanelMatrix(rows, columns, store);
    }

    @Override
    public void pack(float[] source, int offset, int stride, boolean transposed, PackedMatrix into) {
        if (into instanceof PanelMatrix panels) {
            panels.pack(source, offset, stride, transposed);
        } else {
            VectorProduct.pack(source, offset, stride, transposed, (VectorMatrix) into);
        }
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
        if (b instanceof PanelMatrix panels) {
            PanelProduct.multiply(m, a, aOffset, aStride, panels, c, cOffset, cStride, accumulate);
        } else {
            VectorProduct.multiply(
                    m, a, aOffset, aStride, aTransposed, (VectorMatrix) b, c, cOffset, cStride, accumulate);
        }
    }

    @Override
    public void multiplyTwo(int m, boolean back, Slice a, PackedMatrix b, Slice c, Slice d, PackedMatrix e, Slice f) {
        if (m == 1
                && b instanceof PanelMatrix first
                && e instanceof PanelMatrix second
                && PanelProduct.fit(first, second)) {
            PanelProduct.multiplyTwo(back, a, first, c, d, second, f);
        } else {
            Kernels.super.multiplyTwo(m, back, a, b, c, d, e, f);
        }
    }

    @Override
    public void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
        VectorElementary.exp(n, x, xOffset, y, yOffset);
    }

    @Override
    public void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
        VectorElementary.log(n, x, xOffset, y, yOffset);
    }

    @Override
    public void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        VectorElementary.tanh(n, x, xOffset, y, yOffset);
    }

    @Override
    public void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        VectorElementary.sigmoid(n, x, xOffset, y, yOffset);
    }

    @Override
    public void add(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            fromArray(FLOATS, y, yOffset + i)
                    .add(fromArray(FLOATS, x, xOffset + i))
                    .intoArray(y, yOffset + i);
        }
        TAIL.add(n - i, x, xOffset + i, y, yOffset + i);
    }

    @Override
    public void axpy(int n, float a, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            broadcast(FLOATS, a)
                    .fma(fromArray(FLOATS, x, xOffset + i), fromArray(FLOATS, y, yOffset + i))
                    .intoArray(y, yOffset + i);
        }
        TAIL.axpy(n - i, a, x, xOffset + i, y, yOffset + i);
    }

    @Override
    public void scale(int n, float a, float[] x, int xOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            fromArray(FLOATS, x, xOffset + i).mul(broadcast(FLOATS, a)).intoArray(x, xOffset + i);
        }
        TAIL.scale(n - i, a, x, xOffset + i);
    }

    @Override
    public void multiplyElements(int n, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            fromArray(FLOATS, x, xOffset + i)
                    .mul(fromArray(FLOATS, y, yOffset + i))
                    .intoArray(z, zOffset + i);
        }
        TAIL.multiplyElements(n - i, x, xOffset + i, y, yOffset + i, z, zOffset + i);
    }

    @Override
    public void multiplyAddElements(int n, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            fromArray(FLOATS, x, xOffset + i)
                    .fma(fromArray(FLOATS, y, yOffset + i), fromArray(FLOATS, z, zOffset + i))
                    .intoArray(z, zOffset + i);
        }
        TAIL.multiplyAddElements(n - i, x, xOffset + i, y, yOffset + i, z, zOffset + i);
    }

    @Override
    public float sum(int n, float[] x, int xOffset) {
        return VectorReductions.sum(n, x, xOffset);
    }

    @Override
    public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
        return VectorReductions.dot(n, x, xOffset, y, yOffset);
    }

    @Override
    public void addColumnSums(int rows, int columns, float[] x, int xOffset, int xStride, float[] y, int yOffset) {
        int i = 0;
        for (; i <= rows - 4; i += 4) {
            addFourRows(columns, x, xOffset + i * xStride, xStride, y, yOffset);
        }
        for (; i < rows; i++) {
            add(columns, x, xOffset + i * xStride, y, yOffset);
        }
    }

    /** Four rows one after the other, so that a sum is loaded and stored once for all. */
    private static void addFourRows(int n, float[] x, int x0, int xStride, float[] y, int yOffset) {
        int x1 = x0 + xStride;
        int x2 = x1 + xStride;
        int x3 = x2 + xStride;
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector sum = fromArray(FLOATS, y, yOffset + i).add(fromArray(FLOATS, x, x0 + i));
            sum = fromArray(FLOATS, x, x1 + i).add(sum);
            sum = fromArray(FLOATS, x, x2 + i).add(sum);
            sum = fromArray(FLOATS, x, x3 + i).add(sum);
            sum.intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = y[yOffset + i] + x[x0 + i] + x[x1 + i] + x[x2 + i] + x[x3 + i];
        }
    }

    @Override
    public void broadcastRow(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int yStride) {
        TAIL.broadcastRow(rows, columns, x, xOffset, y, yOffset, yStride);
    }

    @Override
    public void lstmForward(int rows, int hiddenSize, Slice z, Slice cPrevious, Slice c, Slice tanhC, Slice h) {
        if (rows == 1) {
            VectorLstmStep.forward(hiddenSize, z, cPrevious, c, tanhC, h);
        } else {
            VectorGates.forward(rows, hiddenSize, z, cPrevious, c, tanhC, h);
        }
    }

    @Override
    public void lstmBackward(int rows, int hiddenSize, Slice gates, Slice cPrevious, Slice tanhC, Slice dh, Slice dc) {
        VectorGates.backward(rows, hiddenSize, gates, cPrevious, tanhC, dh, dc);
    }

    @Override
    public void gruForward(int rows, int hiddenSize, Slice a, Slice q, Slice d, Slice hPrevious, Slice h) {
        VectorGruGates.forward(rows, hiddenSize, a, q, d, hPrevious, h);
    }

    @Override
    public void gruBackward(int rows, int hiddenSize, Slice gates, Slice q, Slice hPrevious, Slice dh) {
        VectorGruGates.backward(rows, hiddenSize, gates, q, hPrevious, dh);
    }

    @Override
    public void stabilize(int rows, int hiddenSize, Slice i, Slice f, Slice n, Slice m, Slice mNext) {
        for (int row = 0; row < rows; row++) {
            VectorExponentialGates.stabilize(row, hiddenSize, i, f, n, m, mNext);
        }
    }

    @Override
    public void exponentialForward(
            int rows, int hiddenSize, Slice gates, Slice saved, Slice c, Slice n, Slice cNext, Slice nNext, Slice h) {
        for (int row = 0; row < rows; row++) {
            VectorExponentialGates.forward(row, hiddenSize, gates, saved, c, n, cNext, nNext, h);
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
            VectorExponentialGates.backward(row, hiddenSize, gates, saved, c, n, nNext, dh, dc, dn, dm);
        }
    }

    @Override
    public void shiftedExp(int rows, int n, Slice x, float[] m, int mOffset, float[] s, int sOffset) {
        VectorSoftmaxRows.shiftedExp(rows, n, x.array(), x.offset(), x.stride(), m, mOffset, s, sOffset);
    }

    @Override
    public void momentumUpdate(
            int n, float[] w, float[] g, float[] v, int offset, float rate, float momentum, boolean nesterov) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            int at = offset + i;
            FloatVector gradient = fromArray(FLOATS, g, at);
            FloatVector velocity = broadcast(FLOATS, momentum).fma(fromArray(FLOATS, v, at), gradient);
            velocity.intoArray(v, at);
            FloatVector direction = nesterov ? broadcast(FLOATS, momentum).fma(velocity, gradient) : velocity;
            broadcast(FLOATS, -rate).fma(direction, fromArray(FLOATS, w, at)).intoArray(w, at);
        }
        TAIL.momentumUpdate(n - i, w, g, v, offset + i, rate, momentum, nesterov);
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
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            int at = offset + i;
            FloatVector gradient = fromArray(FLOATS, g, at);
            FloatVector first = broadcast(FLOATS, beta1)
                    .fma(fromArray(FLOATS, m, at), broadcast(FLOATS, rest1).mul(gradient));
            FloatVector second = broadcast(FLOATS, beta2)
                    .fma(
                            fromArray(FLOATS, v, at),
                            broadcast(FLOATS, rest2).mul(gradient).mul(gradient));
            first.intoArray(m, at);
            second.intoArray(v, at);
            FloatVector root = second.lanewise(VectorOperators.SQRT).div(broadcast(FLOATS, rootCorrection));
            broadcast(FLOATS, -rate)
                    .fma(first.div(root.add(broadcast(FLOATS, epsilon))), fromArray(FLOATS, w, at))
                    .intoArray(w, at);
        }
        TAIL.adamUpdate(n - i, w, g, m, v, offset + i, rate, beta1, rest1, beta2, rest2, epsilon, rootCorrection);
    }

    @Override
    public void rmsPropUpdate(
            int n, float[] w, float[] g, float[] s, int offset, float rate, float decay, float rest, float epsilon) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            int at = offset + i;
            FloatVector gradient = fromArray(FLOATS, g, at);
            FloatVector square = broadcast(FLOATS, decay)
                    .fma(
                            fromArray(FLOATS, s, at),
                            broadcast(FLOATS, rest).mul(gradient).mul(gradient));
            square.intoArray(s, at);
            FloatVector root = square.lanewise(VectorOperators.SQRT).add(broadcast(FLOATS, epsilon));
            broadcast(FLOATS, -rate)
                    .fma(gradient.div(root), fromArray(FLOATS, w, at))
                    .intoArray(w, at);
        }
        TAIL.rmsPropUpdate(n - i, w, g, s, offset + i, rate, decay, rest, epsilon);
    }

    @Override
    public void adagradUpdate(int n, float[] w, float[] g, float[] s, int offset, float rate, float epsilon) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            int at = offset + i;
            FloatVector gradient = fromArray(FLOATS, g, at);
            FloatVector square = gradient.fma(gradient, fromArray(FLOATS, s, at));
            square.intoArray(s, at);
            FloatVector root = square.lanewise(VectorOperators.SQRT).add(broadcast(FLOATS, epsilon));
            broadcast(FLOATS, -rate)
                    .fma(gradient.div(root), fromArray(FLOATS, w, at))
                    .intoArray(w, at);
        }
        TAIL.adagradUpdate(n - i, w, g, s, offset + i, rate, epsilon);
    }

    @Override
    public void clip(int n, float limit, float[] x, int xOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            fromArray(FLOATS, x, xOffset + i).max(-limit).min(limit).intoArray(x, xOffset + i);
        }
        TAIL.clip(n - i, limit, x, xOffset + i);
    }

    @Override
    public void inputGateGradient(int rows, int n, Slice d, Slice i, Slice g) {
        VectorGateRows.inputGateGradient(rows, n, d, i, g);
    }

    @Override
    public void forgetGateGradient(int rows, int n, Slice d, Slice c, Slice f) {
        VectorGateRows.forgetGateGradient(rows, n, d, c, f);
    }

    @Override
    public void mixGradient(int rows, int n, Slice d, Slice b, Slice g, Slice a) {
        VectorGateRows.mixGradient(rows, n, d, b, g, a);
    }

    @Override
    public void linearMixGradient(int rows, int n, Slice d, Slice b, Slice g, Slice a) {
        VectorGateRows.linearMixGradient(rows, n, d, b, g, a);
    }

    @Override
    public void normalize(int rows, int n, float epsilon, Slice x, Slice gain, Slice bias, Slice y, Slice s, Slice z) {
        VectorRowNumbers.normalize(rows, n, epsilon, x, gain, bias, y, s, z);
    }

    @Override
    public void normalize(int rows, int n, float epsilon, Slice x, Slice gain, Slice y, Slice s, Slice z) {
        VectorRowNumbers.normalize(rows, n, epsilon, x, gain, y, s, z);
    }

    @Override
    public void normalizeGradient(int rows, int n, Slice d, Slice gain, Slice y, Slice s, Slice dx) {
        VectorRowNumbers.normalizeGradient(rows, n, d, gain, y, s, dx);
    }

    @Override
    public void scaleRows(int rows, int n, Slice s, Slice x, Slice y) {
        VectorRowNumbers.scaleRows(rows, n, s, x, y);
    }

    @Override
    public void addScaledRows(int rows, int n, Slice s, Slice x, Slice y) {
        VectorRowNumbers.addScaledRows(rows, n, s, x, y);
    }

    @Override
    public void rowDots(int rows, int n, Slice a, Slice b, Slice y) {
        VectorRowNumbers.rowDots(rows, n, a, b, y);
    }
}
