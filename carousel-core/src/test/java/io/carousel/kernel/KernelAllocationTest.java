package io.carousel.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.Allocation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No kernel allocates: a vector that the compiler does not keep in a register is an object on the heap, and slow. */
class KernelAllocationTest {
    private static final int N = 301;

    private final Kernels kernels = Kernels.best();
    private final float[] a = new float[40_000];
    private final float[] b = new float[40_000];
    private final float[] c = new float[40_000];
    private final float[] d = new float[40_000];

    @Test
    void noKernelAllocatesOnceItIsWarm() throws InterruptedException {
        // All are run before any is measured: what one loads must not spoil what another compiled to.
        Map<String, Runnable> work = work();
        for (Runnable kernel : work.values()) {
            kernel.run();
        }
        for (Map.Entry<String, Runnable> kernel : work.entrySet()) {
            assertThat(Allocation.whenWarm(kernel.getValue(), 2_000, 0))
                    .as(kernel.getKey() + " of " + kernels.name())
                    .isZero();
        }
    }

    private Map<String, Runnable> work() {
        Map<String, Runnable> work = new LinkedHashMap<>();
        work.put("exp", () -> kernels.exp(N, a, 1, b, 2));
        work.put("log", () -> kernels.log(N, a, 1, b, 2));
        work.put("tanh", () -> kernels.tanh(N, a, 1, b, 2));
        work.put("sigmoid", () -> kernels.sigmoid(N, a, 1, b, 2));
        work.put("add", () -> kernels.add(N, a, 1, b, 2));
        work.put("axpy", () -> kernels.axpy(N, 2, a, 1, b, 2));
        work.put("scale", () -> kernels.scale(N, 1, a, 1));
        work.put("multiplyElements", () -> kernels.multiplyElements(N, a, 1, b, 2, c, 3));
        work.put("multiplyAddElements", () -> kernels.multiplyAddElements(N, a, 1, b, 2, c, 3));
        work.put("sum", () -> kernels.sum(N, a, 1));
        work.put("dot", () -> kernels.dot(N, a, 1, b, 2));
        work.put("clip", () -> kernels.clip(N, 1, a, 1));
        work.put("addColumnSums", () -> kernels.addColumnSums(5, 150, a, 1, 151, b, 2));
        work.put("broadcastRow", () -> kernels.broadcastRow(5, 50, a, 1, b, 2, 51));
        work.put("momentumUpdate", () -> kernels.momentumUpdate(N, a, b, c, 1, 0.1f, 0.9f, true));
        Slice z = Slice.of(a, 0, 164);
        Slice x = Slice.of(b, 0, 41);
        Slice y = Slice.of(c, 0, 41);
        Slice v = Slice.of(d, 0, 41);
        Slice w = Slice.of(d, 1_000, 41);
        work.put("lstmForward", () -> kernels.lstmForward(5, 41, z, x, y, v, w));
        work.put("lstmBackward", () -> kernels.lstmBackward(5, 41, z, x, y, v, w));
        addRowKernels(work, x, y, v, Slice.of(a, 5, 43));
        Slice a3 = Slice.of(a, 0, 123);
        Slice b3 = Slice.of(b, 0, 123);
        Slice bias = Slice.of(c, 0, 0);
        work.put("gruForward", () -> kernels.gruForward(5, 41, a3, b3, bias, v, w));
        work.put("gruBackward", () -> kernels.gruBackward(5, 41, a3, b3, v, w));
        Slice kept = Slice.of(b, 2_000, 82);
        Slice m = Slice.of(c, 2_000, 41);
        work.put("stabilize", () -> kernels.stabilize(5, 41, z, kept, m, m));
        work.put("exponentialForward", () -> kernels.exponentialForward(5, 41, z, kept, x, y, v, w, m));
        work.put("exponentialBackward", () -> kernels.exponentialBackward(5, 41, z, kept, x, y, v, w, m, w, v));
        for (int columns : new int[] {5, 50, 96, 256}) {
            PackedMatrix matrix = kernels.allocate(30, columns);
            work.put("pack " + columns, () -> kernels.pack(a, 0, columns, false, matrix));
            work.put("pack transposed " + columns, () -> kernels.pack(a, 0, 30, true, matrix));
            for (int rows : new int[] {1, 2, 3, 7, 8, 13}) {
                String shape = " [" + rows + ", 30] by [30, " + columns + "]";
                work.put(
                        "multiply" + shape, () -> kernels.multiply(rows, a, 0, 30, false, matrix, b, 0, columns, true));
                work.put(
                        "multiply transposed" + shape,
                        () -> kernels.multiply(rows, a, 0, rows, true, matrix, b, 0, columns, false));
            }
        }
        return work;
    }

    private void addRowKernels(Map<String, Runnable> work, Slice x, Slice y, Slice v, Slice w) {
        work.put("sigmoid rows", () -> kernels.sigmoid(5, 41, x, w));
        work.put("tanh rows", () -> kernels.tanh(5, 41, x, w));
        work.put("relu", () -> kernels.relu(5, 41, x, w));
        work.put("clip rows", () -> kernels.clip(5, 41, 2, x, w));
        work.put("add rows", () -> kernels.add(5, 41, x, y, w));
        work.put("subtract", () -> kernels.subtract(5, 41, x, y, w));
        work.put("multiply rows", () -> kernels.multiply(5, 41, x, y, w));
        work.put("divide", () -> kernels.divide(5, 41, x, y, w));
        work.put("max", () -> kernels.max(5, 41, x, y, w));
        work.put("multiplyAdd", () -> kernels.multiplyAdd(5, 41, x, y, w));
        work.put("multiplyComplement", () -> kernels.multiplyComplement(5, 41, x, y, w));
        work.put("multiplyDifference", () -> kernels.multiplyDifference(5, 41, x, y, v, w));
        work.put("gatedSum", () -> kernels.gatedSum(5, 41, x, y, v, x, w));
        work.put("mix", () -> kernels.mix(5, 41, x, y, v, w));
        work.put("sigmoidGradient", () -> kernels.sigmoidGradient(5, 41, x, y, v, w));
        work.put("sigmoidGradient without factor", () -> kernels.sigmoidGradient(5, 41, x, y, w));
        work.put("tanhGradient", () -> kernels.tanhGradient(5, 41, x, y, v, w));
        work.put("tanhGradient without factor", () -> kernels.tanhGradient(5, 41, x, y, w));
        work.put("addTanhGradient", () -> kernels.addTanhGradient(5, 41, x, y, v, w));
        work.put("reluGradient", () -> kernels.reluGradient(5, 41, x, y, w));
        work.put("inputGateGradient", () -> kernels.inputGateGradient(5, 41, x, v, w));
        work.put("forgetGateGradient", () -> kernels.forgetGateGradient(5, 41, v, x, w));
        Slice number = Slice.of(d, 3_000, 2);
        work.put("normalize", () -> kernels.normalize(5, 41, 1e-5f, x, w, number));
        work.put("normalizeGradient", () -> kernels.normalizeGradient(5, 41, x, y, number, w));
        work.put("scaleRows", () -> kernels.scaleRows(5, 41, number, x, w));
        work.put("addScaledRows", () -> kernels.addScaledRows(5, 41, number, x, w));
        work.put("rowDots", () -> kernels.rowDots(5, 41, x, y, number));
        work.put("mixGradient", () -> kernels.mixGradient(5, 41, v, x, y, w));
        work.put("addColumnProducts", () -> kernels.addColumnProducts(5, 41, x, y, d, 2_000));
    }
}
