package io.carousel.kernel;

import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * Every kernel once, on data made from a seed: the buffers it leaves are what parity tests compare.
 *
 * <p>Run as a program it does so in a JVM that is cold and then warm.
 */
public final class KernelWorkload {
    private static final int MARGIN = 5;

    private final Kernels kernels;
    private final Random random;
    private final Sink sink;

    /** Takes each result with the name of the operation that made it. */
    public interface Sink {
        void take(String operation, float[] result);
    }

    public KernelWorkload(Kernels kernels, long seed, Sink sink) {
        this.kernels = kernels;
        this.random = new Random(seed);
        this.sink = sink;
    }

    public void product(int m, int k, int n, boolean aTransposed, boolean bTransposed, boolean accumulate) {
        int aStride = (aTransposed ? m : k) + random.nextInt(3);
        int bStride = (bTransposed ? k : n) + random.nextInt(3);
        int cStride = n + random.nextInt(3);
        int aOffset = random.nextInt(MARGIN);
        int bOffset = random.nextInt(MARGIN);
        int cOffset = random.nextInt(MARGIN);
        float[] a = uniform(aOffset + (aTransposed ? k : m) * aStride);
        float[] b = uniform(bOffset + (bTransposed ? n : k) * bStride);
        float[] c = uniform(cOffset + m * cStride);
        PackedMatrix packed = kernels.allocate(k, n);
        kernels.pack(b, bOffset, bStride, bTransposed, packed);
        kernels.multiply(m, a, aOffset, aStride, aTransposed, packed, c, cOffset, cStride, accumulate);
        sink.take("product " + m + "x" + k + "x" + n + (aTransposed ? " A'" : "") + (bTransposed ? " B'" : ""), c);
    }

    /** Products by matrices that are packed for one row, alone and two in turn. */
    public void rowProducts(int m, int k, int n, WeightStore store) {
        String shape = m + "x" + k + "x" + n + " " + store;
        PackedMatrix first = rowMatrix(k, n, true, store);
        PackedMatrix second = rowMatrix(k + 1, n, false, store);
        Slice a = operand(m, k);
        Slice d = operand(m, k + 1);
        Slice c = operand(m, n);
        Slice f = operand(m, n);
        kernels.multiply(m, a.array(), a.offset(), a.stride(), false, first, c.array(), c.offset(), c.stride(), false);
        sink.take("product by rows " + shape, c.array().clone());
        kernels.multiply(m, a.array(), a.offset(), a.stride(), false, first, c.array(), c.offset(), c.stride(), true);
        sink.take("accumulating product by rows " + shape, c.array().clone());
        kernels.multiplyTwo(m, true, a, first, c, d, second, f);
        sink.take("multiplyTwo first " + shape, c.array().clone());
        sink.take("multiplyTwo second " + shape, f.array());
        kernels.multiplyTwo(m, false, a, first, c, d, second, c);
        sink.take("multiplyTwo on one result " + shape, c.array());
    }

    private PackedMatrix rowMatrix(int k, int n, boolean transposed, WeightStore store) {
        PackedMatrix matrix = kernels.allocate(k, n, store);
        int stride = (transposed ? k : n) + random.nextInt(3);
        int offset = random.nextInt(MARGIN);
        kernels.pack(uniform(offset + (transposed ? n : k) * stride), offset, stride, transposed, matrix);
        return matrix;
    }

    public void elementwise(int n) {
        float[] x = uniform(n + MARGIN);
        for (int i = 0; i < x.length; i++) {
            x[i] *= (float) StrictMath.pow(10, random.nextInt(6) - 3);
        }
        int from = random.nextInt(MARGIN);
        int to = random.nextInt(MARGIN);
        float[] y = uniform(n + MARGIN);
        kernels.exp(n, x, from, y, to);
        sink.take("exp " + n, y.clone());
        kernels.log(n, x, from, y, to);
        sink.take("log " + n, y.clone());
        kernels.tanh(n, x, from, y, to);
        sink.take("tanh " + n, y.clone());
        kernels.sigmoid(n, x, from, y, to);
        sink.take("sigmoid " + n, y.clone());
        kernels.add(n, x, from, y, to);
        sink.take("add " + n, y.clone());
        kernels.axpy(n, 0.3f, x, from, y, to);
        sink.take("axpy " + n, y.clone());
        kernels.multiplyAddElements(n, x, from, y.clone(), from, y, to);
        sink.take("multiplyAddElements " + n, y.clone());
        kernels.multiplyElements(n, x, from, y, to, y, to);
        sink.take("multiplyElements " + n, y.clone());
        float[] sums = {kernels.sum(n, x, from), kernels.dot(n, x, from, uniform(n + MARGIN), to)};
        sink.take("sum and dot " + n, sums);
        kernels.scale(n, 1.7f, x, from);
        sink.take("scale " + n, x.clone());
        kernels.clip(n, 0.5f, x, from);
        sink.take("clip " + n, x.clone());
    }

