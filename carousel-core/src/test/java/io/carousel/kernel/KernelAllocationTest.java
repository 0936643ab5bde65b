package io.carousel.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.Allocation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
        Map<String, Runnable> work = work(kernels);
        for (Runnable kernel : work.values()) {
            kernel.run();
        }
        for (Map.Entry<String, Runnable> kernel : work.entrySet()) {
            assertThat(Allocation.whenWarm(kernel.getValue(), 2_000, 0))
                    .as(kernel.getKey() + " of " + kernels.name())
                    .isZero();
        }
    }

    @Test
    void everyKernelIsAmongThem() {
        Set<String> called = new HashSet<>();
        Kernels recorder = (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
                    called.add(signature(method));
                    return method.invoke(kernels, arguments);
                });
        work(recorder).values().forEach(Runnable::run);

        assertThat(Stream.of(Kernels.class.getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .map(KernelAllocationTest::signature))
                .filteredOn(signature -> !signature.startsWith("name ") && !signature.startsWith("allocate "))
                .isNotEmpty()
                .allMatch(called::contains);
    }

    private static String signature(Method method) {
        return method.getName() + " " + List.of(method.getParameterTypes());
    }

    private Map<String, Runnable> work(Kernels kernels) {
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
        addUpdates(kernels, work);
        Slice z = Slice.of(a, 0, 164);
        Slice x = Slice.of(b, 0, 41);
        Slice y = Slice.of(c, 0, 41);
        Slice v = Slice.of(d, 0, 41);
        Slice w = Slice.of(d, 1_000, 41);
        work.put("lstmForward", () -> kernels.lstmForward(5, 41, z, x, y, v, w));
        work.put("lstmForward of one row", () -> kernels.lstmForward(1, 41, z, x, y, v, w));
        work.put("lstmBackward", () -> kernels.lstmBackward(5, 41, z, x, y, v, w));
        addRowKernels(kernels, work, x, y, v, Slice.of(a, 5, 43));
        Slice a3 = Slice.of(a, 0, 123);
        Slice b3 = Slice.of(b, 0, 123);
        Slice bias = Slice.of(c, 0, 0);
        work.put("gruForward", () -> kernels.gruForward(5, 41, a3, b3, bias, v, w));
        work.put("gruBackward", () -> kernels.gruBackward(5, 41, a3, b3, v, w));
        work.put("shiftedExp", () -> kernels.shiftedExp(5, 41, x, c, 3, d, 5));
        Slice kept = Slice.of(b, 2_000, 82);
        Slice m = Slice.of(c, 2_000, 41);
        work.put("stabilize", () -> kernels.stabilize(5, 41, z, kept, x, m, m));
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
        PackedMatrix deep = kernels.allocate(150, 96);
        work.put("multiply [12, 150] by [150, 96]", () -> kernels.multiply(12, a, 0, 150, false, deep, b, 0, 96, true));
        addRowProducts(kernels, work);
        return work;
    }

    private void addRowProducts(Kernels kernels, Map<String, Runnable> work) {
        for (WeightStore store : WeightStore.values()) {
            for (int columns : new int[] {5, 50, 96, 130, 256}) {
                String shape = " [30, " + columns + "] " + store;
                PackedMatrix matrix = kernels.allocate(30, columns, store);
                PackedMatrix other = kernels.allocate(20, columns, store);
                work.put("pack for rows" + shape, () -> kernels.pack(a, 0, 30, true, matrix));
                work.put(
                        "multiply by rows" + shape,
                        () -> kernels.multiply(1, a, 0, 30, false, matrix, b, 0, columns, true));
                Slice x = Slice.of(a, 0, 30);
                Slice y = Slice.of(b, 0, columns);
                Slice z = Slice.of(c, 0, 20);
                work.put("multiplyTwo" + shape, () -> kernels.multiplyTwo(1, true, x, matrix, y, z, other, y));
            }
        }
    }

    private void addUpdates(Kernels kernels, Map<String, Runnable> work) {
        work.put("momentumUpdate", () -> kernels.momentumUpdate(N, a, b, c, 1, 0.1f, 0.9f, true));
        work.put("momentumUpdate, not Nesterov's", () -> kernels.momentumUpdate(N, a, b, c, 1, 0.1f, 0.9f, false));
        work.put("adamUpdate", () -> kernels.adamUpdate(N, a, b, c, d, 1, 0.1f, 0.9f, 0.1f, 0.99f, 0.01f, 1e-8f, 0.5f));
        work.put("rmsPropUpdate", () -> kernels.rmsPropUpdate(N, a, b, c, 1, 0.1f, 0.9f, 0.1f, 1e-8f));
        work.put("adagradUpdate", () -> kernels.adagradUpdate(N, a, b, c, 1, 0.1f, 1e-8f));
    }

    private void addRowKernels(Kernels kernels, Map<String, Runnable> work, Slice x, Slice y, Slice v, Slice w) {
        work.put("sigmoid rows", () -> kernels.sigmoid(5, 41, x, w));
        work.put("tanh rows", () -> kernels.tanh(5, 41, x, w));
        work.put("exp rows", () -> kernels.exp(5, 41, x, w));
        work.put("log rows", () -> kernels.log(5, 41, x, w));
        work.put("copy", () -> kernels.copy(5, 41, x, w));
        work.put("fill", () -> kernels.fill(5, 41, 0.5f, w));
        work.put("clipGradient", () -> kernels.clipGradient(5, 41, 2, x, y, w));
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
        work.put("normalize", () -> kernels.normalize(5, 41, 1e-5f, x, y, v, x, number, w));
        work.put("normalize without bias", () -> kernels.normalize(5, 41, 1e-5f, x, y, x, number, w));
        work.put("normalizeGradient", () -> kernels.normalizeGradient(5, 41, x, v, y, number, w));
        work.put("scaleRows", () -> kernels.scaleRows(5, 41, number, x, w));
        work.put("addScaledRows", () -> kernels.addScaledRows(5, 41, number, x, w));
        work.put("rowDots", () -> kernels.rowDots(5, 41, x, y, number));
        work.put("mixGradient", () -> kernels.mixGradient(5, 41, v, x, y, w));
        work.put("linearMixGradient", () -> kernels.linearMixGradient(5, 41, v, x, y, w));
        work.put("addColumnProducts", () -> kernels.addColumnProducts(5, 41, x, y, d, 2_000));
        Slice wide = Slice.of(a, 7, 150);
        work.put("addColumnProducts wide", () -> kernels.addColumnProducts(5, 150, wide, wide, d, 2_000));
    }
}
