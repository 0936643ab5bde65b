package io.carousel.benchmarks;

import io.carousel.kernel.Kernels;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * Prints how much of the machine's multiply-add peak the kernels reach on one thread: products, then LSTM layers.
 *
 * <p>Run with {@code --add-modules jdk.incubator.vector}; arguments name the parts to run: {@code products}, {@code small},
 * {@code lstm}, {@code threads}; none for all but {@code small}. The property {@code carousel.kernel} forces other kernels.
 */
public final class KernelShare {
    private static final List<ProductShape> PRODUCTS = List.of(
            new ProductShape("goal 85 %", 256, 1024, 256, false, false),
            new ProductShape("goal 85 %", 512, 1024, 512, false, false),
            new ProductShape("goal 85 %", 1024, 1024, 1024, false, false),
            new ProductShape("all inputs", 2048, 256, 1024, false, false),
            new ProductShape("one step", 32, 256, 1024, false, false),
            new ProductShape("one step", 16, 128, 512, false, false),
            new ProductShape("one step", 64, 64, 256, false, false),
            new ProductShape("one step", 32, 512, 2048, false, false),
            new ProductShape("one step back", 32, 1024, 256, false, false),
            new ProductShape("one step back", 64, 256, 64, false, false),
            new ProductShape("weight gradient", 1024, 2048, 256, true, true),
            new ProductShape("weight gradient", 256, 6400, 64, true, true),
            new ProductShape("weight gradient", 2048, 2048, 512, true, true));
    private static final List<ProductShape> SMALL = List.of(
            new ProductShape("event", 1, 32, 128, false, false),
            new ProductShape("event", 1, 64, 256, false, false),
            new ProductShape("event", 1, 128, 512, false, false),
            new ProductShape("event", 1, 256, 1024, false, false),
            new ProductShape("event", 1, 512, 2048, false, false),
            new ProductShape("few", 2, 256, 1024, false, false),
            new ProductShape("few", 3, 256, 1024, false, false),
            new ProductShape("few", 5, 256, 1024, false, false),
            new ProductShape("odd", 33, 100, 97, false, false),
            new ProductShape("head", 32, 64, 1, false, false),
            new ProductShape("head", 32, 64, 12, false, false),
            new ProductShape("few features", 256, 1024, 1, true, true),
            new ProductShape("few features", 256, 1024, 3, true, true),
            new ProductShape("few features", 256, 1024, 7, true, true),
            new ProductShape("few features", 256, 1024, 12, true, true));
    private static final List<LstmShape> LAYERS = List.of(
            new LstmShape(64, 32, 256, 256),
            new LstmShape(64, 32, 512, 512),
            new LstmShape(100, 64, 64, 64),
            new LstmShape(128, 16, 128, 128),
            new LstmShape(35, 24, 192, 224));

    private static final Stopwatch WATCH = new Stopwatch(60, 0.02);

    /** Where results go, so that no work can be left out. */
    private float ignored;

    private final double peak;

    private KernelShare() {
        Stopwatch.Time time = WATCH.measure(() -> ignored += MultiplyAddPeak.run(0.5f));
        peak = MultiplyAddPeak.operations() / time.best() * 1e-9;
        System.out.printf(
                Locale.ROOT,
                "JDK %s, kernels %s, multiply-add peak %.1f GFLOP/s (median %.1f)%n",
                Runtime.version(),
                Kernels.best().name(),
                peak,
                MultiplyAddPeak.operations() / time.median() * 1e-9);
    }

    /** Runs the parts that are named. */
    public static void main(String[] arguments) throws InterruptedException {
        List<String> parts = arguments.length == 0 ? List.of("products", "lstm", "threads") : List.of(arguments);
        KernelShare share = new KernelShare();
        if (parts.contains("products")) {
            PRODUCTS.forEach(shape -> share.print(shape.toString(), shape.operations(), shape.prepare(Kernels.best())));
        }
        if (parts.contains("small")) {
            SMALL.forEach(shape -> share.print(shape.toString(), shape.operations(), shape.prepare(Kernels.best())));
        }
        if (parts.contains("lstm")) {
            LAYERS.forEach(shape -> share.print(shape.toString(), shape.operations(), shape.prepare(Kernels.best())));
        }
        if (parts.contains("threads")) {
            twoThreads(LAYERS.get(0));
        }
    }

    private void print(String what, double operations, Runnable work) {
        Stopwatch.Time time = WATCH.measure(work);
        System.out.printf(
                Locale.ROOT,
                "%-44s %7.1f GFLOP/s  %5.1f %%   median %7.1f  %5.1f %%  %10.2f µs%n",
                what,
                operations / time.best() * 1e-9,
                100 * operations / time.best() * 1e-9 / peak,
                operations / time.median() * 1e-9,
                100 * operations / time.median() * 1e-9 / peak,
                time.best() * 1e6);
    }

    /** Two layers on two threads, nothing shared, against one on one. */
    private static void twoThreads(LstmShape shape) throws InterruptedException {
        Kernels kernels = Kernels.best();
        Runnable[] work = {shape.prepare(kernels), shape.prepare(kernels)};
        int calls = 60;
        double one = Double.MAX_VALUE;
        double two = Double.MAX_VALUE;
        for (int round = 0; round < 7; round++) {
            one = Math.min(one, together(1, work, calls));
            two = Math.min(two, together(2, work, calls));
        }
        System.out.printf(
                Locale.ROOT,
                "two threads %s: %.2f times one (%d processors)%n",
                shape,
                2 * one / two,
                Runtime.getRuntime().availableProcessors());
    }

    private static double together(int threads, Runnable[] work, int calls) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(threads);
        Thread[] started = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            Runnable mine = work[i];
            started[i] = new Thread(() -> {
                mine.run();
                ready.countDown();
                for (int call = 0; call < calls; call++) {
                    mine.run();
                }
            });
            started[i].start();
        }
        ready.await();
        long start = System.nanoTime();
        for (Thread thread : started) {
            thread.join();
        }
        return (System.nanoTime() - start) * 1e-9;
    }
}