    /** Zeros, infinities, NaN, subnormals and the edges of overflow, in every lane. */
    public void special() {
        float[] some = {
            0f,
            -0f,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MIN_NORMAL,
            Math.nextDown(Float.MIN_NORMAL),
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            88.72283f,
            88.72284f,
            -87.33655f,
            -103.97208f,
            -103.97209f,
            9.01f,
            -1e-20f,
            1f
        };
        float[] x = new float[some.length * 37];
        for (int i = 0; i < x.length; i++) {
            x[i] = some[i % some.length];
        }
        float[] y = new float[x.length];
        kernels.exp(x.length, x, 0, y, 0);
        sink.take("exp of special values", y.clone());
        kernels.log(x.length, x, 0, y, 0);
        sink.take("log of special values", y.clone());
        kernels.tanh(x.length, x, 0, y, 0);
        sink.take("tanh of special values", y.clone());
        kernels.sigmoid(x.length, x, 0, y, 0);
        sink.take("sigmoid of special values", y.clone());
        kernels.clip(x.length, 2f, x, 0);
        sink.take("clip of special values", x.clone());
    }

    public void rows(int rows, int columns) {
        int stride = columns + random.nextInt(3);
        int from = random.nextInt(MARGIN);
        int to = random.nextInt(MARGIN);
        float[] x = uniform(from + rows * stride);
        float[] y = uniform(to + columns);
        kernels.addColumnSums(rows, columns, x, from, stride, y, to);
        sink.take("addColumnSums " + rows + "x" + columns, y);
        kernels.broadcastRow(rows, columns, y, to, x, from, stride);
        sink.take("broadcastRow " + rows + "x" + columns, x);
    }

    public void lstm(int rows, int hiddenSize) {
        int size = rows * hiddenSize;
        int[] at = random.ints(6, 0, MARGIN).toArray();
        Slice z = Slice.of(uniform(4 * size + MARGIN), at[0], 4 * hiddenSize);
        Slice cPrevious = Slice.of(uniform(size + MARGIN), at[1], hiddenSize);
        Slice c = Slice.of(uniform(size + MARGIN), at[2], hiddenSize);
        Slice tanhC = Slice.of(uniform(size + MARGIN), at[3], hiddenSize);
        Slice h = Slice.of(uniform(size + MARGIN), at[4], hiddenSize);
        kernels.lstmForward(rows, hiddenSize, z, cPrevious, c, tanhC, h);
        String shape = rows + "x" + hiddenSize;
        sink.take("lstmForward gates " + shape, z.array().clone());
        sink.take("lstmForward c " + shape, c.array());
        sink.take("lstmForward tanh c " + shape, tanhC.array());
        sink.take("lstmForward h " + shape, h.array());
        Slice dh = Slice.of(uniform(size + MARGIN), at[4], hiddenSize);
        Slice dc = Slice.of(uniform(size + MARGIN), at[5], hiddenSize);
        kernels.lstmBackward(rows, hiddenSize, z, cPrevious, tanhC, dh, dc);
        sink.take("lstmBackward dc " + shape, dc.array());
        sink.take("lstmBackward dz " + shape, z.array());
    }

