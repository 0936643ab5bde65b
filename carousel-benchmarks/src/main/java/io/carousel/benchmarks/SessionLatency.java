package io.carousel.benchmarks;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.WeightStore;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints how long one event takes in a {@link Session} of one recurrent layer with F = H: the middle, the slowest hundredth and
 * the slowest thousandth of many events, what they allocate, and how fast the weights are read.
 *
 * <p>Run with {@code --add-modules jdk.incubator.vector}; the first argument names the cell, {@code lstm} without, the others
 * hidden sizes; the property {@code store} may be {@code BFLOAT16}. The times include one reading of the clock, which is printed.
 */
public final class SessionLatency {
    private static final int INPUTS = 64;
    private static final double WARM_UP_SECONDS = 2;
    private static final double SECONDS = 2.5;
    private static final int MOST_EVENTS = 200_000;

    private final float[][] inputs;
    private final float[] output;
    private final Session session;
    private final long[] nanos = new long[MOST_EVENTS];

    private SessionLatency(String cell, int size, WeightStore store) {
        Network network = Network.create(
                new NetworkSpec(size, List.of(RecurrentSpec.of("encoder", cell, List.of(size)))), Rng.of(1));
        Rng rng = Rng.of(2);
        inputs = new float[INPUTS][size];
        for (float[] input : inputs) {
            for (int i = 0; i < size; i++) {
                input[i] = rng.nextFloat() - 0.5f;
            }
        }
        output = new float[network.outputSize()];
        session = new Session(network, store);
    }

    /** Measures a cell. */
    public static void main(String[] arguments) {
        String cell = arguments.length == 0 ? "lstm" : arguments[0];
        WeightStore store = WeightStore.valueOf(System.getProperty("store", WeightStore.FLOAT32.name()));
        int[] sizes = arguments.length < 2
                ? new int[] {32, 64, 128, 256, 512}
                : Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
        System.out.printf(
                Locale.ROOT,
                "JDK %s, kernels %s, %s, %s, reading the clock %.0f ns%n",
                Runtime.version(),
                Kernels.best().name(),
                cell,
                store,
                clock());
        System.out.println("  F=H     p50 us     p99    p99.9      max  bytes/event   GB/s");
        for (int size : sizes) {
            new SessionLatency(cell, size, store).print(size);
        }
        double[] bandwidth = new ReadBandwidth(2 * 4 * 512 * 512).measure();
        System.out.printf(
                Locale.ROOT,
                "streaming read of 8.4 MB: best %.1f GB/s, median %.1f GB/s%n",
                bandwidth[0],
                bandwidth[1]);
    }

    private static double clock() {
        new Stopwatch(1, 0.2).measure(System::nanoTime);
        return new Stopwatch(5, 0.02).measure(System::nanoTime).median() * 1e9;
    }

    private void print(int size) {
        run(WARM_UP_SECONDS);
        long allocated = allocatedBytes();
        int all = run(SECONDS);
        double bytes = (allocatedBytes() - allocated) / (double) all;
        int events = Math.min(all, MOST_EVENTS);
        Arrays.sort(nanos, 0, events);
        System.out.printf(
                Locale.ROOT,
                "%5d  %9.2f %8.2f %8.2f %8.0f %10.3f %8.1f%n",
                size,
                nanos[events / 2] * 1e-3,
                nanos[(int) (events * 0.99)] * 1e-3,
                nanos[(int) (events * 0.999)] * 1e-3,
                nanos[events - 1] * 1e-3,
                bytes,
                4.0 * 2 * 4 * size * size / nanos[events / 2]);
    }

    /** One event after the other, each timed; the last {@value #MOST_EVENTS} times stay. */
    private int run(double seconds) {
        long start = System.nanoTime();
        long end = start + Math.round(seconds * 1e9);
        int events = 0;
        long before = start;
        while (before < end) {
            session.step(inputs[events % INPUTS], output);
            long after = System.nanoTime();
            nanos[events % MOST_EVENTS] = after - before;
            before = after;
            events++;
        }
        return events;
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
