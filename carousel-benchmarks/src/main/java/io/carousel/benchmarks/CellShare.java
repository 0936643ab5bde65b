package io.carousel.benchmarks;

import io.carousel.cell.Cells;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;

/**
 * Prints for every cell what a time step costs, forward and backward on one thread, beside an LSTM's of the same size: how fast
 * its products are, and how much of the time passes outside them.
 *
 * <p>The cell and the LSTM take turns, and the time is the processor's, because other work may run beside; figures are those of
 * the best run. The share outside products comes from runs whose products are timed one by one, and includes what that costs.
 *
 * <p>Run with {@code --add-modules jdk.incubator.vector}; arguments name the cells, none for all. The property {@code
 * carousel.kernel} forces other kernels.
 */
public final class CellShare {
    private static final List<LstmShape> LAYERS =
            List.of(new LstmShape(64, 32, 64, 64), new LstmShape(64, 32, 256, 256));
    private static final double WARM_UP = 1.5;
    private static final double TURNS = 3;
    private static final double PRODUCTS = 2;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private long productNanos;
    private double operations;
    private double bestNanos = Double.MAX_VALUE;
    private double bestProductNanos;

    private CellShare() {}

    /** Runs the cells that are named. */
    public static void main(String[] arguments) {
        List<String> cells = arguments.length == 0 ? Cells.names() : List.of(arguments);
        System.out.printf(
                Locale.ROOT,
                "JDK %s, kernels %s%n",
                Runtime.version(),
                Kernels.best().name());
        for (LstmShape shape : LAYERS) {
            System.out.println(shape);
            Runnable lstm = shape.prepare("lstm", Kernels.best());
            for (String cell : cells) {
                new CellShare().print(cell, shape, lstm);
            }
        }
    }

    private void print(String name, LstmShape shape, Runnable lstm) {
        Runnable cell = shape.prepare(name, Kernels.best());
        repeat(WARM_UP, lstm);
        repeat(WARM_UP, cell);
        double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
        repeat(TURNS, () -> {
            best[0] = Math.min(best[0], seconds(lstm));
            best[1] = Math.min(best[1], seconds(cell));
        });
        Runnable timed = shape.prepare(name, timingProducts(Kernels.best()));
        repeat(WARM_UP, timed);
        repeat(PRODUCTS, () -> measureProducts(timed));
        System.out.printf(
                Locale.ROOT,
                "%-22s %8.2f µs/step  %5.2f of lstm  products %6.1f GFLOP/s  outside products %4.1f %%%n",
                name,
                best[1] / shape.timeSteps() * 1e6,
                best[1] / best[0],
                operations / bestProductNanos,
                100 * (1 - bestProductNanos / bestNanos));
    }

    private static void repeat(double seconds, Runnable work) {
        long end = System.nanoTime() + Math.round(seconds * 1e9);
        do {
            work.run();
        } while (System.nanoTime() < end);
    }

    private double seconds(Runnable work) {
        long start = threads.getCurrentThreadCpuTime();
        work.run();
        return (threads.getCurrentThreadCpuTime() - start) * 1e-9;
    }

    /** Keeps the time of the shortest run, in all and in its products. */
    private void measureProducts(Runnable work) {
        operations = 0;
        productNanos = 0;
        long start = System.nanoTime();
        work.run();
        double nanos = System.nanoTime() - start;
        if (nanos < bestNanos) {
            bestNanos = nanos;
            bestProductNanos = productNanos;
        }
    }

    /** The same kernels, which count the operations and the time of products and of packing their operands. */
    private Kernels timingProducts(Kernels kernels) {
        return (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
                    if (!isProduct(method)) {
                        return call(kernels, method, arguments);
                    }
                    if (method.getName().equals("multiply")) {
                        PackedMatrix matrix = (PackedMatrix) arguments[5];
                        operations += 2.0 * (int) arguments[0] * matrix.rows() * matrix.columns();
                    }
                    long start = System.nanoTime();
                    Object result = call(kernels, method, arguments);
                    productNanos += System.nanoTime() - start;
                    return result;
                });
    }

    private static boolean isProduct(Method method) {
        return method.getName().equals("pack")
                || (method.getName().equals("multiply") && method.getParameterCount() == 10);
    }

    private static Object call(Kernels kernels, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(kernels, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