    /** The row kernels, each operand with a stride and a start of its own. */
    public void rowKernels(int rows, int n) {
        Slice a = operand(rows, n);
        Slice b = operand(rows, n);
        Slice c = operand(rows, n);
        Slice vector = Slice.of(uniform(n + MARGIN), random.nextInt(MARGIN), 0);
        run("sigmoid", rows, n, y -> kernels.sigmoid(rows, n, a, y));
        run("tanh", rows, n, y -> kernels.tanh(rows, n, a, y));
        run("exp", rows, n, y -> kernels.exp(rows, n, a, y));
        run("log", rows, n, y -> kernels.log(rows, n, a, y));
        run("relu", rows, n, y -> kernels.relu(rows, n, a, y));
        run("clip", rows, n, y -> kernels.clip(rows, n, 0.25f, a, y));
        run("copy", rows, n, y -> kernels.copy(rows, n, a, y));
        run("fill", rows, n, y -> kernels.fill(rows, n, 0.75f, y));
        run("add", rows, n, y -> kernels.add(rows, n, a, vector, y));
        run("subtract", rows, n, y -> kernels.subtract(rows, n, a, b, y));
        run("multiply", rows, n, y -> kernels.multiply(rows, n, vector, b, y));
        run("divide", rows, n, y -> kernels.divide(rows, n, a, b, y));
        run("max", rows, n, y -> kernels.max(rows, n, a, b, y));
        run("multiplyAdd", rows, n, y -> kernels.multiplyAdd(rows, n, a, b, y));
        run("multiplyComplement", rows, n, y -> kernels.multiplyComplement(rows, n, a, b, y));
        run("multiplyDifference", rows, n, y -> kernels.multiplyDifference(rows, n, a, b, c, y));
        run("gatedSum", rows, n, y -> kernels.gatedSum(rows, n, a, b, c, vector, y));
        run("mix", rows, n, y -> kernels.mix(rows, n, a, b, c, y));
        run("sigmoidGradient", rows, n, y -> kernels.sigmoidGradient(rows, n, a, b, c, y));
        run("sigmoidGradient without factor", rows, n, y -> kernels.sigmoidGradient(rows, n, a, b, y));
        run("tanhGradient", rows, n, y -> kernels.tanhGradient(rows, n, a, b, c, y));
        run("tanhGradient without factor", rows, n, y -> kernels.tanhGradient(rows, n, a, b, y));
        run("addTanhGradient", rows, n, y -> kernels.addTanhGradient(rows, n, a, b, c, y));
        run("reluGradient", rows, n, y -> kernels.reluGradient(rows, n, a, b, y));
        run("clipGradient", rows, n, y -> kernels.clipGradient(rows, n, 0.25f, a, b, y));
        run("addColumnProducts", 1, n, y -> kernels.addColumnProducts(rows, n, a, b, y.array(), y.offset()));
        Slice wide = operand(rows, 3 * n);
        run(
                "addColumnProducts",
                1,
                3 * n,
                y -> kernels.addColumnProducts(rows, 3 * n, wide, wide, y.array(), y.offset()));
        kernels.multiply(rows, n, a, b, a);
        sink.take("multiply in place " + rows + "x" + n, a.array());
    }

    /** The row kernels that write several of their operands. */
    public void gateGradients(int rows, int n) {
        Slice a = operand(rows, n);
        Slice b = operand(rows, n);
        Slice c = operand(rows, n);
        Slice d = operand(rows, n);
        kernels.inputGateGradient(rows, n, a, b, c);
        take("inputGateGradient", rows, n, b, c);
        kernels.forgetGateGradient(rows, n, a, b, c);
        take("forgetGateGradient", rows, n, a, c);
        kernels.mixGradient(rows, n, a, b, c, d);
        take("mixGradient", rows, n, a, c, d);
        kernels.linearMixGradient(rows, n, a, b, c, d);
        take("linearMixGradient", rows, n, a, c, d);
        Slice gates = operand(rows, 4 * n);
        kernels.lstmForward(rows, n, gates, a, b, c, d);
        take("lstmForward with strides", rows, n, gates, b, c, d);
        kernels.lstmBackward(rows, n, gates, a, c, d, b);
        take("lstmBackward with strides", rows, n, gates, b);
    }

    /** Exponential gates, each operand with a stride and a start of its own. */
    public void exponentialGates(int rows, int n) {
        Slice gates = operand(rows, 4 * n);
        Slice saved = operand(rows, 2 * n);
        Slice m = operand(rows, n);
        Slice c = operand(rows, n);
        Slice normalizer = operand(rows, n);
        for (int row = 0; row < rows; row++) {
            for (int j = row % 3; j < n; j += 3) {
                normalizer.array()[normalizer.row(row) + j] = 0; // nothing stored yet
            }
        }
        Slice cNext = operand(rows, n);
        Slice nNext = operand(rows, n);
        Slice h = operand(rows, n);
        kernels.stabilize(rows, n, gates, saved, normalizer, m, m);
        take("stabilize", rows, n, gates, saved, m);
        kernels.exponentialForward(rows, n, gates, saved, c, normalizer, cNext, nNext, h);
        take("exponentialForward", rows, n, saved, cNext, nNext, h);
        Slice dc = operand(rows, n);
        Slice dn = operand(rows, n);
        kernels.exponentialBackward(rows, n, gates, saved, c, normalizer, nNext, h, dc, dn, m);
        take("exponentialBackward", rows, n, gates, dc, dn, m);
    }

