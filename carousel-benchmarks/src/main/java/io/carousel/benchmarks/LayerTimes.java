package io.carousel.benchmarks;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints where the time of a recurrent layer goes, forward and backward on one thread: every kernel with the shapes of its
 * products, and what passes outside kernels. The figures are those of the shortest of many runs.
 *
 * <p>Run with {@code --add-modules jdk.incubator.vector}; arguments are a cell and shapes, such as {@code lstm
 * 64,32,256,256} for T, B, F, H.
 */
public final class LayerTimes {
    private static final double WARM_UP = 1.5;
    private static final double RUNS = 1;

    /** What one kernel took in a run. */
    private static final class Entry {
        private long nanos;
        private double operations;
        private int calls;
    }

    private final int rows;
    private Map<String, Entry> entries = new TreeMap<>();
    private Map<String, Entry> best = entries;
    private double bestNanos = Double.MAX_VALUE;

    private LayerTimes(int rows) {
        this.rows = rows;
    }

    /** Prints the table of each shape. */
    public static void main(String[] arguments) {
        for (int i = 1; i < arguments.length; i++) {
            String[] size = arguments[i].split(",", -1);
            LstmShape shape = new LstmShape(
                    Integer.parseInt(size[0]),
                    Integer.parseInt(size[1]),
                    Integer.parseInt(size[2]),
                    Integer.parseInt(size[3]));
            LayerTimes times = new LayerTimes(shape.timeSteps() * shape.batch());
            times.run(shape.prepare(arguments[0], times.timed(Kernels.best())));
            times.print(arguments[0] + " " + shape);
        }
    }

    private void run(Runnable layer) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < (WARM_UP + RUNS) * 1e9) {
            entries = new TreeMap<>();
            long from = System.nanoTime();
            layer.run();
            double nanos = System.nanoTime() - from;
            if (nanos < bestNanos) {
                bestNanos = nanos;
                best = entries;
            }
        }
    }

    private void print(String layer) {
        System.out.printf(Locale.ROOT, "%s %.0f µs%n", layer, bestNanos * 1e-3);
        double rest = bestNanos;
        for (Map.Entry<String, Entry> one : best.entrySet()) {
            Entry entry = one.getValue();
            rest -= entry.nanos;
            System.out.printf(
                    Locale.ROOT,
                    "  %-36s %9.1f µs %5.1f %% in %4d calls",
                    one.getKey(),
                    entry.nanos * 1e-3,
                    100 * entry.nanos / bestNanos,
                    entry.calls);
            if (entry.operations > 0) {
                System.out.printf(Locale.ROOT, " %6.1f GFLOP/s", entry.operations / entry.nanos);
            }
            System.out.println();
        }
        System.out.printf(
                Locale.ROOT, "  %-36s %9.1f µs %5.1f %%%n", "outside kernels", rest * 1e-3, 100 * rest / bestNanos);
    }

    private Kernels timed(Kernels kernels) {
        return (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
                    Entry entry = entries.computeIfAbsent(name(method, arguments), name -> new Entry());
                    long start = System.nanoTime();
                    try {
                        return method.invoke(kernels, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        entry.nanos += System.nanoTime() - start;
                        entry.calls++;
                        entry.operations += operations(method, arguments);
                    }
                });
    }

    private String name(Method method, Object[] arguments) {
        if (isProduct(method)) {
            PackedMatrix b = (PackedMatrix) arguments[5];
            String use =
                    (boolean) arguments[4] ? "weight gradient" : (int) arguments[0] == rows ? "all rows" : "some rows";
            return "product " + use + " " + arguments[0] + "x" + b.rows() + "x" + b.columns();
        }
        if (method.getName().equals("pack")) {
            PackedMatrix b = (PackedMatrix) arguments[4];
            return "pack " + b.rows() + "x" + b.columns() + ((boolean) arguments[3] ? " transposed" : "");
        }
        return method.getName();
    }

    private static double operations(Method method, Object[] arguments) {
        if (!isProduct(method)) {
            return 0;
        }
        PackedMatrix b = (PackedMatrix) arguments[5];
        return 2.0 * (int) arguments[0] * b.rows() * b.columns();
    }

    private static boolean isProduct(Method method) {
        return method.getName().equals("multiply") && method.getParameterCount() == 10;
    }
}
