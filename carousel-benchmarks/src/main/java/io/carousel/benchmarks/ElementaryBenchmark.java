package io.carousel.benchmarks;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds for one element of the elementary functions and of the gates of an LSTM. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ElementaryBenchmark.SIZE)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ElementaryBenchmark {
    static final int SIZE = 4096;
    private static final int HIDDEN_SIZE = 128;
    private static final int ROWS = SIZE / HIDDEN_SIZE;

    private final Kernels kernels = Kernels.best();
    private final float[] x = new float[SIZE];
    private final float[] y = new float[SIZE];
    private final float[] preActivations = new float[4 * SIZE];
    private final float[] z = new float[4 * SIZE];
    private final float[] cell = new float[SIZE];
    private final float[] tanhC = new float[SIZE];
    private final float[] hidden = new float[SIZE];

    @Setup
    public void fill() {
        Random random = new Random(1);
        for (int i = 0; i < SIZE; i++) {
            x[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < preActivations.length; i++) {
            preActivations[i] = (float) random.nextGaussian();
        }
    }

    @Benchmark
    public float[] exp() {
        kernels.exp(SIZE, x, 0, y, 0);
        return y;
    }

    @Benchmark
    public float[] log() {
        kernels.log(SIZE, x, 0, y, 0);
        return y;
    }

    @Benchmark
    public float[] tanh() {
        kernels.tanh(SIZE, x, 0, y, 0);
        return y;
    }

    @Benchmark
    public float[] sigmoid() {
        kernels.sigmoid(SIZE, x, 0, y, 0);
        return y;
    }

    @Benchmark
    public float[] lstmForward() {
        System.arraycopy(preActivations, 0, z, 0, z.length);
        kernels.lstmForward(
                ROWS,
                HIDDEN_SIZE,
                Slice.of(z, 0, 4 * HIDDEN_SIZE),
                Slice.of(x, 0, HIDDEN_SIZE),
                Slice.of(cell, 0, HIDDEN_SIZE),
                Slice.of(tanhC, 0, HIDDEN_SIZE),
                Slice.of(hidden, 0, HIDDEN_SIZE));
        return hidden;
    }
}