    /** The row kernels that have a number for each row. */
    public void rowNumbers(int rows, int n) {
        Slice a = operand(rows, n);
        Slice b = operand(rows, n);
        Slice y = operand(rows, n);
        Slice s = operand(rows, 1);
        Slice gain = Slice.of(uniform(n + MARGIN), random.nextInt(MARGIN), 0);
        kernels.normalize(rows, n, 1e-5f, a, gain, y, s, b);
        take("normalize without bias", rows, n, y, s, b);
        kernels.normalize(rows, n, 1e-5f, a, gain, b, y, s, b);
        take("normalize", rows, n, y, s, b);
        kernels.normalizeGradient(rows, n, b, gain, y, s, b);
        take("normalizeGradient", rows, n, b);
        kernels.scaleRows(rows, n, s, a, y);
        take("scaleRows", rows, n, y);
        kernels.addScaledRows(rows, n, s, b, y);
        take("addScaledRows", rows, n, y);
        kernels.rowDots(rows, n, a, b, s);
        take("rowDots", rows, n, s);
    }

    /** A softmax down columns. */
    public void softmax(int rows, int n) {
        Slice x = operand(rows, n);
        int at = random.nextInt(MARGIN);
        float[] m = uniform(n + MARGIN);
        float[] s = uniform(n + MARGIN);
        kernels.shiftedExp(rows, n, x, m, at, s, MARGIN - at);
        take("shiftedExp", rows, n, x);
        sink.take("sums of shiftedExp " + rows + "x" + n, s);
    }

    private void take(String operation, int rows, int n, Slice... results) {
        for (Slice result : results) {
            sink.take(operation + " " + rows + "x" + n, result.array().clone());
        }
    }

    private void run(String operation, int rows, int n, Consumer<Slice> kernel) {
        Slice y = operand(rows, n);
        kernel.accept(y);
        sink.take(operation + " " + rows + "x" + n, y.array());
    }

    private Slice operand(int rows, int n) {
        int stride = n + random.nextInt(3);
        return Slice.of(uniform(rows * stride + MARGIN), random.nextInt(MARGIN), stride);
    }

    public void gru(int rows, int hiddenSize) {
        int size = rows * hiddenSize;
        int[] at = random.ints(6, 0, MARGIN).toArray();
        int width = 3 * hiddenSize;
        Slice a = Slice.of(uniform(3 * size + MARGIN), at[0], width);
        Slice q = Slice.of(uniform(3 * size + MARGIN), at[1], width);
        Slice d = Slice.of(uniform(width + MARGIN), at[2], 0);
        Slice hPrevious = Slice.of(uniform(size + MARGIN), at[3], hiddenSize);
        Slice h = Slice.of(uniform(size + MARGIN), at[4], hiddenSize);
        kernels.gruForward(rows, hiddenSize, a, q, d, hPrevious, h);
        String shape = rows + "x" + hiddenSize;
        sink.take("gruForward gates " + shape, a.array().clone());
        sink.take("gruForward q " + shape, q.array().clone());
        sink.take("gruForward h " + shape, h.array());
        Slice dh = Slice.of(uniform(size + MARGIN), at[5], hiddenSize);
        kernels.gruBackward(rows, hiddenSize, a, q, hPrevious, dh);
        sink.take("gruBackward da " + shape, a.array());
        sink.take("gruBackward dq " + shape, q.array());
        sink.take("gruBackward dh " + shape, dh.array());
    }

