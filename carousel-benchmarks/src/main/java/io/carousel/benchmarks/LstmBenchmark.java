package io.carousel.benchmarks;

import io.carousel.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An LSTM layer forward and backward, as {@link LstmShape} runs it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class LstmBenchmark {
    /** T, B, F and H. */
    @Param({"64 32 256 256", "64 32 512 512", "100 64 64 64", "128 16 128 128", "35 24 192 224"})
    public String shape = "";

    private Runnable step = () -> {};

    @Setup
    public void prepare() {
        String[] sizes = shape.split(" ", -1);
        step = new LstmShape(
                        Integer.parseInt(sizes[0]),
                        Integer.parseInt(sizes[1]),
                        Integer.parseInt(sizes[2]),
                        Integer.parseInt(sizes[3]))
                .prepare(Kernels.best());
    }

    @Benchmark
    public void forwardAndBackward() {
        step.run();
    }
}