    public void updates(int n) {
        int at = random.nextInt(MARGIN);
        float[] g = uniform(n + MARGIN);
        float[] w = uniform(n + MARGIN);
        float[] v = uniform(n + MARGIN);
        kernels.momentumUpdate(n, w, g, v, at, 0.1f, 0.9f, random.nextBoolean());
        sink.take("momentum w " + n, w.clone());
        sink.take("momentum v " + n, v.clone());
        float[] m = uniform(n + MARGIN);
        for (int i = 0; i < v.length; i++) {
            v[i] = Math.abs(v[i]);
        }
        kernels.adamUpdate(n, w, g, m, v, at, 0.1f, 0.9f, 0.1f, 0.999f, 0.001f, 1e-8f, 0.0316f);
        sink.take("adam w " + n, w.clone());
        sink.take("adam m " + n, m.clone());
        sink.take("adam v " + n, v.clone());
        kernels.rmsPropUpdate(n, w, g, v, at, 0.01f, 0.99f, 0.01f, 1e-8f);
        sink.take("rmsProp w " + n, w.clone());
        kernels.adagradUpdate(n, w, g, v, at, 0.01f, 1e-10f);
        sink.take("adagrad w " + n, w.clone());
        sink.take("adagrad s " + n, v.clone());
    }

    /** All kernels at sizes around those of lanes, tiles and blocks. */
    public void all() {
        special();
        for (int n : new int[] {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 100, 257}) {
            elementwise(n);
            updates(n);
            rows(1 + random.nextInt(9), n);
        }
        for (int h : new int[] {1, 2, 5, 8, 16, 17, 24, 32, 50}) {
            lstm(1 + random.nextInt(5), h);
            rowKernels(1 + random.nextInt(5), h);
            gateGradients(1 + random.nextInt(5), h);
            rowNumbers(1 + random.nextInt(5), h);
            exponentialGates(1 + random.nextInt(5), h);
            gru(1 + random.nextInt(5), h);
            softmax(1 + random.nextInt(5), h);
        }
        int[] columns = {1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 20, 31, 32, 33, 40, 47, 48, 49, 64, 65, 97, 130, 200};
        for (int n : columns) {
            product(
                    1 + random.nextInt(30),
                    1 + random.nextInt(40),
                    n,
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean());
        }
        for (int m = 1; m <= 26; m++) {
            product(m, 1 + random.nextInt(20), 1 + random.nextInt(80), (m & 1) == 0, (m & 2) == 0, (m & 4) == 0);
        }
        for (int k : new int[] {0, 1, 2, 255, 256, 257, 513}) {
            product(7, k, 37, false, false, true);
            product(9, k, 70, true, true, false);
            product(1, k, 100, false, false, true);
            product(261, k, 20, true, false, true);
        }
        oneRow(columns);
    }

    private void oneRow(int[] columns) {
        for (int h : new int[] {1, 5, 8, 16, 17, 24, 32, 50, 64}) {
            lstm(1, h);
        }
        for (WeightStore store : WeightStore.values()) {
            for (int n : columns) {
                rowProducts(1, 1 + random.nextInt(80), n, store);
                rowProducts(1 + random.nextInt(5), 1 + random.nextInt(40), n, store);
            }
            rowProducts(1, 0, 70, store);
        }
    }

    /** From -3 to 3. */
    private float[] uniform(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextInt() * 0x1.8p-30f;
        }
        return x;
    }

    /** Adds the bits of an array to a checksum. */
    public static void add(CRC32 sum, float[] x) {
        for (float f : x) {
            int bits = Float.floatToIntBits(f);
            for (int shift = 0; shift < 32; shift += 8) {
                sum.update(bits >>> shift);
            }
        }
    }

    /** Prints the kernels' name and, once cold and once warm, the checksum of everything. */
    public static void main(String[] arguments) {
        Kernels kernels = Kernels.best();
        System.out.println("kernels " + kernels.name());
        System.out.println("checksum " + checksum(kernels));
        float[] x = new float[100];
        for (int i = 0; i < 20_000; i++) {
            new KernelWorkload(kernels, i, (operation, result) -> x[0] += result[0]).little();
        }
        System.out.println("checksum " + checksum(kernels));
    }

    /** Every kernel on little data, to warm up. */
    private void little() {
        elementwise(37);
        updates(37);
        rows(3, 80);
        lstm(2, 18);
        rowKernels(2, 18);
        gateGradients(2, 18);
        rowNumbers(2, 18);
        exponentialGates(2, 18);
        gru(2, 18);
        softmax(2, 18);
        product(1 + random.nextInt(12), 9, 20 + random.nextInt(60), random.nextBoolean(), true, random.nextBoolean());
    }

    static String checksum(Kernels kernels) {
        CRC32 sum = new CRC32();
        new KernelWorkload(kernels, 20260101L, (operation, result) -> add(sum, result)).all();
        return Long.toHexString(sum.getValue());
    }
}
